// What the page knows: the workspace, who acts, where they are, and the messages read so far.

import { get } from "./api.js";

export const state = {
  as: "",            // the handle of the person acted as
  workspace: null,
  place: "",         // a conversation's id, or "home"
  thread: null,      // the timestamp of the open thread's first message
  messages: new Map(), // conversation id -> messages, the oldest first
  read: {},
  newest: {},
  mentioned: {},     // conversation id -> the newest message that mentions whoever acts, or their team
  newFrom: null,     // the last message read when the place was opened
};

export async function load(handle) {
  const workspace = await get("workspace", { as: handle || undefined });
  Object.assign(state, { workspace, as: workspace.as, read: workspace.read, newest: workspace.newest, mentioned: workspace.mentioned });
  state.messages.clear();
}

export const me = () => state.workspace.people.find((one) => one.handle === state.as);

export function personNamed(id) {
  if (id === "USLACKBOT") return { id, name: "Sandbox", handle: "sandbox", role: "", team: "" };
  if (id === state.workspace.app.user) return { id, name: state.workspace.app.name, isApp: true };
  return state.workspace.people.find((one) => one.id === id) ?? { id, name: id };
}

export const channelNamed = (id) => state.workspace.channels.find((one) => one.id === id);

// What is told of a conversation while it is being read: the answer may not hold it yet.
const arriving = new Map();

export async function messagesOf(channel) {
  if (!state.messages.has(channel)) {
    const query = channel === state.workspace.direct ? { dm: state.as } : { channel };
    if (!arriving.has(channel)) arriving.set(channel, []);
    const read = await get("messages", { ...query, as: state.as });
    if (!state.messages.has(channel)) { // nobody else read it meanwhile
      const told = arriving.get(channel) ?? [];
      state.messages.set(channel, [...new Map([...read, ...told].map((one) => [one.ts, one])).values()]);
    }
    arriving.delete(channel);
  }
  return state.messages.get(channel);
}

// Take in one change that was told; tells whether it concerns messages.
export function take(change) {
  const list = state.messages.get(change.channel);
  if (!list && change.message) arriving.get(change.channel)?.push(change.message);
  if (change.what === "message") {
    if (!change.message.ephemeral) {
      state.newest[change.channel] = change.message.ts;
      if (mentionsMe(change.message)) state.mentioned[change.channel] = change.message.ts;
    }
    if (list && !list.some((one) => one.ts === change.message.ts)) list.push(change.message);
  } else if (change.what === "changed" && list) {
    const at = list.findIndex((one) => one.ts === change.message.ts);
    if (at >= 0) list[at] = change.message;
  } else if (change.what === "deleted" && list) {
    state.messages.set(change.channel, list.filter((one) => one.ts !== change.message.ts));
  }
  return ["message", "changed", "deleted"].includes(change.what);
}

export const isUnread = (channel) => (state.newest[channel] ?? "") > (state.read[channel] ?? "");
export const isCalled = (channel) => (state.mentioned[channel] ?? "") > (state.read[channel] ?? "");

function mentionsMe({ text }) {
  const { id, team } = me();
  const group = state.workspace.groups.find((one) => one.name === team);
  return text.includes(`<@${id}>`) || text.includes(`<!subteam^${group?.id}>`);
}

// Where something is addressed, as the API wants it.
export function addressed(channel) {
  return channel === state.workspace.direct ? { dm: state.as } : { channel };
}

const clockFaceIn = (timeZone) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
const dayFaceIn = (timeZone) => new Intl.DateTimeFormat("en-GB",
  { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone });
const clockFace = clockFaceIn("Europe/London");
const dayFace = dayFaceIn("Europe/London");
const whenOf = (ts) => new Date(Number(ts) * 1000);
export const timeOf = (ts) => clockFace.format(whenOf(ts));
export const dayOf = (ts) => dayFace.format(whenOf(ts)).replace(",", "");
// The day in words: a browser may show 07/08/2020, which is July to some and August to others.
export const dayInWords = (iso) => dayFaceIn("UTC").format(new Date(`${iso}T00:00Z`)).replace(",", "");
// An ISO time in UK words; one without an offset is UK local time already.
export function dayAndTime(iso) {
  const local = !/(Z|[+-]\d\d:?\d\d)$/.test(iso);
  const when = new Date(local ? `${iso}Z` : iso);
  if (Number.isNaN(when.getTime())) return String(iso ?? "");
  const zone = local ? "UTC" : "Europe/London";
  return `${dayFaceIn(zone).format(when).replace(",", "")}, ${clockFaceIn(zone).format(when)}`;
}
