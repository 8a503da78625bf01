// Building the page. Text only ever becomes text nodes: nothing here can turn a message into HTML.

export function el(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(4).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(4).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

let statusTimer = 0;
export function say(sentence, { bad = false } = {}) {
  const status = byId("status");
  status.textContent = sentence;
  status.classList.toggle("bad", bad);
  clearTimeout(statusTimer);
  if (sentence) statusTimer = setTimeout(() => say(""), bad ? 9000 : 4000);
}

let numbers = 0;
export const newId = (prefix) => `${prefix}-${++numbers}`;

// A dialogue box: resolves with what was chosen, or null when it was left with Escape.
export function ask({ title, text, yes, no, danger = false, body = null }) {
  return new Promise((resolve) => {
    const heading = newId("ask");
    const dialog = el("dialog", { class: "ask", "aria-labelledby": heading },
      el("h2", { id: heading }, title), text ? el("p", {}, text) : null, body,
      el("div", { class: "row end" },
        no ? el("button", { type: "button", onclick: () => done(false) }, no) : null,
        el("button", { type: "button", class: danger ? "danger" : "primary", autofocus: true,
          onclick: () => done(true) }, yes)));
    const done = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); done(null); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// A small menu under a button: arrows move, Escape closes, focus returns to the button.
export function openMenu(button, entries) {
  document.querySelectorAll(".menu").forEach((one) => one.remove());
  const menu = el("div", { class: "menu", role: "menu" }, entries.map((entry) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1",
      onclick: () => { close(); entry.act(); } },
      entry.label, entry.detail ? el("small", { class: "muted" }, entry.detail) : null)));
  const items = [...menu.children];
  const close = () => {
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    button.focus();
  };
  const outside = (event) => { if (!menu.contains(event.target)) close(); };
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const holder = button.closest("dialog") ?? document.body;
  holder.append(menu);
  const place = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - size.width - 8))}px`;
  const below = place.bottom + 4 + size.height < innerHeight;
  menu.style.top = `${below ? place.bottom + 4 : Math.max(8, place.top - size.height - 4)}px`;
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  items[0]?.focus();
}
