// What the keyboard does on this page, shown on request.

import { ask, el } from "./dom.js";

const KEYS = [
  ["Tab, Shift + Tab", "the next thing on the page, the one before"],
  ["/", "begin a command, in the line for writing"],
  ["Enter", "send what is written, or press what is marked"],
  ["Shift + Enter", "begin a new line"],
  ["↑ ↓", "walk through completions or a menu; ↑ in an empty line brings back what was sent"],
  ["Tab", "take a completion"],
  ["Esc", "close completions, a menu, a thread or a form"],
];

export const showKeys = () => ask({
  title: "Keyboard",
  body: el("dl", { class: "keys" }, KEYS.map(([keys, does]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, does)])),
  yes: "Close",
});
