// Slack's text: references stand between < and >, everything else is literal once & < > are restored.

import { el } from "./dom.js";
import { channelNamed, personNamed, state } from "./state.js";

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", bell: "🔔", no_bell: "🔕", eyes: "👀",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", calendar: "📅", spiral_calendar_pad: "🗓️", date: "📅",
  alarm_clock: "⏰", stopwatch: "⏱️", clock9: "🕘", memo: "📝", pencil: "✏️", pencil2: "✏️", page_facing_up: "📄",
  file_folder: "📁", open_file_folder: "📂", card_index_dividers: "🗂️", inbox_tray: "📥", outbox_tray: "📤",
  envelope: "✉️", incoming_envelope: "📨", mag: "🔍", lock: "🔒", unlock: "🔓", key: "🔑", scales: "⚖️",
  balance_scale: "⚖️", rotating_light: "🚨", red_circle: "🔴", large_orange_circle: "🟠",
  large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪",
  black_circle: "⚫", thumbsup: "👍", "+1": "👍", wave: "👋", raised_hand: "✋", point_right: "👉", tada: "🎉",
  information_source: "ℹ️", question: "❓", exclamation: "❗", arrow_right: "➡️", leftwards_arrow_with_hook: "↩️",
  arrows_counterclockwise: "🔄", pushpin: "📌", link: "🔗", speech_balloon: "💬", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", office: "🏢", classical_building: "🏛️", police_car: "🚓", zap: "⚡", fire: "🔥",
  mega: "📣", loudspeaker: "📢", sparkles: "✨", star: "⭐", robot_face: "🤖", books: "📚", scroll: "📜", seedling: "🌱", sunrise: "🌅",
};

export const unescaped = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);

const PIECES = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>/;
const STYLED = [
  ["strong", /(^|[\s(“"'—–_~[>])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?=$|[\s).,;:!?”"'—–_~\]])/],
  ["em", /(^|[\s(“"'—–*~[>])_([^\s_](?:[^_\n]*[^\s_])?)_(?=$|[\s).,;:!?”"'—–*~\]])/],
  ["s", /(^|[\s(“"'—–*_[>])~([^\s~](?:[^~\n]*[^\s~])?)~(?=$|[\s).,;:!?”"'—–*_\]])/],
];

// Render mrkdwn as nodes. Quoted lines become quotations; line breaks are kept by the style sheet.
export function mrkdwn(text) {
  const nodes = [];
  for (const part of text.split(/((?:^(?:&gt;|>) ?.*(?:\n|$))+)/m)) {
    if (/^(?:&gt;|>) ?/.test(part)) {
      const quoted = part.replace(/\n$/, "").replace(/^(?:&gt;|>) ?/gm, "");
      nodes.push(el("blockquote", {}, inline(quoted)));
    } else if (part) nodes.push(...inline(part));
  }
  return nodes;
}

function inline(text) {
  const found = PIECES.exec(text);
  if (!found) return styled(text);
  const before = styled(text.slice(0, found.index));
  const after = inline(text.slice(found.index + found[0].length));
  let piece;
  if (found[1] !== undefined) piece = el("pre", {}, unescaped(found[1]));
  else if (found[2] !== undefined) piece = el("code", {}, unescaped(found[2]));
  else piece = reference(found[3]);
  return [...before, piece, ...after];
}

function styled(text) {
  for (const [tag, pattern] of STYLED) {
    const found = pattern.exec(text);
    if (found) {
      const start = found.index + found[1].length;
      return [
        ...styled(text.slice(0, start)),
        el(tag, {}, styled(found[2])),
        ...styled(text.slice(found.index + found[0].length)),
      ];
    }
  }
  return text ? [withEmoji(unescaped(text))] : [];
}

function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(inside.slice(bar + 1));
  if (target.startsWith("@")) return personMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return dateText(target, label);
  if (target.startsWith("!subteam^")) return groupMention(target.slice(9), label);
  if (target.startsWith("!")) return el("span", { class: "mention loud" }, `@${target.slice(1)}`);
  return link(unescaped(target), label);
}

export function personMention(id) {
  const person = personNamed(id);
  const mine = state.workspace.people.some((one) => one.id === id && one.handle === state.as);
  return el("span", { class: mine ? "mention me" : "mention", title: [person.role, person.team].filter(Boolean).join(", ") },
    `@${person.name}`);
}

export function groupMention(id, label) {
  const group = state.workspace.groups.find((one) => one.id === id);
  const mine = state.workspace.people.some((one) => one.handle === state.as && one.team === group?.name);
  return el("span", { class: mine ? "mention me" : "mention", title: group?.name }, group ? `@${group.handle}` : label || "@team");
}

export function channelMention(id, label) {
  const name = channelNamed(id)?.name ?? label ?? id;
  return el("a", { class: "mention", href: `#${id}` }, `#${name}`);
}

export function link(address, label) {
  let safe = null;
  try {
    safe = ["http:", "https:", "mailto:"].includes(new URL(address).protocol) ? address : null;
  } catch { /* not an address: shown as the text it is */ }
  if (!safe) return el("span", {}, `<${address}${label ? `|${label}` : ""}>`);
  return el("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, label || address);
}

function dateText(target, fallback) {
  const [, seconds, form = ""] = target.split("^");
  const when = new Date(Number(seconds) * 1000);
  if (Number.isNaN(when.getTime())) return fallback;
  const face = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(when);
  const day = () => face({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", "");
  const written = form
    .replace(/\{date_(long|pretty|long_pretty)\}|\{date\}/g, day)
    .replace(/\{date_(short|short_pretty|num|slash)\}/g, () => face({ day: "numeric", month: "short", year: "numeric" }))
    .replace(/\{time(_secs)?\}/g, () => face({ hour: "2-digit", minute: "2-digit" }));
  return el("time", { datetime: when.toISOString() }, unescaped(written));
}
