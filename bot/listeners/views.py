"""Forms: what is filled in, sent and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers import Asker, plainly
from bot.apologies import OLD_FORM, apology
from bot.blocks.fields import name_of, sections, values_of
from bot.blocks.modal import carried_by
from bot.conversation import done, logged
from bot.desk import user_of
from bot.forms import form, form_again
from bot.listeners.edge import whisper
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
    from bot.desk import Desk
    from workflow.store.drafts import Form


async def submitted(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Do the act of a submitted form; what is wrong is said on the form, which stays open."""
    desk: Desk = context["desk"]
    channel = None
    try:
        asker, carried = _read(desk, body, view)
        channel = carried.channel
        answer = await _obey(desk, asker, carried, view)
        await desk.drafts.forget(_form(asker, carried), sent=view["id"])
    except ChangedSince as changed:
        again = await form_again(desk, carried, changed, values_of(view["state"]))
        await ack(response_action="update", view=again)
        return
    except Refusal as refusal:
        if errors := _errors(view, refusal):
            await ack(response_action="errors", errors=errors)
            return
        answer = plainly(apology(refusal))  # a form without fields has no room for it
    await ack()
    await whisper(answer, user=user_of(body), channel=channel, client=client)


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
    await desk.drafts.keep_now()


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
    await desk.drafts.forget(_form(asker, carried))
    request = None
    if carried.reference:
        request = await desk.ask(lists.find, desk.office, carried.reference)
    answer = await form(desk, asker, carried.act, request, blank=True)
    if answer.modal is not None:
        await client.views_update(view_id=body["view"]["id"], view=answer.modal)


async def suggested(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    """Offer the exemptions that fit what was typed into a form, of the request's own regime."""
    desk: Desk = context["desk"]
    try:
        _, carried = _read(desk, body, body.get("view") or {})
        request = await desk.ask(lists.find, desk.office, carried.reference)
    except Refusal:
        await ack(options=[])
        return
    await ack(options=sections(request.regime, str(body.get("value") or "")))


def _read(desk: Desk, body: dict[str, Any], view: dict[str, Any]) -> tuple[Asker, Carried]:
    """Read who fills in which form. Raises Lacking for a stranger, or a form of another version."""
    try:
        carried = carried_by(view)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Lacking(what=OLD_FORM, cure="") from None
    return Asker(desk.officer(user_of(body)), carried.channel), carried


def _form(asker: Asker, carried: Carried) -> Form:
    return form_of(asker.officer.handle, carried.act, carried.reference)


def _note(desk: Desk, body: dict[str, Any]) -> None:
    try:
        asker, carried = _read(desk, body, body["view"])
    except Refusal:
        return
    words = values_of(body["view"]["state"])
    desk.drafts.note(body["view"]["id"], _form(asker, carried), words)


async def _obey(desk: Desk, asker: Asker, carried: Carried, view: dict[str, Any]) -> Answer:
    values = forms.from_values(carried.act, values_of(view["state"]))
    if carried.act is Act.LOG:
        return await logged(desk, asker, values)
    return await done(desk, asker, carried.act, carried.reference, values, seen=carried.seen)


def _errors(view: dict[str, Any], refusal: Refusal) -> dict[str, str]:
    """Put a refusal on the fields it is about, or on the first."""
    fields = {
        one["block_id"]: one["label"]["text"] for one in view["blocks"] if one["type"] == "input"
    }
    if isinstance(refusal, Missing):
        lacking = {one.name for one in refusal.fields}
        return {one: "This is needed." for one in fields if name_of(one) in lacking}
    words = apology(refusal)
    if isinstance(refusal, Lacking) and refusal.asks in fields:
        return {refusal.asks: words}
    named = [name for name, label in fields.items() if words.startswith(f"{label.rstrip('?')}:")]
    return dict.fromkeys([*named, *fields][:1], words)
