// The page put together: who acts, where they are, and what has just changed.

import { attempt, get, post } from "./api.js";
import { drawClock } from "./clock.js";
import { composer } from "./composer.js";
import { ask, byId, el, fill, openMenu, say } from "./dom.js";
import { showKeys } from "./keys.js";
import { refreshInspector, toggleInspector } from "./inspector.js";
import { drawMessages, drawThread } from "./messages.js";
import { drawHome, drawViews, loadViews } from "./modal.js";
import { mrkdwn } from "./mrkdwn.js";
import { channelNamed, isCalled, isUnread, load, me, state, take } from "./state.js";

const writing = composer({ label: "Write a message, or type /", id: "composer" });
let stream = null;

// --- who acts ------------------------------------------------------------------------------------

async function actAs(handle) {
  await load(handle);
  localStorage.setItem("sandbox.as", state.as);
  await listen();
  await refresh();
}

// Read everything again; the stream is open, so that nothing is missed in between.
async function refresh() {
  await load(state.as);
  drawSidebar();
  drawHints();
  drawClock(state.workspace.clock);
  await go();
  await loadViews();
}

function drawSidebar() {
  const { people, app, shortcuts } = state.workspace;
  byId("app-name").textContent = app.name;
  byId("workspace-for").textContent = `a local Slack for ${app.name}`;
  document.title = `Sandbox – ${app.name}`;
  const teams = new Map();
  for (const one of people) teams.set(one.team, [...(teams.get(one.team) ?? []), one]);
  const select = byId("act-as");
  fill(select, [...teams].map(([team, members]) => el("optgroup", { label: team || "People" },
    members.map((one) => el("option", { value: one.handle }, `${one.name}${one.role ? ` – ${one.role}` : ""}`)))));
  select.value = state.as;
  byId("act-as-role").textContent = [me()?.team, `@${state.as}`].filter(Boolean).join(" · ");
  const begin = shortcuts.filter((one) => one.type === "global");
  const shortcutButton = el("button", { type: "button", class: "quiet", "aria-haspopup": "menu", "aria-expanded": "false",
    onclick: () => openMenu(shortcutButton, begin.map((one) => ({ label: one.name, detail: one.description, act: () => shortcut(one) }))) }, "⚡ Shortcuts");
  const inspect = el("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "inspector",
    onclick: () => toggleInspector(inspect) }, "⌕ Inspector");
  const hints = el("button", { type: "button", class: "quiet", onclick: () => { localStorage.removeItem("sandbox.hints"); drawHints(); openSidebar(false); } }, "✦ Try this");
  const keys = el("button", { type: "button", class: "quiet", onclick: showKeys }, "⌨ Keyboard");
  fill(byId("sidebar-foot"), begin.length ? shortcutButton : null, state.workspace.hints.length ? hints : null, keys, inspect);
  drawPlaces();
}

function drawPlaces() {
  const { workspace, place } = state;
  const entry = (id, sign, name, archived = false) => {
    const unread = id !== "home" && isUnread(id) && id !== place;
    return el("li", {}, el("a", { href: `#${id}`, class: unread ? "unread" : "", "aria-current": place === id ? "page" : null },
      el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "name" }, name), archived ? el("span", { class: "muted" }, "archived") : null, unread ? dot(isCalled(id)) : null));
  };
  const mine = workspace.channels.filter((one) => one.members.includes(me().id));
  const others = workspace.channels.filter((one) => !mine.includes(one));
  fill(byId("channels"), mine.map((one) => entry(one.id, "#", one.name, one.archived)), others.map((one) => entry(one.id, "○", one.name, one.archived)));
  fill(byId("app-places"), workspace.app.has_home ? entry("home", "⌂", "Home") : null, entry(workspace.direct, "✉", "Messages"));
}

const dot = (called) => called
  ? el("span", { class: "dot called" }, el("span", { "aria-hidden": "true" }, "@"), el("span", { class: "sr" }, "unread, you are mentioned"))
  : el("span", { class: "dot" }, el("span", { class: "sr" }, "unread"));

