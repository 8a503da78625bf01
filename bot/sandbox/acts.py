"""One act of a person: what the app is sent, how fast it acknowledged, and what came back."""

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import NamedTuple

from bot.sandbox.changes import Watch
from bot.sandbox.delivery import Answer, Delivery
from bot.sandbox.directory import Person
from bot.sandbox.grants import Times, Triggers
from bot.sandbox.json_values import Json
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.views import Views
from bot.sandbox.workspace import Workspace

AFTER_FIRST_EFFECT = 0.25  # seconds in which a reply may still follow a changed card


class Place(NamedTuple):
    """Where a person acts: a conversation, and the message or view if there is one."""

    channel: str = ""
    message_ts: str | None = None
    thread_ts: str | None = None
    view_id: str | None = None


class Acts:
    """Carries the acts of people to the app and gathers what comes of them."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        views: Views,
        delivery: Delivery,
        triggers: Triggers,
        response_urls: ResponseUrls,
        times: Times,
    ) -> None:
        self.workspace = workspace
        self.views = views
        self.delivery = delivery
        self.response_urls = response_urls
        self._triggers = triggers
        self._times = times

    async def perform(
        self,
        person: Person,
        place: Place,
        *,
        kind: str,
        payload: Json,
        then: Callable[[Answer, Json], None] | None = None,
    ) -> Json:
        """Send one act to the app and tell what came of it.

        Args:
            person: who acts.
            place: where.
            kind: "slash_commands" or "interactive".
            payload: what the app is sent, but for trigger and response URL, which are added.
            then: does what the acknowledgement asks for; given the answer and the grant.

        Returns:
            ack_ms, error, reply (the first private answer), replies, view_id, and the
            acknowledgement itself as `ack`.
        """
        act = secrets.token_hex(8)
        grant = {
            "person": person.id,
            "channel": place.channel,
            "act": act,
            "original": place.message_ts,
            "thread_ts": place.thread_ts,
        }
        with self.workspace.changes.watching() as watch:
            answer = await self.delivery.send(kind, self._granted(payload, person, place, act))
            if answer.error is None and then is not None:
                then(answer, grant)
            if answer.error is not None and place.channel:
                self._tell_failure(payload, answer, grant)
            gathered = _Gathered(person, place, act)
            await gathered.wait(watch, self._times.linger if answer.error is None else 0)
        return {
            "ack_ms": answer.ms,
            "error": answer.error,
            "reply": gathered.replies[0] if gathered.replies else None,
            "replies": gathered.replies,
            "view_id": gathered.view_id,
            "ack": answer.body,
        }

    def _granted(self, payload: Json, person: Person, place: Place, act: str) -> Json:
        trigger_id = self._triggers.issue(person.id, view_id=place.view_id, act=act)
        granted = {**payload, "trigger_id": trigger_id}
        if place.channel:
            granted["response_url"] = self.response_urls.issue(
                person.id,
                place.channel,
                act=act,
                original=place.message_ts,
                thread_ts=place.thread_ts,
            )
        return granted

    def _tell_failure(self, payload: Json, answer: Answer, grant: Json) -> None:
        what = payload.get("command") or "This"
        text = f"{what} failed with the error “{answer.error}”. {answer.detail}"
        self.say_privately(grant, text)

    def say_privately(self, grant: Json, text: str) -> Json:
        """Show a sentence of the workspace's own to one person."""
        message = {"type": "message", "user": "USLACKBOT", "text": text}
        if grant["thread_ts"]:
            message["thread_ts"] = grant["thread_ts"]
        return self.workspace.post(
            grant["channel"], message, only_for=grant["person"], act=grant["act"]
        )


class _Gathered:
    """What has come of an act so far."""

    def __init__(self, person: Person, place: Place, act: str) -> None:
        self._person = person
        self._place = place
        self._act = act
        self._other_effect = False
        self.replies: list[Json] = []
        self.view_id: str | None = None

    async def wait(self, watch: Watch, seconds: float) -> None:
        """Take in what has come, and wait for a first reply if there is none."""
        ends = time.monotonic() + seconds
        self._take(watch.drain())
        while not self.replies and self.view_id is None:
            if self._other_effect:
                ends = min(ends, time.monotonic() + AFTER_FIRST_EFFECT)
                self._other_effect = False
            left = ends - time.monotonic()
            if left <= 0 or not await watch.wait(left):
                break
            self._take(watch.drain())
        await asyncio.sleep(0)
        self._take(watch.drain())

    def _take(self, changes: list[Json]) -> None:
        for change in changes:
            if change["what"] == "views" and change["person"] == self._person.id:
                if not change["closed"] and change["act"] in ("", self._act):
                    self.view_id = change["view_id"]
            elif change["what"] in ("message", "changed") and self._is_mine(change):
                self.replies.append(change["message"])
            elif change["what"] in ("message", "changed", "deleted", "home"):
                self._other_effect = True

    def _is_mine(self, change: Json) -> bool:
        if change["act"]:
            return bool(change["act"] == self._act)
        return bool(change["only_for"] == self._person.id)
