"""What is answered to a person, whichever way they asked: typed, pressed or submitted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.answers import Answer, Asker, plainly
from bot.apologies import apology
from bot.blocks import card, pages
from bot.blocks.again import again
from bot.blocks.text import escape
from bot.blocks.which import which_modal
from bot.forms import form
from bot.looking import looked
from workflow.casework.errors import Ambiguous, Lacking, UnknownRequest, you_can
from workflow.casework.stages import Act
from workflow.services import acts, forms, lists
from workflow.services.forms import FORMS, Missing
from workflow.services.verbs import UnknownVerb, act_of, verb_for, verb_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.desk import Desk
    from workflow.casework.request import InformationRequest
    from workflow.services.acts import Done
    from workflow.services.office import Office
    from workflow.services.verbs import Verb

LONGEST_COMMAND = 4000
READ_FIRST = (Act.APPROVE,)  # a button shows what it is about before it does it


async def typed(desk: Desk, asker: Asker, text: str) -> Answer:
    """Answer what was typed after the command; where a word may mean several, offer them.

    Raises a Refusal.
    """
    try:
        return await _understood(desk, asker, text)
    except (Ambiguous, UnknownRequest, UnknownVerb) as refusal:
        meant_for, choices = _meant(refusal)
        if not choices:
            raise
        words = apology(refusal)
        return Answer(escape(words), again(words, choices, text.strip(), meant_for))


def _meant(refusal: Ambiguous | UnknownRequest | UnknownVerb) -> tuple[str, tuple[str, ...]]:
    """Give the word that was not understood, and those that it may have meant."""
    if isinstance(refusal, UnknownVerb):
        return refusal.typed, refusal.near
    if isinstance(refusal, Ambiguous):
        return refusal.reference, refusal.options
    return refusal.reference, refusal.near


async def _understood(desk: Desk, asker: Asker, text: str) -> Answer:
    if len(text) > LONGEST_COMMAND:
        raise Lacking(
            what=wording.too_long(len(text), LONGEST_COMMAND),
            cure=wording.LEAVE_OUT,
        )
    word, _, rest = text.strip().partition(" ")
    if not word:
        return Answer(wording.WHAT_NOW, pages.menu())
    verb = verb_named(word)
    if not verb.acts:
        return await looked(desk, asker, verb.name, rest.strip())
    if verb.acts == (Act.LOG,):
        return await form(desk, asker, Act.LOG, None, {"subject": rest.strip()})
    reference, _, words = rest.strip().partition(" ")
    if not reference and verb.acts == (Act.UNDO,):
        reference = await desk.ask(lists.latest_by, desk.office, asker.officer)
    if not reference:
        return Answer(modal=which_modal(verb, channel=asker.channel))
    if not any(FORMS[act] for act in verb.acts):  # nothing more can be said about it
        return await done(desk, asker, verb.acts, reference, {})
    request = await desk.ask(lists.find, desk.office, reference)
    act = act_of(verb, request.stage)
    return await _typed_act(desk, asker, act, request, words)


def may_open_form(text: str) -> bool:
    """Say whether a command may be answered with a form, before anything is looked up."""
    word, _, rest = text.strip().partition(" ")
    reference, _, words = rest.strip().partition(" ")
    try:
        verb = verb_named(word)
        if not (verb.acts and reference):
            return bool(verb.acts)
        forms.from_text(verb.acts[0], words)
    except Missing:
        return True
    except Lacking:
        return False
    return False


async def _typed_act(
    desk: Desk, asker: Asker, act: Act, request: InformationRequest, words: str
) -> Answer:
    try:
        values = forms.from_text(act, words)
    except Missing:
        # Whoever may not do the act is told so now, and not after filling a form.
        if lists.may(request, act, asker.officer):
            return await form(desk, asker, act, request)
        values = {}
    return await done(desk, asker, act, request.reference, values)


async def chosen(desk: Desk, asker: Asker, verb: Verb, reference: str) -> Answer:
    """Go on once it is said on which request: with the form of the act, or with the act itself."""
    request = await desk.ask(lists.find, desk.office, reference)
    act = act_of(verb, request.stage)
    lists.check(request, act, asker.officer)
    if FORMS[act]:
        return await form(desk, asker, act, request)
    return await done(desk, asker, act, request.reference, {})


async def pressed(desk: Desk, asker: Asker, act: Act, reference: str) -> Answer:
    """Answer a button or menu entry that does an act: do it, or open its form."""
    if act is Act.LOG:
        return await form(desk, asker, Act.LOG, None)
    if act in READ_FIRST or any(one.required for one in FORMS[act]):
        request = await desk.ask(lists.find, desk.office, reference)
        if lists.may(request, act, asker.officer):
            return await form(desk, asker, act, request)
    try:
        return await done(desk, asker, act, reference, {})
    except Lacking as refusal:
        if not refusal.asks:
            raise
        request = await desk.ask(lists.find, desk.office, reference)
        # A button has no room for the words that would answer this: the form has.
        return await form(desk, asker, act, request, because=str(refusal))


async def done(  # who does what to which, each by name
    desk: Desk,
    asker: Asker,
    act: Act | tuple[Act, ...],
    reference: str,
    values: Mapping[str, Any],
    *,
    seen: int | None = None,
) -> Answer:
    """Do an act and answer what it came to. Raises a Refusal, and then nothing was written.

    Of several acts that take no words the one is done that the request's stage is open to. `seen`
    is the version that the person decided upon, where that may be a while ago.
    """
    if isinstance(act, Act):
        await _expect_words(desk, asker, act, reference, values)
    to_do = partial(acts.perform, act=act, reference=reference, seen=seen, **values)
    return await _acted(desk, asker, to_do)


async def _expect_words(
    desk: Desk, asker: Asker, act: Act, reference: str, values: Mapping[str, Any]
) -> None:
    """See that an act's required words are given. Raises a Refusal; Missing for who may do it."""
    if missing := [one for one in FORMS[act] if one.required and one.name not in values]:
        request = await desk.ask(lists.find, desk.office, reference)
        lists.check(request, act, asker.officer)
        raise Missing(act=act, fields=missing)


