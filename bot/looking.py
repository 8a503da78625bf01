"""What is answered to a verb that only looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids, people, wording
from bot.answers import Answer, Asker, plainly
from bot.blocks import card, pages
from bot.blocks.text import escape
from bot.stats import stats
from workflow.casework.errors import Lacking, UnknownTeam, shown
from workflow.casework.guidance import questions_about
from workflow.casework.stages import Act, Stage
from workflow.law.clock import explain
from workflow.law.dates import long_date
from workflow.letters.plain import to_plain
from workflow.services import agenda, answers, correspondence, feeds, lists, unsent, versions
from workflow.services.desk_only import must_be_desk
from workflow.services.letter_kinds import kind_named
from workflow.services.verbs import verb_for, verb_named

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk import Desk
    from workflow.casework.roles import Officer
    from workflow.services.pictures import CardPicture


async def looked(desk: Desk, asker: Asker, what: str, words: str) -> Answer:
    """Answer a verb that only looks. Raises a Refusal."""
    if what in ABOUT_NONE:
        return await ABOUT_NONE[what](desk, asker, words)
    return await ABOUT_ONE[what](desk, asker, _reference(what, words))


def held_by(desk: Desk, officer: Officer) -> list[CardPicture]:
    """List what an officer holds, and the reviews they have taken: a review is its reviewer's."""
    held = lists.listing(desk.office, holder=officer.handle)
    holding = [one for one in held if one.request.stage is not Stage.REVIEW]
    return holding + lists.listing(desk.office, reviewer=officer.handle, stage=Stage.REVIEW.value)


async def _check(desk: Desk, _asker: Asker, reference: str) -> Answer:
    request = await desk.ask(lists.find, desk.office, reference)
    missing = (await desk.ask(answers.check, desk.office, request)).missing
    if not missing:
        return plainly(wording.complete(request.reference))
    lines = [wording.lacks(request.reference), *missing]
    return Answer(escape("\n".join(lines)), pages.ledger(request.reference, lines, title="Check"))


async def _letter(desk: Desk, asker: Asker, words: str) -> Answer:
    reference, _, typed = words.partition(" ")
    if typed.strip().casefold() == "versions":
        request = await desk.ask(lists.find, desk.office, reference)
        made = await desk.ask(versions.versions_of, desk.office, request.reference)
        lines = versions.told(made)
        drawn = pages.ledger(request.reference, lines, title="Versions")
        return Answer(escape("\n".join(lines)), drawn)
    return await _one_letter(desk, asker, reference, typed)


async def _one_letter(desk: Desk, asker: Asker, reference: str, typed: str) -> Answer:
    made = await desk.ask(
        correspondence.letter,
        desk.office,
        _reference("letter", reference),
        officer=asker.officer,
        kind=kind_named(typed) if typed.strip() else None,
    )
    lines = to_plain(made.document).splitlines()
    title = pages.ledger(made.document.reference, lines, title="Letter")
    return Answer(escape(made.document.title), title)


def _reference(what: str, words: str) -> str:
    if not words:
        raise Lacking(what=wording.which_request(what), cure=f"Type: {ids.COMMAND} {what} REF")
    return words.split(maxsplit=1)[0]


async def _help(desk: Desk, _asker: Asker, words: str) -> Answer:
    if words:
        word, _, section = words.partition(" ")
        verb = verb_named(word)
        if Act.RECORD_PUBLIC_INTEREST_TEST in verb.acts and section.strip():
            lines = [section.strip(), *questions_about(desk.office.guidance, section)]
            drawn = pages.ledger(verb.name, lines, title="To think about")
            return Answer(escape("\n".join(lines)), drawn)
        return Answer(f"{ids.COMMAND} {verb.form}", pages.help_one(verb))
    return Answer(f"What you can type after {ids.COMMAND}", pages.help_all())


async def _mine(desk: Desk, asker: Asker, _words: str) -> Answer:
    mine = await desk.ask(held_by, desk, asker.officer)
    title = f"{len(mine)} requests with you" if len(mine) != 1 else "1 request with you"
    return Answer(title, pages.listing(title, mine, empty=wording.HOLD_NOTHING))


