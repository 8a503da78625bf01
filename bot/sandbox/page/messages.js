// Messages in their conversation, and the thread beside it.

import { attempt, post } from "./api.js";
import { blocks } from "./blocks.js";
import { byId, el, fill, newId, openMenu, say } from "./dom.js";
import { inspectMessage } from "./inspector.js";
import { mrkdwn, withEmoji } from "./mrkdwn.js";
import { addressed, dayOf, messagesOf, personNamed, state, timeOf } from "./state.js";

const HUES = [168, 200, 262, 20, 340, 100, 48, 230];

export function avatar(person) {
  const initials = person.name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const hue = HUES[[...person.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length];
  const node = el("span", { class: `avatar${person.isApp ? " app" : ""}`, "aria-hidden": "true" }, person.isApp ? "◆" : initials);
  node.style.setProperty("--hue", hue);
  return node;
}

// Draw a conversation's messages into the page.
export async function drawMessages({ openThread, keepPlace = false }) {
  const channel = state.place;
  const list = await attempt(() => messagesOf(channel));
  if (!list || channel !== state.place) return;
  const scroll = byId("scroll");
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 90;
  const holder = byId("messages");
  const nodes = [];
  let day = "", marked = false, before = null;
  for (const message of list) {
    if (message.thread_ts && !message.broadcast) continue;
    const itsDay = dayOf(message.ts); // its own name: the heading is made after the loop
    if (itsDay !== day) {
      day = itsDay;
      before = null;
      nodes.push(["day", itsDay, () => el("h2", { class: "day" }, el("span", {}, itsDay))]);
    }
    if (!marked && state.newFrom !== null && message.ts > state.newFrom && state.newFrom) {
      marked = true;
      before = null;
      nodes.push(["new", state.newFrom, () => el("div", { class: "new-line" }, el("span", {}, "New"))]);
    }
    const answers = list.filter((one) => one.thread_ts === message.ts);
    const follows = before !== null && before.user === message.user && !message.ephemeral && !before.ephemeral
      && message.blocks.length === 0 && Number(message.ts) - Number(before.ts) < 300;
    nodes.push([message.ts, JSON.stringify([message, answers.length, follows, state.thread === message.ts]),
      () => messageNode(message, { channel, answers, openThread, follows })]);
    before = message;
  }
  if (!nodes.length) nodes.push(["empty", channel, () => el("p", { class: "empty muted" }, "Nothing has been said here yet.")]);
  patch(holder, nodes);
  if (!keepPlace || atEnd) scroll.scrollTop = scroll.scrollHeight;
}

// Put nodes in order, keeping those whose mark has not changed, so that focus stays where it is.
function patch(holder, wanted) {
  const present = new Map([...holder.children].map((node) => [node.dataset.key, node]));
  let at = holder.firstChild;
  for (const [key, mark, make] of wanted) {
    const name = key === "day" || key === "new" ? `${key} ${mark}` : key;
    let node = present.get(name);
    if (node && node.mark !== mark) {
      const fresh = make();
      const focused = focusPath(node);
      node.replaceWith(fresh);
      if (at === node) at = fresh;
      node = fresh;
      restoreFocus(node, focused);
    } else if (!node) node = make();
    node.dataset.key = name;
    node.mark = mark;
    present.delete(name);
    if (node === at) at = at.nextSibling;
    else holder.insertBefore(node, at);
  }
  for (const node of present.values()) node.remove();
}

function focusPath(node) {
  if (!node.contains(document.activeElement)) return null;
  const { actionId, blockId } = document.activeElement.dataset;
  return actionId ? { actionId, blockId } : {};
}

function restoreFocus(node, path) {
  if (!path) return;
  const same = path.actionId
    ? [...node.querySelectorAll("[data-action-id]")].find((one) => one.dataset.actionId === path.actionId)
    : null;
  (same ?? node).focus({ preventScroll: true });
}

export function messageNode(message, { channel, answers = [], openThread = null, follows = false }) {
  const person = personNamed(message.user);
  const surface = { ...addressed(channel), ts: message.ts };
  const act = (one, block, value) => attempt(() => post("click", {
    as: state.as, ...surface, action_id: one.action_id, block_id: block.block_id, value }));
  const heading = newId("said");
  const tools = message.ephemeral ? null : messageTools(message, channel, openThread);
  const node = el("article", {
    class: ["message", message.ephemeral && "ephemeral", follows && "follows", state.thread === message.ts && "open"].filter(Boolean).join(" "),
    tabindex: "-1", "aria-labelledby": heading },
    follows ? el("time", { class: "gutter muted" }, timeOf(message.ts)) : avatar(person),
    el("div", { class: "said" },
      message.ephemeral ? el("p", { class: "only-you" }, el("span", { "aria-hidden": "true" }, "◉ "), "Only visible to you") : null,
      el("p", { class: follows ? "sr" : "who", id: heading }, el("strong", {}, person.name),
        person.isApp ? el("span", { class: "badge" }, "app") : null,
        person.role && !follows ? el("span", { class: "role" }, person.role) : null,
        el("time", { class: "muted" }, timeOf(message.ts))),
      body(message, { act, surface }),
      message.files.map(fileNode),
      message.reactions.length ? el("p", { class: "reactions" }, message.reactions.map((one) =>
        el("span", {}, withEmoji(`:${one.name}:`), ` ${one.count}`))) : null,
      answers.length && openThread ? threadLink(message, answers, openThread) : null),
    tools);
  return node;
}

function body(message, { act, surface }) {
  const edited = message.edited ? el("span", { class: "edited muted" }, "(edited)") : null;
  if (!message.blocks.length) return el("div", { class: "text" }, mrkdwn(message.text), edited);
  return el("div", { class: "card" }, blocks(message.blocks, { act, surface }), edited);
}

function fileNode(file) {
  const path = `/files/${encodeURIComponent(file.id)}`;
  return el("a", { class: "file", href: path, download: file.name },
    el("span", { "aria-hidden": "true" }, "▤"), el("span", {}, el("strong", {}, file.title), el("small", { class: "muted" },
      `${file.name}, ${Math.max(1, Math.round(file.size / 1024))} kB`)));
}

function threadLink(message, answers, openThread) {
  const count = `${answers.length} ${answers.length === 1 ? "reply" : "replies"}`;
  const last = answers.at(-1);
  return el("button", { type: "button", class: "thread-link", onclick: () => openThread(message.ts) },
    [...new Set(answers.map((one) => one.user))].slice(0, 4).map((id) => avatar(personNamed(id))),
    el("strong", {}, count), el("span", { class: "muted" }, `last ${dayOf(last.ts) === dayOf(message.ts) ? "at" : `on ${dayOf(last.ts)},`} ${timeOf(last.ts)}`));
}

function messageTools(message, channel, openThread) {
  const more = el("button", { type: "button", class: "quiet", "aria-haspopup": "menu", "aria-expanded": "false",
    onclick: () => openMenu(more, [...shortcutsFor(message, channel),
      { label: "Inspect this message", act: () => inspectMessage(message) }]) },
    el("span", { "aria-hidden": "true" }, "⋯"), el("span", { class: "sr" }, "More actions"));
  const reply = openThread ? el("button", { type: "button", class: "quiet", onclick: () => openThread(message.ts) },
    el("span", { "aria-hidden": "true" }, "↩"), el("span", { class: "sr" }, "Reply in thread")) : null;
  return el("div", { class: "tools" }, reply, more);
}

function shortcutsFor(message, channel) {
  return state.workspace.shortcuts.filter((one) => one.type === "message").map((one) => ({
    label: one.name,
    detail: one.description,
    act: () => attempt(async () => {
      const outcome = await post("shortcut", { as: state.as, callback_id: one.callback_id, ...addressed(channel), ts: message.ts });
      if (outcome.error) say(`“${one.name}” failed: ${outcome.error}`, { bad: true });
    }),
  }));
}

// Draw the open thread beside the conversation.
export async function drawThread({ close, composer, isArchived }) {
  const pane = byId("thread");
  pane.hidden = !state.thread;
  byId("frame").classList.toggle("with-thread", Boolean(state.thread));
  if (!state.thread) { pane.replaceChildren(); return; }
  const list = (await messagesOf(state.place)).filter((one) => state.thread === one.ts || state.thread === one.thread_ts);
  if (pane.dataset.thread !== state.thread || !pane.firstChild) {
    pane.dataset.thread = state.thread;
    fill(pane, el("div", { class: "pane-head" }, el("h2", { tabindex: "-1" }, "Thread"),
      el("button", { type: "button", class: "quiet", onclick: close }, el("span", { "aria-hidden": "true" }, "✕"), el("span", { class: "sr" }, "Close the thread"))),
      el("div", { class: "pane-scroll", role: "log", "aria-label": "Thread", "aria-live": "polite" }), composer());
    pane.querySelector("h2").focus();
  }
  pane.querySelector(".composer").hidden = isArchived;
  const scroll = pane.querySelector(".pane-scroll");
  const channel = state.place;
  patch(scroll, list.map((message) => [message.ts, JSON.stringify(message), () => messageNode(message, { channel })]));
  scroll.scrollTop = scroll.scrollHeight;
}
