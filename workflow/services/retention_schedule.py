"""How long an authority keeps what people wrote: config/retention.toml, and the day it comes to."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.decide.consideration import OUTCOMES
from workflow.casework.stages import Act
from workflow.law.dates import corresponding_date
from workflow.practice import PracticeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest

FILE = "retention.toml"
ENDINGS = (*OUTCOMES, "transferred", "withdrawn", "lapsed")
AFTERWARDS = ("review", "complaint")
# Months: for forty working days a review may be asked for, and then a complaint made (the Code,
# chapter 5; s.50). To erase before that would be to block them (s.77). And a century.
SHORTEST, LONGEST = 4, 1200
_COMPLAINTS = (
    *(Act.RECORD_COMPLAINT, Act.RECORD_ICO_QUESTIONS, Act.ANSWER_ICO, Act.RECORD_ICO_DECISION),
    *(Act.RECORD_STEPS, Act.RECORD_APPEAL, Act.RECORD_TRIBUNAL),
)
_UNDECIDED = (Act.RECORD_COMPLAINT, Act.RECORD_ICO_QUESTIONS, Act.ANSWER_ICO)


class Schedule(NamedTuple):
    """Months after closing by how a request ended, and where a review or a complaint followed.

    `keeps_subjects` leaves the subject line, for the disclosure log.
    """

    months: Mapping[str, int]
    review: int
    complaint: int
    keeps_subjects: bool


class Period(NamedTuple):
    """From when and until when a request's words are kept, and by which rule."""

    since: date
    until: date
    rule: str


def read_schedule(folder: Path) -> Schedule:
    """Read retention.toml. Raises PracticeError for an ending that is missing or none."""
    path = folder / FILE
    data = _read(path)
    months = {name: _months(path, name, value) for name, value in _table(path, data).items()}
    known = (*ENDINGS, *AFTERWARDS)
    for name in months:
        if name not in known:
            raise PracticeError(
                path, f"months, {name}", f"a request cannot end so; one ends: {', '.join(known)}."
            )
    for name in known:
        if name not in months:
            raise PracticeError(path, f"months, {name}", "it is missing. Say how many months.")
    subjects = data.get("subjects")
    if subjects not in ("keep", "erase"):
        raise PracticeError(path, "subjects", "say “keep” or “erase”.")
    return Schedule(
        months={name: months[name] for name in ENDINGS},
        review=months["review"],
        complaint=months["complaint"],
        keeps_subjects=subjects == "keep",
    )


def period(request: InformationRequest, happened: Sequence[Event], schedule: Schedule) -> Period:
    """Say until when the words of a closed request are kept: the longest rule that fits.

    It counts from the closing, or from the latest news of a complaint after it. A request that
    ended in no way the schedule knows is kept as long as the longest.
    """
    ending = request.closed_as or ""
    rules = {ending or "closed": schedule.months.get(ending, max(schedule.months.values()))}
    if request.review_clock:
        rules["review"] = schedule.review
    complained = [event.on for event in happened if event.act in _COMPLAINTS]
    if complained:
        rules["complaint"] = schedule.complaint
    since = max([request.since, *complained])
    name, months = max(rules.items(), key=lambda rule: rule[1])
    return Period(since, corresponding_date(since, months), f"{name}: {months} months")


def awaits_commissioner(request: InformationRequest, happened: Sequence[Event]) -> bool:
    """Say whether a complaint is not settled yet: decided, its steps taken, no appeal pending.

    The history tells it too, for a complaint that was recorded before complaints had days.
    """
    news = [event.act for event in happened if event.act in _COMPLAINTS]
    undecided = bool(news) and news[-1] in _UNDECIDED
    return undecided or any(one.is_unsettled for one in request.complaints)


def _months(path: Path, name: str, value: object) -> int:
    if type(value) is not int or not SHORTEST <= value <= LONGEST:
        raise PracticeError(
            path,
            f"months, {name}",
            f"{value} must be a whole number of months, {SHORTEST} to {LONGEST}: sooner than that "
            "a review or a complaint may still come.",
        )
    return value


def _table(path: Path, data: Mapping[str, object]) -> Mapping[str, object]:
    found = data.get("months")
    if not isinstance(found, dict):
        raise PracticeError(path, "[months]", "this table is missing. Add it.")
    return found


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PracticeError(
            path, "the file", f"it is not in {path.parent}. Set FOI_CONFIG_DIR to its folder."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PracticeError(path, "the file", f"it is not valid TOML: {error}.") from None
