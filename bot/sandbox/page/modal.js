// The modal on top of the stack, and the App Home: forms that the app fills.

import { attempt, get, post } from "./api.js";
import { blocks } from "./blocks.js";
import { byId, el, fill, newId, say } from "./dom.js";
import { plain, valuesIn } from "./elements.js";
import { state } from "./state.js";

let dialog = null;
let shown = null;
let cameFrom = null;

let drawn = 0; // how often views were drawn: an answer older than that is not drawn over them

export async function loadViews() {
  const before = drawn;
  const views = await get("views", { as: state.as }).catch(() => []);
  if (drawn === before) drawViews(views);
}

// Show the top of the stack; what was entered in a view stays when the app changes that view.
export function drawViews(stack) {
  drawn += 1;
  const view = stack.at(-1);
  if (!view) { leave(); return; }
  if (shown && shown.id === view.id && shown.hash === view.hash) return;
  const entered = shown?.id === view.id && dialog ? valuesIn(dialog) : {};
  const focused = shown?.id === view.id ? document.activeElement?.dataset?.actionId : null;
  if (!dialog) {
    cameFrom = document.activeElement;
    dialog = el("dialog", { class: "modal" });
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(false); });
    document.body.append(dialog);
  }
  shown = view;
  draw(view, stack.length, { ...stateValues(view), ...entered });
  if (!dialog.open) dialog.showModal();
  const again = focused ? dialog.querySelector(`[data-action-id="${CSS.escape(focused)}"]`) : null;
  (again ?? dialog.querySelector("form :is(input, select, textarea):not([type=hidden])") ?? dialog.querySelector(".modal-close"))?.focus();
}

const actOn = (view, form) => (one, block, value) => attempt(async () => {
  const outcome = await post("click", {
    as: state.as, view_id: view.id, action_id: one.action_id, block_id: block.block_id, value, values: valuesIn(form()) });
  if (outcome.error) say(`This failed with the error “${outcome.error}”.`, { bad: true });
});

function stateValues(view) {
  const values = {};
  for (const [block, actions] of Object.entries(view.state.values)) {
    for (const [action, held] of Object.entries(actions)) {
      const { type, ...rest } = held;
      const value = Object.values(rest)[0] ?? null;
      (values[block] ??= {})[action] = type.endsWith("external_select") ? value
        : Array.isArray(value) ? value.map((one) => one.value ?? one) : value?.value ?? value;
    }
  }
  return values;
}

function draw(view, depth, held) {
  const title = newId("modal");
  const act = actOn(view, () => dialog);
  dialog.setAttribute("aria-labelledby", title);
  const submitButton = view.submit ? el("button", { type: "submit", class: "primary" }, plain(view.submit)) : null;
  fill(dialog, el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(view, submitButton); } },
    el("div", { class: "pane-head" }, el("h2", { id: title }, plain(view.title)),
      depth > 1 ? el("span", { class: "muted" }, `step ${depth}`) : null,
      el("button", { type: "button", class: "quiet modal-close", onclick: () => close(false) }, el("span", { "aria-hidden": "true" }, "✕"), el("span", { class: "sr" }, "Close"))),
    el("div", { class: "modal-body" }, el("p", { class: "field-error modal-error", role: "alert", hidden: true }),
      blocks(view.blocks, { act, held, surface: { view_id: view.id } })),
    el("div", { class: "row end modal-foot" },
      el("button", { type: "button", onclick: () => close(false) }, plain(view.close) || (depth > 1 ? "Back" : "Close")),
      submitButton)));
}

async function submit(view, button) {
  if (button) button.disabled = true;
  showErrors({});
  const outcome = await attempt(() => post("submit", { as: state.as, view_id: view.id, values: valuesIn(dialog) }));
  if (button) button.disabled = false;
  if (outcome?.errors) showErrors(outcome.errors);
  else if (outcome?.error) problem(`This could not be sent: ${outcome.error}. Try again.`);
  else await loadViews();
}

function problem(sentence) {
  const place = dialog?.querySelector(".modal-error");
  if (!place) { say(sentence, { bad: true }); return; }
  place.textContent = sentence;
  place.hidden = false;
}

function showErrors(errors) {
  let first = null;
  for (const place of dialog.querySelectorAll("[data-block]")) {
    const sentence = errors[place.dataset.block] ?? "";
    const line = place.querySelector(".field-error");
    const control = place.querySelector("input, select, textarea, fieldset");
    line.textContent = sentence;
    line.hidden = !sentence;
    control.toggleAttribute("aria-invalid", Boolean(sentence));
    if (sentence) first ??= control.matches("fieldset") ? control.querySelector("input") : control;
  }
  const known = [...dialog.querySelectorAll("[data-block]")].map((one) => one.dataset.block);
  const elsewhere = Object.entries(errors).filter(([block]) => !known.includes(block)).map(([, sentence]) => sentence);
  dialog.querySelector(".modal-error").hidden = true;
  if (elsewhere.length) problem(elsewhere.join(" "));
  first?.focus();
}

async function close(all) {
  const view = shown;
  if (!view) return;
  shown = null;
  await attempt(() => post("close", { as: state.as, view_id: view.id, all }));
  await loadViews();
}

function leave() {
  shown = null;
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = null;
  if (cameFrom?.isConnected) cameFrom.focus();
  else byId("composer")?.focus();
}

// The App Home of the person acted as.
export function drawHome(view) {
  const holder = byId("home");
  if (!view) {
    fill(holder, el("p", { class: "empty muted" }, "The app has put nothing on this Home yet."));
    return;
  }
  const act = actOn(view, () => holder);
  fill(holder, blocks(view.blocks, { act, held: stateValues(view), surface: { view_id: view.id } }));
}