async function shortcut(one) {
  const outcome = await attempt(() => post("shortcut", { as: state.as, callback_id: one.callback_id }));
  if (outcome?.error) say(`“${one.name}” failed: ${outcome.error}`, { bad: true });
}

// --- where they are ------------------------------------------------------------------------------

async function go() {
  const [wanted, ts] = decodeURIComponent(location.hash.slice(1)).split("/");
  const known = wanted === "home" || wanted === state.workspace.direct || channelNamed(wanted);
  const first = state.workspace.channels.find((one) => one.members.includes(me().id)) ?? state.workspace.channels[0];
  const place = known ? wanted : first?.id ?? state.workspace.direct;
  if (place !== state.place) { state.thread = null; byId("messages").replaceChildren(); }
  state.place = place;
  state.newFrom = isUnread(place) ? state.read[place] ?? "" : null;
  openSidebar(false);
  await drawPlace();
  if (ts) jumpTo(ts);
}

async function drawPlace() {
  const home = state.place === "home";
  const channel = channelNamed(state.place);
  const { app } = state.workspace;
  byId("place-name").textContent = home ? `${app.name}: Home` : channel ? `# ${channel.name}` : app.name;
  fill(byId("place-topic"), home ? app.description : channel ? [mrkdwn(channel.topic), bookmarks(channel)] : "Direct messages with the app");
  byId("messages").hidden = home;
  byId("home").hidden = !home;
  byId("composer-place").hidden = home || Boolean(channel?.archived);
  drawArchive(channel);
  writing.label(channel ? `Message #${channel.name}, or type /` : `Message ${app.name}, or type /`);
  drawPlaces();
  if (home) { drawHome(await attempt(() => get("home", { as: state.as }))); byId("scroll").scrollTop = 0; }
  else { await drawMessages({ openThread }); await markRead(); }
  if (state.place === state.workspace.direct) get("home", { as: state.as, tab: "messages" }).catch(() => null);
  await redrawThread();
}

// What an administrator of a workspace does: nobody writes to an archived channel, the app neither.
function drawArchive(channel) {
  const button = byId("archive");
  button.hidden = !channel;
  byId("archived").hidden = !channel?.archived;
  button.textContent = channel?.archived ? "Unarchive channel" : "Archive channel";
}

async function archiveOrNot() {
  const { id, name, archived } = channelNamed(state.place);
  const wanted = archived || await ask({ title: `Archive #${name}?`, yes: "Archive channel", no: "Leave it", danger: true,
    text: "Nobody can write here then, the app neither, until it is unarchived. What was said stays." });
  const done = wanted && await attempt(() => post("administer", { [archived ? "unarchive" : "archive"]: id }));
  if (done) say(`#${name} is ${archived ? "open again" : "archived"}.`);
}

const bookmarks = (channel) => channel.bookmarks.filter((one) => one.link).map((one) => mrkdwn(` <${one.link}|${one.title}>`));

async function markRead() {
  const ts = state.newest[state.place];
  if (!ts || !isUnread(state.place) || document.hidden) return;
  state.read[state.place] = ts;
  await post("read", { as: state.as, channel: state.place, ts }).catch(() => null);
  drawPlaces();
}

function jumpTo(ts) {
  const wanted = ts.includes(".") ? ts : `${ts.slice(0, -6)}.${ts.slice(-6)}`;
  const node = byId("messages").querySelector(`[data-key="${CSS.escape(wanted)}"]`);
  if (node) { node.scrollIntoView({ block: "center" }); node.focus(); }
}

// --- threads -------------------------------------------------------------------------------------

function openThread(ts) {
  state.thread = ts;
  byId("thread").replaceChildren();
  return redraw();
}

function closeThread() {
  const ts = state.thread;
  state.thread = null;
  redraw();
  byId("messages").querySelector(`[data-key="${CSS.escape(ts)}"]`)?.focus();
}

