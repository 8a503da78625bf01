"""What is typed to change the people, in Slack as at the terminal: one grammar, read here."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from workflow.casework.decide import people as decide
from workflow.casework.errors import Lacking, UnknownOfficer, shown
from workflow.casework.people import Post
from workflow.law.dates import WEEKDAYS
from workflow.services.fields import read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workflow.casework.decide.people import Changing
    from workflow.casework.people import Change
    from workflow.casework.roles import Roster

    Decide = Callable[[Changing], Change]

FIELDS = ("name", "slack", "team", "roles", "email")
PEOPLE = (
    "people",
    "people add HANDLE TEAM ROLES [SLACK ID] NAME",
    f"people change @PERSON {'|'.join(FIELDS)} VALUE",
    "people leave @PERSON [REASON]",
    "people absent @PERSON UNTIL [@COVER] [REASON]",
    "people present @PERSON",
    "people name @PERSON manager|deputy TEAM",
    "people history [@PERSON]",
)
ABSENT = "absent UNTIL|FROM-UNTIL [@COVER] [REASON]"
PREFER = "prefer digest|early on|off, or: prefer starts 10:00|usual"
_MOST_DAY_WORDS = 3  # 17 July 2020


def people(words: str, roster: Roster, *, on: date) -> Decide:
    """Read what follows "people": a change of somebody. Raises Lacking with how it is typed."""
    verb, _, rest = words.strip().partition(" ")
    reader = _READERS.get(verb.casefold())
    if reader is None:
        what = f"“people {verb}” is nothing to type." if verb else "Say what is to change."
        raise Lacking(what=what, cure=f"Type one of: {'; '.join(PEOPLE)}.")
    return reader(rest.split(), roster, on)


def absent(handle: str, words: str, roster: Roster, *, on: date) -> Decide:
    """Read how long somebody is away, who covers and why. Raises Lacking."""
    if not words.split():
        raise Lacking(what="Until when?", cure=f"Type: {ABSENT}.")
    first, after_first = _first_day(words.split(), on)
    last, after_last = _day(after_first, on)
    cover, rest = _cover(after_last, roster)
    reason = " ".join(rest)
    return lambda now: decide.be_away(
        now, handle, first=first, last=last, cover=cover, reason=reason
    )


def prefer(handle: str, words: str) -> Decide:
    """Read what somebody prefers. Raises Lacking with how it is typed."""
    name, _, value = words.strip().casefold().partition(" ")
    wish = value.strip()
    if name in ("digest", "early") and wish in ("on", "off"):
        return lambda now: decide.prefer(now, handle, {name: wish == "on"})
    if name == "starts":
        starts = None if wish == "usual" else _time(wish)
        return lambda now: decide.prefer(now, handle, {"starts_at": starts})
    raise Lacking(what=f"{shown(words, 40)} is no preference.", cure=f"Type: {PREFER}.")


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        what = f"{shown(text, 30)} is no time of day."
        raise Lacking(what=what, cure="Write it like 10:00.") from None


def _first_day(parts: Sequence[str], on: date) -> tuple[date | None, Sequence[str]]:
    """Take the first of two days apart: "2020-07-20 - 2020-07-24", "20/7/2020 to 24/7/2020"."""
    for size in range(1, _MOST_DAY_WORDS + 1):
        if len(parts) > size + 1 and parts[size].casefold() in ("to", "until", "-", "–"):
            first, _ = _day(parts[:size], on)
            return first, parts[size + 1 :]
    return None, parts


def _day(parts: Sequence[str], on: date) -> tuple[date, Sequence[str]]:
    """Take a day from the front: "friday", "tomorrow", "2020-07-17", "17 July 2020"."""
    word = parts[0].casefold() if parts else ""
    names = [name.casefold() for name in WEEKDAYS]
    if word in names:
        return on + timedelta(days=(names.index(word) - on.weekday()) % 7 or 7), parts[1:]
    if word in ("today", "tomorrow"):
        return on + timedelta(days=word == "tomorrow"), parts[1:]
    for size in range(min(_MOST_DAY_WORDS, len(parts)), 0, -1):
        try:
            return read_day(" ".join(parts[:size])), parts[size:]
        except Lacking:
            continue
    raise Lacking(
        what=f"{shown(' '.join(parts[:_MOST_DAY_WORDS]), 30)} is not a day.",
        cure="Write it like 2020-07-17, 17 July 2020 or Friday.",
    )


def _cover(parts: Sequence[str], roster: Roster) -> tuple[str, Sequence[str]]:
    """Take the cover from the front. A word with an "@" that is nobody's is told as such."""
    if not parts:
        return "", parts
    try:
        return roster.officer(parts[0]).handle, parts[1:]
    except UnknownOfficer:
        if parts[0].startswith(("@", "<@")):
            raise
        return "", parts


def _add(parts: Sequence[str], roster: Roster, _on: date) -> Decide:
    del roster
    if len(parts) < 4:  # noqa: PLR2004  # handle, team, roles and a name
        raise Lacking(what="Somebody is added in one line.", cure=f"Type: {PEOPLE[1]}.")
    handle, team, roles, *rest = parts
    given = {"team": team, "roles": roles}
    if _is_slack_id(rest[0]) and rest[1:]:
        given["slack"], *rest = (rest[0].removeprefix("<@").split("|")[0].rstrip(">"), *rest[1:])
    given["name"] = " ".join(rest)
    return lambda now: decide.add(now, handle, given)


def _is_slack_id(word: str) -> bool:
    bare = word.removeprefix("<@").split("|")[0].rstrip(">")
    return bare[:1] in ("U", "W") and len(bare) > 2 and bare.isupper() and bare.isalnum()  # noqa: PLR2004  # a letter and more


def _change(parts: Sequence[str], _roster: Roster, _on: date) -> Decide:
    if len(parts) < 3 or parts[1] not in FIELDS:  # noqa: PLR2004  # who, what, and the value
        raise Lacking(what="Say who, what and the new value.", cure=f"Type: {PEOPLE[2]}.")
    handle, name, *value = parts
    return lambda now: decide.change(now, handle, {name: " ".join(value)})


def _leave(parts: Sequence[str], _roster: Roster, _on: date) -> Decide:
    handle, reason = _who(parts, PEOPLE[3]), " ".join(parts[1:])
    return lambda now: decide.leave(now, handle, reason=reason)


def _absent(parts: Sequence[str], roster: Roster, on: date) -> Decide:
    return absent(_who(parts, PEOPLE[4]), " ".join(parts[1:]), roster, on=on)


def _present(parts: Sequence[str], _roster: Roster, _on: date) -> Decide:
    handle = _who(parts, PEOPLE[5])
    return lambda now: decide.come_back(now, handle)


def _name(parts: Sequence[str], _roster: Roster, _on: date) -> Decide:
    if len(parts) < 3 or parts[1] not in set(Post):  # noqa: PLR2004  # who, as what, of which team
        raise Lacking(what="Say who, as what and of which team.", cure=f"Type: {PEOPLE[6]}.")
    handle, post, *team = parts
    return lambda now: decide.name_as(now, handle, Post(post), " ".join(team))


def _who(parts: Sequence[str], form: str) -> str:
    if not parts:
        raise Lacking(what="Say who.", cure=f"Type: {form}.")
    return parts[0]


_READERS: dict[str, Callable[[Sequence[str], Roster, date], Decide]] = {
    "add": _add,
    "change": _change,
    "leave": _leave,
    "absent": _absent,
    "present": _present,
    "name": _name,
}