async def _outbox(desk: Desk, asker: Asker, _words: str) -> Answer:
    must_be_desk(asker.officer, "look into the outbox")
    counts = await desk.ask(unsent.counts, desk.office)
    rows = await desk.ask(unsent.unsent, desk.office)
    lines = [
        ", ".join(f"{number} {state}" for state, number in counts.items()) + ".",
        *(
            f"{one.state}: {one.key}, to {one.recipient}" + (f": {one.trouble}" * bool(one.trouble))
            for one in rows
        ),
    ]
    lines += [wording.TRY_AGAIN_AT_TERMINAL]
    return Answer(escape(lines[0]), pages.ledger("", lines, title="The outbox"))


async def _agenda(desk: Desk, asker: Asker, words: str) -> Answer:
    roster = desk.office.roster
    owner = agenda.whose(roster, words or asker.officer.handle)
    entries = await desk.ask(agenda.agenda, desk.office, owner)
    title = f"{agenda.name_of(roster, owner)}: the next {agenda.USUAL_DAYS} days"
    lines = [
        f"{long_date(one.on)}: {one.reference} {one.what}. {one.subject} ({one.who})"
        for one in entries
    ]
    return Answer(
        escape(title), pages.ledger("", [title, *(lines or [wording.NOTHING_DUE])], title="Agenda")
    )


async def _feed(desk: Desk, asker: Asker, words: str) -> Answer:
    """Make a feed, or end it. The answer is private to whoever asked, as every answer is."""
    ends = words.casefold().split()[:1] == ["revoke"]
    rest = words.partition(" ")[2].strip() if ends else words
    owner = agenda.whose(desk.office.roster, rest or asker.officer.handle)
    name = agenda.name_of(desk.office.roster, owner)
    if ends:
        ended = await desk.ask(feeds.revoke, desk.office, owner, officer=asker.officer)
        return plainly(feeds.ended(ended, name))
    end = await desk.ask(feeds.make, desk.office, owner, officer=asker.officer)
    return plainly(
        f"The due dates of {name}, for your calendar program:\n{desk.address}/{end}\n"
        "Whoever has this address can read them. It ends with: /foi feed revoke"
    )


async def _list(desk: Desk, _asker: Asker, words: str) -> Answer:
    stage = words.casefold() if words.casefold() in set(Stage) else None
    team = _team(desk, words) if words and not stage else None
    more = pages.MOST_LINES + 1
    found = await desk.ask(lists.listing, desk.office, limit=more, stage=stage, team=team)
    title = f"Requests: {words}" if words else "Open requests, the soonest due first"
    return Answer(title, pages.listing(title, found, empty=wording.NONE_HERE))


def _team(desk: Desk, words: str) -> str:
    try:
        return desk.office.roster.team(words).key
    except UnknownTeam as error:
        known = ", ".join((*Stage, *error.known))
        what = wording.no_stage_or_team(shown(words, 30))
        raise Lacking(what=what, cure=wording.try_one_of(known)) from None


async def _show(desk: Desk, asker: Asker, reference: str) -> Answer:
    request = await desk.ask(lists.find, desk.office, reference)
    history = await desk.ask(lists.history_of, desk.office, request.reference)
    picture = lists.card(desk.office, request)
    can = [verb_for(act).name for act in lists.acts_for(desk.office, request, asker.officer)]
    return Answer(card.summary(picture), pages.whole(picture, history, can))


async def _why(desk: Desk, _asker: Asker, reference: str) -> Answer:
    request = await desk.ask(lists.find, desk.office, reference)
    answer = f"{card.due(lists.card(desk.office, request))}."
    lines = [answer, *explain(lists.statutory_reading(desk.office, request))]
    lines += lists.later_dates(desk.office, request)
    if request.review_clock:
        lines += [wording.THE_REVIEW, *explain(lists.review_reading(desk.office, request))]
    text = escape(" ".join(lines))
    return Answer(text, pages.ledger(request.reference, lines))


# The looks that take words or none, and those that take a reference alone.
ABOUT_NONE: dict[str, Callable[[Desk, Asker, str], Awaitable[Answer]]] = {
    "help": _help,
    "list": _list,
    "mine": _mine,
    "outbox": _outbox,
    "agenda": _agenda,
    "feed": _feed,
    "letter": _letter,
    "stats": stats,
    "applicant": people.applicant,
    "people": people.listed,
    "absent": people.absent,
    "present": people.present,
    "prefer": people.prefer,
    "handover": people.handed_over,
}
ABOUT_ONE: dict[str, Callable[[Desk, Asker, str], Awaitable[Answer]]] = {
    "show": _show,
    "why": _why,
    "check": _check,
}
