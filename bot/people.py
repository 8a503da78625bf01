"""What is answered to verbs about people: who is here, who is away, who takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids, wording
from bot.answers import Answer, Asker, plainly
from bot.blocks import people as blocks
from bot.blocks.text import escape
from workflow.casework.decide.people import come_back
from workflow.casework.errors import Lacking, shown
from workflow.casework.roles import Role
from workflow.services import handover, people, people_words, reveal
from workflow.services.desk_only import must_be_desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.blocks.text import Block
    from bot.desk import Desk
    from workflow.services.people_words import Decide

NOW = "--now"  # as at the terminal: without it a hand-over is only listed


async def listed(desk: Desk, asker: Asker, words: str) -> Answer:
    """Answer "people": who works here; or change what was typed, or open the form for it."""
    verb, _, rest = words.partition(" ")
    if not verb:
        everybody = await desk.ask(people.listing, desk.office)
        lines = [_line(desk, one) for one in everybody]
        title = f"{len(lines)} people work on requests here"
        may_change = asker.officer.has(Role.DESK)
        return Answer(title, blocks.listing(title, lines, may_change=may_change))
    if verb == "history":
        return await _history(desk, rest.strip())
    if form := _form(desk, asker, verb, rest.split()):
        return Answer(modal=form)
    decide = people_words.people(words, desk.office.roster, on=desk.office.today())
    return await changed(desk, asker, decide)


async def _history(desk: Desk, whose: str) -> Answer:
    handle = desk.office.roster.here_or_gone(whose).handle if whose else None
    noted = await desk.ask(people.history, desk.office, handle=handle)
    said = [sentence for _, sentence in noted] or [people.NOTHING_CHANGED]
    return Answer(escape(said[-1]), blocks.history(said))


def _form(desk: Desk, asker: Asker, verb: str, words: Sequence[str]) -> Block | None:
    """Give the form of what was typed without all it needs: "people change @amira"."""
    roster, channel = desk.office.roster, asker.channel
    if len(words) > (verb in ("change", "absent")):
        return None
    whose = roster.officer(words[0]).handle if words else ""
    match verb:
        case "add":
            must_be_desk(asker.officer, "add people")
            return blocks.add_modal(roster, channel=channel)
        case "change":
            must_be_desk(asker.officer, "change people")
            return blocks.change_modal(roster, whose, channel=channel)
        case "leave":
            must_be_desk(asker.officer, "note that somebody has left")
            return blocks.leave_modal(roster, whose, channel=channel)
        case "absent":
            today = desk.office.today()
            return blocks.absent_modal(
                asker.officer, roster, today=today, channel=channel, whose=whose
            )
        case _:
            return None


async def absent(desk: Desk, asker: Asker, words: str) -> Answer:
    """Answer "absent": the form, or the absence that was typed."""
    roster, on = desk.office.roster, desk.office.today()
    if not words:
        modal = blocks.absent_modal(asker.officer, roster, today=on, channel=asker.channel)
        return Answer(modal=modal)
    return await changed(
        desk, asker, people_words.absent(asker.officer.handle, words, roster, on=on)
    )


async def present(desk: Desk, asker: Asker, _words: str) -> Answer:
    """Answer "present": they are told themselves again."""
    return await changed(desk, asker, lambda now: come_back(now, asker.officer.handle))


async def prefer(desk: Desk, asker: Asker, words: str) -> Answer:
    """Answer "prefer": the form, or what was typed."""
    if not words:
        return Answer(modal=blocks.prefer_modal(asker.officer, channel=asker.channel))
    return await changed(desk, asker, people_words.prefer(asker.officer.handle, words))


async def handed_over(desk: Desk, asker: Asker, words: str) -> Answer:
    """Answer "handover": first the list, with a button that does it; typed with --now, done."""
    leaver, _, rest = words.partition(" ")
    if not rest:
        roster = desk.office.roster
        handle = roster.here_or_gone(leaver).handle if leaver else ""
        return Answer(modal=blocks.handover_modal(roster, channel=asker.channel, leaver=handle))
    leaver, successor, reason = handover.read(words)
    now, _, why = reason.partition(" ")
    if now != NOW:
        plan = await desk.ask(handover.plan, desk.office, leaver, successor, officer=asker.officer)
        lines = [one.line for one in plan.parts]
        value = f"handover {plan.leaver.handle} {plan.successor.handle} {NOW} {reason}".strip()
        return Answer(escape(plan.title), blocks.handover(plan.title, lines, value=value))
    done = await desk.ask(
        handover.carry_out,
        desk.office,
        leaver,
        successor,
        officer=asker.officer,
        reason=why.strip(),
    )
    desk.speak()
    return plainly("\n".join((done.title, *(one.line for one in done.parts))))


async def applicant(desk: Desk, asker: Asker, words: str) -> Answer:
    """Answer "applicant": a link, for no name passes through Slack."""
    reference, _, why = words.partition(" ")
    if not reference:
        raise Lacking(what=wording.WHOSE_NAME, cure=f"Type: {ids.COMMAND} applicant REF REASON")
    end = await desk.ask(reveal.link, desk.office, reference, officer=asker.officer, why=why)
    if not desk.address:
        typed = (
            f"foi applicant {shown(reference)} --reason {shown(why)} --as {asker.officer.handle}"
        )
        return plainly(f"Who asked is never shown in Slack. At the terminal: {typed}")
    return plainly(
        f"Who asked is shown here once, within five minutes, and that you looked is kept:\n"
        f"{desk.address}/{end}"
    )


async def changed(desk: Desk, asker: Asker, decide: Decide) -> Answer:
    """Change the people and answer with what was noted. Raises a Refusal."""
    told = await desk.ask(
        people.change, desk.office, decide, officer=asker.officer, once=asker.once
    )
    answer = plainly(" ".join((told.sentence, *told.remarks)))
    if not told.leaves_behind:
        return answer
    return answer.followed_by(blocks.hand_over_next(told.leaves_behind))


def _line(desk: Desk, person: people.Person) -> str:
    officer = person.officer
    away = people.away_told(desk.office, person)
    told = f"{officer.name} ({officer.handle}), {person.team}: {', '.join(sorted(officer.roles))}"
    return f"{told}. Away {away}" if away else told
