// Block Kit's elements as native controls. `act` does what a person does: act(element, block, value).

import { post } from "./api.js";
import { ask, el, newId, openMenu } from "./dom.js";
import { withEmoji } from "./mrkdwn.js";
import { dayAndTime, dayInWords, state } from "./state.js";

export const plain = (object) => withEmoji(object?.text ?? "");

const TEXT_INPUTS = {
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number",
  rich_text_input: "text",
};
const PICKERS = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };
const ENTITY_SELECTS = {
  users_select: "initial_user", conversations_select: "initial_conversation", channels_select: "initial_channel",
  multi_users_select: "initial_users", multi_conversations_select: "initial_conversations",
  multi_channels_select: "initial_channels",
};

// Render one element; inside an input block it only holds a value, elsewhere a change is an act.
export function element(one, block, { act, held, inInput = false, label = null, surface = {} }) {
  const context = { act, held, inInput, surface, live: !inInput || block.dispatch_action };
  const node = rendered(one, block, context);
  node.dataset.actionId = one.action_id ?? "";
  node.dataset.blockId = block.block_id ?? "";
  node.dataset.type = one.type;
  const control = node.matches("input, select, textarea, button, fieldset") ? node : node.querySelector("input, select");
  if (control && label) control.id = label;
  else if (control && !inInput && !["button", "overflow"].includes(one.type)) {
    control.setAttribute("aria-label", plain(one.placeholder) || plain(block.text) || "Choose");
  }
  return node;
}

function rendered(one, block, context) {
  if (one.type === "button") return button(one, block, context);
  if (one.type === "overflow") return overflow(one, block, context);
  if (one.type in TEXT_INPUTS) return textInput(one, block, context);
  if (one.type in PICKERS) return picker(one, block, context);
  if (one.type.endsWith("static_select")) return staticSelect(one, block, context);
  if (one.type.endsWith("external_select")) return externalSelect(one, block, context);
  if (one.type in ENTITY_SELECTS) return entitySelect(one, block, context);
  if (["checkboxes", "radio_buttons"].includes(one.type)) return ticks(one, block, context);
  if (one.type === "image") return el("span", { class: "image-alt" }, one.alt_text);
  return el("span", { class: "muted" }, `(${one.type} is not shown here)`);
}

async function confirmed(one) {
  if (!one.confirm) return true;
  const { title, text, confirm, deny, style } = one.confirm;
  return ask({ title: plain(title), text: plain(text), yes: plain(confirm), no: plain(deny), danger: style === "danger" });
}

function button(one, block, { act }) {
  const style = one.style === "primary" ? "primary" : one.style === "danger" ? "danger" : "";
  const node = el("button", { type: "button", class: style, "aria-label": one.accessibility_label,
    onclick: async () => {
      if (!(await confirmed(one))) return;
      if (one.url && /^https?:/.test(one.url)) window.open(one.url, "_blank", "noopener,noreferrer");
      await busy(node, () => act(one, block, one.value));
    } }, plain(one.text));
  return node;
}

async function busy(node, work) {
  node.disabled = true;
  node.setAttribute("aria-busy", "true");
  try { await work(); } finally { node.disabled = false; node.removeAttribute("aria-busy"); }
}

function overflow(one, block, { act }) {
  const node = el("button", { type: "button", class: "overflow", "aria-haspopup": "menu", "aria-expanded": "false",
    onclick: () => openMenu(node, one.options.map((option) => ({
      label: plain(option.text),
      detail: plain(option.description),
      act: async () => { if (await confirmed(one)) await busy(node, () => act(one, block, option.value)); },
    }))) }, el("span", { "aria-hidden": "true" }, "⋯"), el("span", { class: "sr" }, "More choices"));
  return node;
}

function textInput(one, block, { act, held, live }) {
  const many = one.multiline || one.type === "rich_text_input";
  const node = el(many ? "textarea" : "input", {
    type: many ? null : TEXT_INPUTS[one.type], rows: many ? "4" : null,
    placeholder: plain(one.placeholder) || null,
    maxlength: one.max_length ? String(one.max_length) : one.type === "plain_text_input" ? "3000" : null,
  });
  node.value = held ?? one.initial_value ?? "";
  const when = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (live && when.includes("on_character_entered")) node.addEventListener("input", () => act(one, block, node.value));
  if (live && when.includes("on_enter_pressed")) {
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); act(one, block, node.value); }
    });
  }
  return node;
}

function picker(one, block, { act, held, live }) {
  const node = el("input", { type: PICKERS[one.type] });
  const begins = one.initial_date ?? one.initial_time ?? localTime(one.initial_date_time);
  node.value = held ?? begins ?? "";
  if (live) node.addEventListener("change", () => changed(one, block, valueOf(node, one.type), act));
  return one.type === "timepicker" ? node
    : Object.assign(el("span", { class: "dated" }, node, inWords(node)), { chosen: () => valueOf(node, one.type) });
}

// What a date field holds, told beside it in words that nobody misreads.
export function inWords(field) {
  const words = el("output", { class: "muted" });
  const tell = () => { words.textContent = field.value && (field.type === "date" ? dayInWords : dayAndTime)(field.value); };
  field.addEventListener("input", tell);
  tell();
  return words;
}

