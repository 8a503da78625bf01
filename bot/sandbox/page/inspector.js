// Behind the page: the last deliveries to the app, its calls, and a message as it is kept.

import { attempt, get } from "./api.js";
import { byId, el, fill } from "./dom.js";

let stale = false;

export async function toggleInspector(button) {
  const pane = byId("inspector");
  if (!pane.hidden) { closeInspector(button); return; }
  await open("Last deliveries and calls", await entries(), button);
}

export async function inspectMessage(message) {
  await open("Message", el("pre", { tabindex: "0" }, JSON.stringify(message, null, 2)));
}

export async function refreshInspector() {
  const pane = byId("inspector");
  if (pane.hidden || pane.dataset.what !== "Last deliveries and calls" || stale) return;
  stale = true;
  setTimeout(async () => {
    stale = false;
    const opened = new Set([...pane.querySelectorAll("details[open]")].map((one) => one.dataset.n));
    const list = await entries();
    for (const one of list.children) one.open = opened.has(one.dataset.n);
    pane.querySelector(".pane-scroll").replaceChildren(list);
  }, 500);
}

async function entries() {
  const log = (await attempt(() => get("log"))) ?? [];
  return el("div", { class: "log" }, log.reverse().map((entry) => el("details", { "data-n": String(entry.n) },
    el("summary", {}, el("code", {}, title(entry)), el("span", { class: entry.error ? "bad" : "muted" }, entry.error ?? (entry.ms === undefined ? "" : `${entry.ms} ms`))),
    el("pre", { tabindex: "0" }, JSON.stringify(entry, null, 2)))));
}

function title(entry) {
  if (entry.what === "call") return `app → ${entry.method}`;
  if (entry.what === "response_url") return "app → response_url";
  const payload = entry.payload;
  return `→ app ${payload.command ?? payload.event?.type ?? payload.type} (${entry.via === "SocketMode" ? "socket" : "http"})`;
}

async function open(name, content, button = null) {
  const pane = byId("inspector");
  pane.hidden = false;
  pane.dataset.what = name;
  button?.setAttribute("aria-expanded", "true");
  fill(pane, el("div", { class: "pane-head" }, el("h2", { tabindex: "-1" }, name),
    el("button", { type: "button", class: "quiet", onclick: () => closeInspector(button) }, el("span", { "aria-hidden": "true" }, "✕"), el("span", { class: "sr" }, "Close the inspector"))),
    el("div", { class: "pane-scroll" }, content));
  pane.querySelector("h2").focus();
}

function closeInspector(button) {
  byId("inspector").hidden = true;
  button?.setAttribute("aria-expanded", "false");
  (button ?? byId("composer"))?.focus();
}
