// The clock bar: the demonstration's time, and moving it.

import { attempt, post } from "./api.js";
import { ask, byId, el, fill, say } from "./dom.js";
import { inWords } from "./elements.js";
import { dayAndTime, state } from "./state.js";

let now = null;
let waiting = false;

export function drawClock(clock, moving = false) {
  now = clock;
  const text = byId("clock-text");
  text.textContent = clock.text;
  text.setAttribute("datetime", clock.local);
  byId("clock-hint").textContent = state.workspace.today_hint;
  const busy = moving || waiting;
  byId("clock-progress").hidden = !busy;
  const moves = byId("clock-moves");
  moves.hidden = !clock.can_move;
  if (!clock.can_move) return;
  if (!moves.firstChild) build(moves);
  const due = moves.querySelector("[data-move=due]");
  due.hidden = !clock.next_due;
  due.title = clock.next_due ? `Something falls due on ${clock.next_due_text}` : "";
  for (const control of moves.children) control.disabled = busy;
}

function build(moves) {
  const button = (label, name, wanted, more = "") => el("button", { type: "button", "data-move": name,
    "aria-label": `${label}${more}`, onclick: () => move(wanted()) }, label, more ? el("span", { class: "where-wide" }, more) : null);
  fill(moves,
    button("+1 working day", "one", () => ({ advance_working_days: 1 })),
    button("+5", "five", () => ({ advance_working_days: 5 }), " working days"),
    button("Next thing due", "due", () => ({ to: now.next_due })),
    el("button", { type: "button", "data-move": "set", onclick: chooseDate }, "Set date"));
}

async function chooseDate() {
  const field = el("input", { type: "datetime-local", "aria-label": "Date and time", step: "60", value: now.local, autofocus: true });
  const onEnter = (event) => { if (event.key === "Enter") { event.preventDefault(); field.closest("dialog").querySelector(".primary").click(); } };
  const body = el("div", { class: "dated", onkeydown: onEnter }, field, inWords(field));
  const chosen = await ask({ title: "Set the date and time", body, yes: "Set", no: "Leave it" });
  if (chosen && field.value) await move({ to: field.value });
}

async function move(wanted) {
  waiting = true;
  const focused = document.activeElement?.dataset?.move;
  drawClock(now);
  say("The clock is moving…");
  const answer = await attempt(() => post("clock", wanted));
  waiting = false;
  drawClock(answer ?? now);
  document.querySelector(`[data-move="${focused}"]`)?.focus();
  if (answer) { say(""); await summary(answer); }
}

async function summary(answer) {
  const list = answer.happened.length
    ? el("ol", { class: "happened" }, answer.happened.map((one) => el("li", {},
      el("time", { class: "muted" }, dayAndTime(one.at)), el("span", {}, String(one.what)), rest(one))))
    : el("p", {}, "Nothing fell due on the way.");
  await ask({ title: `It is now ${answer.text}`, body: list, yes: "Go on" });
}

function rest(one) {
  const more = Object.entries(one).filter(([key, value]) => !["at", "what"].includes(key) && ["string", "number"].includes(typeof value) && value !== "");
  return more.length ? el("small", { class: "muted" }, more.map(([key, value]) => `${key.replaceAll("_", " ")}: ${value}`).join(" · ")) : null;
}