const localTime = (seconds) => (seconds ? new Date(seconds * 1000).toISOString().slice(0, 16) : null);

async function changed(one, block, value, act) {
  if (await confirmed(one)) await act(one, block, value);
}

function staticSelect(one, block, context) {
  const begins = one.initial_options?.map((option) => option.value) ?? [one.initial_option?.value];
  const choices = one.option_groups
    ? one.option_groups.map((group) => el("optgroup", { label: plain(group.label) }, group.options.map(choice)))
    : one.options.map(choice);
  return select(one, block, context, choices, begins);
}

const choice = (option) => el("option", { value: option.value },
  plain(option.text) + (option.description ? ` – ${plain(option.description)}` : ""));

function select(one, block, { act, held, live }, choices, begins) {
  const many = one.type.startsWith("multi_");
  const empty = many ? null : el("option", { value: "" }, plain(one.placeholder) || "Choose…");
  const node = el("select", { multiple: many, size: many ? 5 : undefined }, empty, choices);
  const chosen = [held ?? begins].flat(2).filter(Boolean);
  for (const option of node.options) option.selected = chosen.includes(option.value);
  if (!chosen.length && !many) node.value = "";
  if (live) node.addEventListener("change", () => changed(one, block, valueOf(node, one.type), act));
  return node;
}

function entitySelect(one, block, context) {
  const begins = one[ENTITY_SELECTS[one.type]];
  let choices;
  if (one.type.includes("users")) {
    const teams = Map.groupBy ? Map.groupBy(state.workspace.people, (person) => person.team) : grouped();
    choices = [...teams].map(([team, people]) => el("optgroup", { label: team || "People" },
      people.map((person) => el("option", { value: person.id }, `${person.name}${person.role ? ` – ${person.role}` : ""}`))));
  } else {
    choices = state.workspace.channels.map((channel) => el("option", { value: channel.id }, `#${channel.name}`));
  }
  return select(one, block, context, choices, begins);
}

function grouped() {
  const teams = new Map();
  for (const person of state.workspace.people) teams.set(person.team, [...(teams.get(person.team) ?? []), person]);
  return teams;
}

function externalSelect(one, block, { act, held, live, surface }) {
  const list = newId("options");
  const found = new Map();
  const input = el("input", { type: "search", list, placeholder: plain(one.placeholder) || "Type to search…", autocomplete: "off" });
  const node = el("span", { class: "external" }, input, el("datalist", { id: list }));
  const begins = one.initial_option;
  if (begins) { found.set(plain(begins.text), begins); input.value = plain(begins.text); }
  if (held) { found.set(plain(held.text), held); input.value = plain(held.text); }
  node.chosen = () => found.get(input.value) ?? null;
  let timer = 0;
  const search = async () => {
    if (!node.isConnected || input.value.length < (one.min_query_length ?? 3)) return;
    const options = await post("options", { as: state.as, ...surface, action_id: one.action_id, block_id: block.block_id, text: input.value }).catch(() => []);
    for (const option of options) found.set(plain(option.text), option);
    node.lastChild.replaceChildren(...options.map((option) => el("option", { value: plain(option.text) }, plain(option.description))));
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 150); });
  input.addEventListener("focus", search, { once: true });
  if (live) input.addEventListener("change", () => { if (node.chosen()) changed(one, block, node.chosen(), act); });
  return node;
}

function ticks(one, block, { act, held, live }) {
  const kind = one.type === "checkboxes" ? "checkbox" : "radio";
  const name = newId("ticks");
  const begins = one.initial_options?.map((option) => option.value) ?? [one.initial_option?.value];
  const chosen = [held ?? begins].flat(2);
  const node = el("fieldset", { class: "ticks" }, one.options.map((option) => {
    const box = el("input", { type: kind, name, value: option.value });
    box.checked = chosen.includes(option.value);
    return el("label", {}, box, el("span", {}, plain(option.text),
      option.description ? el("small", { class: "muted" }, plain(option.description)) : null));
  }));
  if (live) node.addEventListener("change", () => changed(one, block, valueOf(node, one.type), act));
  return node;
}

// What a rendered element holds, as the API takes it.
export function valueOf(node, type) {
  if (node.chosen) return node.chosen();
  if (type === "checkboxes") return [...node.querySelectorAll(":checked")].map((box) => box.value);
  if (type === "radio_buttons") return node.querySelector(":checked")?.value ?? null;
  if (node.multiple) return [...node.selectedOptions].map((option) => option.value);
  if (type === "datetimepicker") return node.value ? Math.floor(Date.parse(`${node.value}Z`) / 1000) : null;
  return node.value || null;
}

// Everything a form holds: block id -> action id -> value.
export function valuesIn(form) {
  const values = {};
  for (const node of form.querySelectorAll("[data-action-id]")) {
    const { actionId, blockId, type } = node.dataset;
    if (!actionId || ["button", "overflow", "image"].includes(type)) continue;
    (values[blockId] ??= {})[actionId] = valueOf(node, type);
  }
  return values;
}

