"""Forms: what is filled in, sent and closed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from bot import wording
from bot.answers import Asker, plainly
from bot.apologies import apology
from bot.blocks.fields import name_of, sections, values_of
from bot.blocks.modal import carried_by
from bot.blocks.notice import notice
from bot.conversation import done, logged
from bot.desk import user_of
from bot.forms import form, form_again
from bot.intake import second_thoughts
from bot.listeners.edge import offer, show_instead, update, whisper
from bot.listeners.patience import PATIENCE, settled, start, within
from workflow.casework.errors import ChangedSince, Lacking, Refusal
from workflow.casework.stages import Act
from workflow.services import forms, lists
from workflow.services.drafts import form_of
from workflow.services.forms import Missing

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.answers import Answer
    from bot.blocks.modal import Carried
    from bot.blocks.text import Block
    from bot.desk import Desk
    from workflow.casework.request import InformationRequest
    from workflow.store.drafts import Form


class Taken(NamedTuple):
    """What a form that was sent came to: words for the person, or the form again."""

    answer: Answer | None = None
    channel: str | None = None
    errors: dict[str, str] | None = None
    again: Block | None = None


async def submitted(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Do the act of a submitted form; what is wrong is said on the form, which stays open."""
    desk: Desk = context["desk"]
    sending = asyncio.ensure_future(_sent(desk, body, view))
    if not await within(sending, PATIENCE):
        await show_instead(notice(wording.ONE_MOMENT), ack)
        start(_told_later(sending, desk, body, view, client))
        return
    taken = sending.result()
    if taken.errors:
        await ack(response_action="errors", errors=taken.errors)
    elif taken.again is not None:
        await show_instead(taken.again, ack)
    else:
        await ack()
    if taken.answer is not None:
        await whisper(taken.answer, user=user_of(body), channel=taken.channel, client=client)


async def _sent(desk: Desk, body: dict[str, Any], view: dict[str, Any]) -> Taken:
    channel = None
    try:
        asker, carried = _read(desk, body, view)
        channel = carried.channel
        if again := await _thought_over(desk, carried, view):
            return Taken(again=again)
        answer = await _obey(desk, asker, carried, view)
        await desk.drafts.forget(_form(asker, carried), sent=view["id"])
    except ChangedSince as changed:
        again = await form_again(desk, carried, changed, values_of(view["state"]))
        return Taken(again=again)
    except Refusal as refusal:
        if errors := errors_on(view, refusal):
            return Taken(errors=errors)
        answer = plainly(apology(refusal))  # a form without fields has no room for it
    return Taken(answer, channel)


async def _told_later(
    sending: asyncio.Future[Taken],
    desk: Desk,
    body: dict[str, Any],
    view: dict[str, Any],
    client: AsyncWebClient,
) -> None:
    """Put what came of a form into its place: the outcome, or the form with what is wrong."""
    taken = await settled(sending, Taken)
    shown = taken.again
    if taken.errors:
        asker, carried = _read(desk, body, view)
        words = {name: one for name, one in values_of(view["state"]).items() if one}
        request = await _request_of(desk, carried)
        wrong = " ".join(dict.fromkeys(taken.errors.values()))
        shown = (await form(desk, asker, carried.act, request, words, because=wrong)).modal
    if taken.answer is not None:
        shown = notice(taken.answer.text)
        await whisper(taken.answer, user=user_of(body), channel=taken.channel, client=client)
    await update(view["id"], shown or notice(wording.OLD_FORM), client=client)


async def _request_of(desk: Desk, carried: Carried) -> InformationRequest | None:
    if not carried.reference:
        return None
    return await desk.ask(lists.find, desk.office, carried.reference)


async def filled_in(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    """Take note of what a form holds: it is there again, whatever becomes of the form."""
    await ack()
    _note(context["desk"], body)


async def closed(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    """Keep what a form held when it was closed."""
    await ack()
    desk: Desk = context["desk"]
    if body["view"].get("state", {}).get("values"):  # Slack itself may leave it out here
        _note(desk, body)
    start(desk.drafts.keep_now())


async def afresh(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Forget the draft, and draw the form empty."""
    await ack()
    desk: Desk = context["desk"]
    try:
        asker, carried = _read(desk, body, body["view"])
    except Refusal:
        return
    start(_begun_afresh(desk, asker, carried, body["view"]["id"], client))


async def _begun_afresh(
    desk: Desk, asker: Asker, carried: Carried, view_id: str, client: AsyncWebClient
) -> None:
    await desk.drafts.forget(_form(asker, carried))
    request = await _request_of(desk, carried)
    answer = await form(desk, asker, carried.act, request, blank=True)
    if answer.modal is not None:
        await update(view_id, answer.modal, client=client)


async def suggested(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    """Offer the exemptions that fit what was typed into a form, of the request's own regime."""
    looking = asyncio.ensure_future(_fitting(context["desk"], body))
    in_time = await within(looking, PATIENCE)  # a menu that opens late opens empty
    await offer(looking.result() if in_time else [], ack)


async def _fitting(desk: Desk, body: dict[str, Any]) -> list[Block]:
    try:
        _, carried = _read(desk, body, body.get("view") or {})
        request = await desk.ask(lists.find, desk.office, carried.reference)
    except Refusal:
        return []
    return sections(request.regime, str(body.get("value") or ""))


def _read(desk: Desk, body: dict[str, Any], view: dict[str, Any]) -> tuple[Asker, Carried]:
    """Read who fills in which form. Raises Lacking for a stranger, or a form of another version."""
    try:
        carried = carried_by(view)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Lacking(what=wording.OLD_FORM, cure="") from None
    once = body.get("trigger_id") or ""
    return Asker(desk.officer(user_of(body)), carried.channel, once), carried


def _form(asker: Asker, carried: Carried) -> Form:
    return form_of(asker.officer.handle, carried.act, carried.reference)


def _note(desk: Desk, body: dict[str, Any]) -> None:
    try:
        asker, carried = _read(desk, body, body["view"])
    except Refusal:
        return
    words = values_of(body["view"]["state"])
    desk.drafts.note(body["view"]["id"], _form(asker, carried), words)


async def _thought_over(desk: Desk, carried: Carried, view: dict[str, Any]) -> Block | None:
    """Give the form again where something is to be thought about before a request is logged."""
    if carried.act is not Act.LOG:
        return None
    given = values_of(view["state"])
    return await second_thoughts(desk, carried, forms.from_values(carried.act, given), given)


async def _obey(desk: Desk, asker: Asker, carried: Carried, view: dict[str, Any]) -> Answer:
    values = forms.from_values(carried.act, values_of(view["state"]))
    if carried.act is Act.LOG:
        return await logged(desk, asker, values)
    return await done(desk, asker, carried.act, carried.reference, values, seen=carried.seen)


def errors_on(view: dict[str, Any], refusal: Refusal) -> dict[str, str]:
    """Put a refusal on the fields it is about, or on the first."""
    fields = {
        one["block_id"]: one["label"]["text"] for one in view["blocks"] if one["type"] == "input"
    }
    if isinstance(refusal, Missing):
        lacking = {one.name for one in refusal.fields}
        shown = {one: wording.NEEDED for one in fields if name_of(one) in lacking}
        if len(shown) < len(lacking):  # the form shows less than the act needs
            shown |= dict.fromkeys([*fields][:1], str(refusal))
        return shown
    words = apology(refusal)
    if isinstance(refusal, Lacking) and refusal.asks in fields:
        return {refusal.asks: words}
    named = [name for name, label in fields.items() if words.startswith(f"{label.rstrip('?')}:")]
    return dict.fromkeys([*named, *fields][:1], words)