const redrawThread = () => drawThread({
  close: closeThread,
  composer: () => composer({ label: "Reply in this thread", thread: state.thread }),
  isArchived: Boolean(channelNamed(state.place)?.archived),
});

async function redraw() {
  if (state.place !== "home") await drawMessages({ openThread, keepPlace: true });
  await redrawThread();
}

// --- what has just changed -------------------------------------------------------------------------

function listen() {
  stream?.close();
  stream = new EventSource(`/sandbox/events?${new URLSearchParams({ as: state.as })}`);
  stream.onmessage = (event) => changed(JSON.parse(event.data));
  let lost = false;
  stream.onerror = () => { if (!lost) say("The sandbox is out of reach; waiting for it to come back…", { bad: true }); lost = true; };
  return new Promise((opened) => {
    stream.onopen = () => {
      opened();
      if (lost) { lost = false; say("Back again."); attempt(refresh); }
    };
  });
}

async function changed(change) {
  if (take(change)) {
    if (change.channel === state.place) { await redraw(); await markRead(); }
    drawPlaces();
  } else if (change.what === "views") drawViews(change.views);
  else if (change.what === "home" && state.place === "home") drawHome(change.view);
  else if (change.what === "clock") drawClock(change.clock, change.moving);
  else if (change.what === "channels") { state.workspace.channels = await get("channels"); await drawPlace(); }
  else if (change.what === "log") refreshInspector();
}

// --- the first visit -------------------------------------------------------------------------------

function drawHints() {
  const panel = byId("hints");
  const { hints } = state.workspace;
  panel.hidden = !hints.length || localStorage.getItem("sandbox.hints") === "closed";
  if (panel.hidden) return;
  fill(panel, el("div", { class: "pane-head" }, el("h2", {}, "Try this"),
    el("button", { type: "button", class: "quiet", onclick: () => { localStorage.setItem("sandbox.hints", "closed"); panel.hidden = true; byId("composer").focus(); } },
      el("span", { "aria-hidden": "true" }, "✕"), el("span", { class: "sr" }, "Close these suggestions"))),
    el("ul", {}, hints.map(({ title, command }) => el("li", {}, el("button", { type: "button", class: "hint", title: command, onclick: () => suggest(command) },
      el("span", {}, title), el("span", { class: "sr" }, `: ${command}`))))));
}

async function suggest(command) {
  if (state.place === "home") { location.hash = ""; await go(); }
  if (matchMedia("(max-width: 760px)").matches) byId("hints").hidden = true;
  writing.write(command);
}

function openSidebar(open) {
  byId("frame").classList.toggle("sidebar-open", open);
  byId("menu-button").setAttribute("aria-expanded", String(open));
  if (open) byId("act-as").focus();
}

// Whoever reads the newest message goes on seeing it when the page around it changes its size.
let atEnd = true;
const scroll = byId("scroll");
scroll.addEventListener("scroll", () => { atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60; });
const sizes = new ResizeObserver(() => { if (atEnd && state.place !== "home") scroll.scrollTop = scroll.scrollHeight; });
sizes.observe(scroll);
sizes.observe(byId("messages"));

byId("composer-place").append(writing);
byId("archive").addEventListener("click", () => attempt(archiveOrNot));
byId("menu-button").addEventListener("click", () => openSidebar(!byId("frame").classList.contains("sidebar-open")));
byId("act-as").addEventListener("change", (event) => attempt(() => actAs(event.target.value)));
addEventListener("hashchange", () => attempt(go));
document.addEventListener("visibilitychange", markRead);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (byId("frame").classList.contains("sidebar-open")) { openSidebar(false); byId("menu-button").focus(); }
  else if (state.thread) closeThread();
});

const wanted = new URLSearchParams(location.search).get("as") ?? localStorage.getItem("sandbox.as");
actAs(wanted).catch(() => attempt(() => actAs(null)));
