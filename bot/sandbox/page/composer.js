// Writing: plain messages, and slash commands with completion that the keyboard reaches.

import { attempt, get, post } from "./api.js";
import { el, newId, say } from "./dom.js";
import { addressed, state } from "./state.js";

const past = [];

export function composer({ label, thread = null, id = null }) {
  const listId = newId("completions");
  const area = el("textarea", {
    id, rows: "1", "aria-label": label, placeholder: label, role: "combobox", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": listId, autocomplete: "off", spellcheck: true,
  });
  const list = el("ul", { id: listId, class: "completions", role: "listbox", "aria-label": "Completions", hidden: true });
  const send = el("button", { type: "submit", class: "primary send" }, el("span", { "aria-hidden": "true" }, "➤"), el("span", { class: "sr" }, "Send"));
  const form = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); submit(); } },
    list, el("div", { class: "composer-box" }, area, send),
    thread ? null : el("p", { class: "muted composer-help" }, "Enter sends, Shift + Enter begins a new line, / begins a command"));
  let offered = [], at = -1, asked = 0, recalled = past.length;

  const grow = () => { area.style.height = "auto"; area.style.height = `${Math.min(area.scrollHeight, 200)}px`; };

  function show(options) {
    offered = options.slice(0, 40);
    at = -1;
    list.replaceChildren(...offered.map((option, number) => el("li", { role: "option", id: `${listId}-${number}`, "aria-selected": "false",
      onpointerdown: (event) => { event.preventDefault(); take(number); } },
      el("strong", {}, option.label ?? option.text.trim()), option.description ? el("span", { class: "muted" }, option.description) : null)));
    list.hidden = !offered.length;
    area.setAttribute("aria-expanded", String(offered.length > 0));
    area.removeAttribute("aria-activedescendant");
  }

  function mark(number) {
    at = (number + offered.length) % offered.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", `${listId}-${at}`);
  }

  function take(number) {
    area.value = offered[number].text;
    show([]);
    area.focus();
    grow();
    complete();
  }

  async function complete() {
    const text = area.value;
    const mine = ++asked;
    const handle = /(?:^|\s)@([\w.-]*)$/.exec(text);
    let options = [];
    if (handle) options = people(text, handle[1]);
    else if (text.startsWith("/") && !text.includes("\n")) options = await get("complete", { as: state.as, text }).catch(() => []);
    if (mine === asked && document.activeElement === area && area.value === text) {
      show(options.filter((option) => option.text.trim() !== text.trim()));
    }
  }

  function people(text, typed) {
    const start = text.slice(0, text.length - typed.length);
    return state.workspace.people
      .filter((one) => `${one.handle} ${one.name}`.toLowerCase().includes(typed.toLowerCase()))
      .map((one) => ({ text: `${start}${one.handle} `, label: `@${one.handle}`, description: [one.name, one.role, one.team].filter(Boolean).join(", ") }));
  }

  async function submit() {
    const text = area.value.trim();
    if (!text) return;
    if (thread && text.startsWith("/")) { say("Commands do not run in threads; use the box below the channel.", { bad: true }); return; }
    past.push(text);
    recalled = past.length;
    area.value = "";
    grow();
    show([]);
    send.disabled = true;
    const command = text.startsWith("/");
    const to = { as: state.as, ...addressed(state.place), text };
    const done = await attempt(() => (command ? post("command", to) : post("message", thread ? { ...to, thread_ts: thread } : to)));
    send.disabled = false;
    if (done === null) { area.value = text; grow(); }
    else if (command && !done.reply && !done.view_id && !done.error) say("Done: the app took the command and said nothing.");
  }

  area.addEventListener("input", () => {
    at = -1; // what was marked belonged to the text before
    [...list.children].forEach((item) => item.setAttribute("aria-selected", "false"));
    area.removeAttribute("aria-activedescendant");
    grow();
    complete();
  });
  area.addEventListener("blur", () => show([]));
  area.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (open && event.key === "ArrowDown") mark(at + 1);
    else if (open && event.key === "ArrowUp") mark(at - 1);
    else if (open && event.key === "Escape") { asked++; show([]); }
    else if (open && event.key === "Tab" && !event.shiftKey) take(Math.max(at, 0));
    else if (open && event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit();
    else if (event.key === "ArrowUp" && !area.value.includes("\n") && recalled > 0 && (!area.value || area.value === past[recalled])) {
      area.value = past[--recalled];
      grow();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  form.write = (text) => { area.value = text; area.focus(); area.setSelectionRange(text.length, text.length); grow(); complete(); };
  form.label = (text) => { area.placeholder = text; area.setAttribute("aria-label", text); };
  return form;
}
