// The sandbox's own HTTP API; the page has no other way to do anything.

import { say } from "./dom.js";

async function read(response) {
  const answer = await response.json().catch(() => ({ error: "The sandbox gave no answer." }));
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

export async function get(path, query = {}) {
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return read(await fetch(`/sandbox/${path}?${new URLSearchParams(wanted)}`));
}

export async function post(path, body) {
  return read(await fetch(`/sandbox/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));
}

// Do something for the person at the page; what fails is told to them in a sentence.
export async function attempt(work) {
  try {
    return await work();
  } catch (why) {
    say(why.message, { bad: true });
    return null;
  }
}
