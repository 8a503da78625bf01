"""The forms about people: an absence, somebody new."""

from __future__ import annotations

import asyncio
import json
from datetime import date, time
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.answers import Asker, plainly
from bot.apologies import apology
from bot.blocks.notice import notice
from bot.desk import user_of
from bot.listeners.edge import show_instead, update, whisper
from bot.listeners.patience import PATIENCE, settled, start, within
from bot.people import changed, handed_over
from workflow.casework.decide import people as decide
from workflow.casework.errors import Lacking, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.answers import Answer
    from bot.desk import Desk
    from workflow.services.people_words import Decide

    Words = dict[str, str]


async def submitted_people(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Change the people as a form says; what is wrong is said on the form, which stays open."""
    changing = asyncio.ensure_future(_changed(context["desk"], body, view))
    if not await within(changing, PATIENCE):
        await show_instead(notice(wording.ONE_MOMENT), ack)
        start(_told_later(changing, body, view, client))
        return
    told = changing.result()
    if isinstance(told, Refusal):
        await ack(response_action="errors", errors={_at_fault(view, told): apology(told)})
        return
    await ack()
    await whisper(told, user=user_of(body), channel=_channel(view), client=client)


async def _changed(desk: Desk, body: dict[str, Any], view: dict[str, Any]) -> Answer | Refusal:
    try:
        kind, channel = _carried(view)
        return await _obey(desk, kind, channel, body, view)
    except Refusal as refusal:
        return refusal


async def _told_later(
    changing: asyncio.Future[Answer | Refusal],
    body: dict[str, Any],
    view: dict[str, Any],
    client: AsyncWebClient,
) -> None:
    """Put what came of the form into its place, and say it where it was asked for."""
    told = await settled(changing, lambda fault: fault)
    answer = plainly(apology(told)) if isinstance(told, Refusal) else told
    await update(view["id"], notice(answer.text), client=client)
    await whisper(answer, user=user_of(body), channel=_channel(view), client=client)


def _channel(view: dict[str, Any]) -> str | None:
    try:
        return _carried(view)[1]
    except Lacking:
        return None


def _at_fault(view: dict[str, Any], refusal: Refusal) -> str:
    """Give the field that a refusal is about: the one it asks for, or the first."""
    fields = [one["block_id"] for one in view["blocks"] if one["type"] == "input"]
    asks = refusal.asks if isinstance(refusal, Lacking) else ""
    return asks if asks in fields else str(fields[0])


def _carried(view: dict[str, Any]) -> tuple[str, str | None]:
    """Read which form it is and where to answer. Raises Lacking for one of another version."""
    try:
        said = json.loads(view["private_metadata"])
        kind, channel = said["form"], said["channel"]
        if kind in FORMS:
            return kind, channel
    except (KeyError, TypeError, ValueError):
        pass
    raise Lacking(what=wording.OLD_FORM, cure="")


async def _obey(
    desk: Desk, kind: str, channel: str | None, body: dict[str, Any], view: dict[str, Any]
) -> Answer:
    asker = Asker(desk.officer(user_of(body)), channel, body.get("trigger_id") or "")
    words = {
        block_id: _value(next(iter(elements.values())))
        for block_id, elements in view["state"]["values"].items()
    }
    if kind == "handover":
        asked = (words.get("who", ""), words.get("successor", ""), words.get("reason", ""))
        return await handed_over(desk, asker, " ".join(asked).strip())
    return await changed(desk, asker, DECIDES[kind](asker, words))


def _value(element: dict[str, Any]) -> str:
    chosen = element.get("selected_option")
    if chosen:
        return str(chosen["value"])
    several = element.get("selected_options")
    if several is not None:
        return ",".join(str(one["value"]) for one in several)
    names = ("selected_date", "selected_time", "selected_user", "value")
    return str(next((element[name] for name in names if element.get(name)), ""))


def _absence(asker: Asker, words: Words) -> Decide:
    try:
        first, last = (_day_or_none(words.get(name, "")) for name in ("first", "last"))
    except ValueError:
        raise Lacking(what=wording.OLD_FORM, cure="") from None
    return lambda now: decide.be_away(
        now,
        words.get("who") or asker.officer.handle,
        first=first,
        last=last,
        cover=words.get("cover", ""),
        reason=words.get("reason", ""),
    )


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _addition(_asker: Asker, words: Words) -> Decide:
    return lambda now: decide.add(
        now, words.get("handle", ""), words, reason=words.get("reason", "")
    )


def _change(_asker: Asker, words: Words) -> Decide:
    return lambda now: decide.change(
        now, words.get("who", ""), words, reason=words.get("reason", "")
    )


def _preference(asker: Asker, words: Words) -> Decide:
    try:
        starts = time.fromisoformat(words["starts_at"]) if words.get("starts_at") else None
    except ValueError:
        raise Lacking(what=wording.OLD_FORM, cure="") from None
    given: dict[str, bool | time | None] = {"starts_at": starts}
    given |= {name: words[name] == "on" for name in ("digest", "early") if name in words}
    return lambda now: decide.prefer(now, asker.officer.handle, given)


def _leaving(_asker: Asker, words: Words) -> Decide:
    return lambda now: decide.leave(now, words.get("who", ""), reason=words.get("reason", ""))


# What each form decides about people. A hand-over decides nothing yet: it is listed first.
DECIDES: dict[str, Callable[[Asker, Words], Decide]] = {
    "absent": _absence,
    "absence": _absence,
    "add": _addition,
    "change": _change,
    "leave": _leaving,
    "prefer": _preference,
}
FORMS = {*DECIDES, "handover"}