async def logged(desk: Desk, asker: Asker, values: Mapping[str, Any]) -> Answer:
    """Log a new request and answer with its due date. Raises a Refusal."""
    said = dict(values)
    name, address = said.pop("applicant_name", ""), said.pop("applicant_address", "")
    to_do = partial(acts.log, applicant=(name, address) if name or address else None, **said)
    return await _acted(desk, asker, to_do)


async def everything(desk: Desk, asker: Asker, reference: str) -> Answer:
    """Answer with a button for each act that is open to the person. Raises a Refusal."""
    request = await desk.ask(lists.find, desk.office, reference)
    can = lists.acts_for(desk.office, request, asker.officer)
    return Answer(
        f"What you can do on {escape(request.reference)}", pages.everything(request.reference, can)
    )


async def _acted(desk: Desk, asker: Asker, to_do: Callable[..., Done]) -> Answer:
    """Act, and word what it came to in the same thread: what that reads is at hand there."""

    def worded() -> Answer:
        made = to_do(desk.office, officer=asker.officer, once=asker.once)
        return _outcome(desk.office, asker, made)

    answer = await desk.ask(worded)
    desk.speak()
    return answer


def _outcome(office: Office, asker: Asker, made: Done) -> Answer:
    can = [verb_for(act).name for act in lists.acts_for(office, made.request, asker.officer)]
    advice = f" {made.advice}" if made.advice else ""
    due = card.due(lists.card(office, made.request))
    stands = f" {due}." if due not in made.sentence else ""  # to issue says when by itself
    reference = made.request.reference
    then = f" {you_can(can, reference)}" if can else ""
    answer = plainly(f"{reference}: {made.sentence}{stands}{advice}{then}")
    return answer.followed_by(pages.undo(reference)) if made.can_undo else answer
