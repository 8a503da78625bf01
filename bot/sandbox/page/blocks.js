// Block Kit as nodes.

import { el, newId } from "./dom.js";
import { element, plain } from "./elements.js";
import { channelMention, groupMention, link, mrkdwn, personMention, withEmoji } from "./mrkdwn.js";

const text = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text) : [plain(object)]);

// Render a surface's blocks. `context`: act, held (block id -> action id -> value), surface.
export function blocks(list, context) {
  return list.map((block) => {
    const render = BLOCKS[block.type];
    const node = render ? render(block, context)
      : el("p", { class: "muted" }, `(A ${block.type} block is not shown here.)`);
    node.classList.add("block", `block-${block.type}`);
    return node;
  });
}

const heldIn = (context, block, one) => context.held?.[block.block_id]?.[one.action_id];
const shown = (one, block, context, more = {}) =>
  element(one, block, { ...context, held: heldIn(context, block, one), ...more });

const BLOCKS = {
  section: (block, context) => el("div", {},
    el("div", { class: "section-body" },
      block.text ? el("div", { class: "text" }, text(block.text)) : null,
      block.fields ? el("div", { class: "fields" }, block.fields.map((one) => el("div", { class: "text" }, text(one)))) : null),
    block.accessory ? el("div", { class: "accessory" }, shown(block.accessory, block, context)) : null),
  header: (block) => el("h3", {}, plain(block.text)),
  divider: () => el("hr", {}),
  context: (block) => el("div", { class: "text" }, block.elements.map((one) =>
    one.type === "image" ? el("span", { class: "image-alt" }, one.alt_text) : el("span", {}, text(one)))),
  actions: (block, context) => el("div", { class: "row" }, block.elements.map((one) => shown(one, block, context))),
  image: (block) => el("figure", {}, block.slack_file?.id
    ? el("img", { src: `/files/${encodeURIComponent(block.slack_file.id)}`, alt: block.alt_text })
    : el("span", { class: "image-alt" }, block.alt_text),
    block.title ? el("figcaption", {}, plain(block.title)) : null),
  markdown: (block) => el("div", { class: "text" }, block.text),
  rich_text: (block) => el("div", { class: "text" }, block.elements.map(richText)),
  table: (block) => table(block),
  alert: (block) => el("div", { role: "note", class: block.level ?? "" }, text(block.text)),
  input: (block, context) => input(block, context),
};

function input(block, context) {
  const one = block.element;
  const grouped = ["checkboxes", "radio_buttons"].includes(one.type);
  const id = newId("field");
  const control = shown(one, block, context, { inInput: true, label: grouped ? null : id });
  const hint = block.hint ? el("small", { class: "muted", id: `${id}-hint` }, plain(block.hint)) : null;
  const error = el("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const holder = control.matches("input, select, textarea, fieldset") ? control : control.querySelector("input");
  holder.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
  if (!block.optional && !grouped) holder.setAttribute("aria-required", "true");
  const name = [plain(block.label), block.optional ? el("span", { class: "muted" }, " (optional)") : null];
  if (grouped) control.prepend(el("legend", {}, name));
  return el("div", { "data-block": block.block_id },
    grouped ? null : el("label", { for: id }, name), control, hint, error);
}

function table(block) {
  const cell = (one, tag) => el(tag, {}, one.type === "rich_text" ? one.elements.map(richText) : String(one.text ?? one.value ?? ""));
  const [head, ...rows] = block.rows;
  return el("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Table" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((one) => cell(one, "th")))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((one) => cell(one, "td")))))));
}

function richText(part) {
  const children = () => part.elements.map(richPiece);
  if (part.type === "rich_text_list") {
    const items = part.elements.map((one) => el("li", {}, one.elements.map(richPiece)));
    return el(part.style === "ordered" ? "ol" : "ul", { class: `indent-${part.indent ?? 0}` }, items);
  }
  if (part.type === "rich_text_preformatted") return el("pre", {}, children());
  if (part.type === "rich_text_quote") return el("blockquote", {}, children());
  return el("div", {}, children());
}

function richPiece(piece) {
  let node;
  if (piece.type === "text") node = document.createTextNode(piece.text);
  else if (piece.type === "link") node = link(piece.url, piece.text);
  else if (piece.type === "user") node = personMention(piece.user_id);
  else if (piece.type === "channel") node = channelMention(piece.channel_id, "");
  else if (piece.type === "usergroup") node = groupMention(piece.usergroup_id, "");
  else if (piece.type === "broadcast") node = el("span", { class: "mention loud" }, `@${piece.range}`);
  else if (piece.type === "emoji") node = document.createTextNode(withEmoji(`:${piece.name}:`));
  else if (piece.type === "date") node = document.createTextNode(piece.fallback ?? "");
  else node = document.createTextNode(piece.text ?? "");
  for (const [style, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]]) {
    if (piece.style?.[style]) node = el(tag, {}, node);
  }
  return node;
}
