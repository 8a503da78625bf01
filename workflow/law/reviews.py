"""The clocks after an answer: asking for a review, replying to it, and going to the Commissioner.

Under FOIA these are the Code's and the ICO's, not the Act's; under the EIR and FOISA they are law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import corresponding_date, long_date
from workflow.law.regime import TIME_LIMITS, Regime
from workflow.law.special_limits import Limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflow.law.reading import Reading
    from workflow.law.working_days import WorkingDays


class NoSuchDate(ValueError):
    """The regime knows no such date, or not for this request as it stands."""


class Reviews(NamedTuple):
    """The review rules of a regime, in working days, with the sources of each.

    The reply may be put off to `furthest`, where that is more than `reply`. The window of FOISA
    begins only when the time for an answer has expired, however early the answer came. Where
    `from_silence`, it begins at that expiry when no answer came at all.
    """

    window: int
    opens_at_expiry: bool
    from_silence: bool
    reply: int
    furthest: int
    asking: str
    replying: str


class Complaint(NamedTuple):
    """How long an applicant has to go to the Commissioner: weeks, or else months."""

    weeks: int
    months: int
    authority: str


CODE = "chapter 5 of the s.45 Code 2018"  # good practice, and what the ICO expects

# fmt: off
REVIEWS: Mapping[Regime, Reviews] = {
    Regime.FOIA:  Reviews(40, False, False, 20, 40, CODE,             CODE),
    Regime.EIR:   Reviews(40, False, True,  40, 40, "reg. 11(2) EIR", "reg. 11(4) EIR"),
    Regime.FOISA: Reviews(40, True,  True,  20, 20, "s.20(5) FOISA",  "s.21(1) FOISA"),
}

# Older pages of the ICO still say two or three months.
COMPLAINTS: Mapping[Regime, Complaint] = {
    Regime.FOIA:  Complaint(6, 0, "s.50 FOIA and the ICO's six weeks"),
    Regime.EIR:   Complaint(6, 0, "reg. 18 EIR and the ICO's six weeks"),
    Regime.FOISA: Complaint(0, 6, "s.47(4) FOISA"),
}
# fmt: on

KEEPERS_REPLY = 30  # s.21(2) FOISA, where another authority has to decide for the Keeper
TRIBUNAL_DAYS = 28  # rule 22 of the First-tier Tribunal's rules, from the day the notice was sent
LONGEST_EXTENSION = 250  # working days; a longer one is a slip of the pen
ICO_ASKS = 20  # working days that the ICO's letters usually give an authority to answer
ICO_SILENCE = 40  # working days of silence on a review after which the ICO takes a complaint


@dataclass(frozen=True, slots=True)
class ReviewRequested:
    """The applicant asked for a review: representations, a requirement for review."""

    on: date


@dataclass(frozen=True, slots=True)
class ReviewExtended:
    """The authority told the applicant that the review needs longer."""

    on: date
    further_working_days: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewDecided:
    """The authority told the applicant what the review came to."""

    on: date


ReviewEvent = ReviewRequested | ReviewExtended | ReviewDecided


ASK_BY = "Last day to ask for a review"
REPLY_BY = "Last day to reply to the review"
COMPLAIN_BY = "Last day to go to the Commissioner"


class Line(NamedTuple):
    """One date of these clocks, what it is, and how it was reached."""

    on: date
    what: str
    how: str
    authority: str
    note: str = ""


def request_review_by(reading: Reading, *, days: WorkingDays) -> Line:
    """Give the last day on which the applicant may ask for a review.

    `reading` is of the request itself. Where no answer came, the window of the EIR and FOISA runs
    from the last day for one. Raises NoSuchDate when the regime has no review, or when there is
    nothing to review yet.
    """
    rules = _rules(reading.regime)
    begins, why = _window_begins(reading, rules)
    told = f"{rules.window} working days after {long_date(begins)}, {why}"
    return Line(days.nth_after(begins, rules.window), ASK_BY, told, rules.asking)


def review_reply_by(
    reading: Reading,
    requested: ReviewRequested,
    extensions: tuple[ReviewExtended, ...] = (),
    *,
    days: WorkingDays,
    limit: Limit = Limit.STANDARD,
) -> Line:
    """Give the last day for the authority's reply to a review.

    An extension reaches no further than the regime allows, and nowhere under the EIR and FOISA.
    Raises NoSuchDate when the regime has no review, when it was asked for before there was
    anything to review, and for an extension of an absurd length.
    """
    rules = _rules(reading.regime)
    _refuse_too_early(reading, requested)
    archive = reading.regime is Regime.FOISA and limit is Limit.ARCHIVE
    reply = KEEPERS_REPLY if archive else rules.reply
    furthest = max(reply, rules.furthest)
    number, note = reply, ""
    for extension in extensions:
        wanted = number + _length(extension, furthest - reply)
        number = min(wanted, furthest)
        note = "" if wanted == number else f"no more than {furthest} working days in all"
    told = f"{number} working days after {long_date(requested.on)}, when the review was asked for"
    return Line(days.nth_after(requested.on, number), REPLY_BY, told, rules.replying, note)


def complain_by(regime: Regime, begins: date) -> Line:
    """Give the last day on which the applicant may go to the Commissioner.

    `begins` is when the authority last answered: the review's outcome, where there was a review.
    Where it stays unanswered, it is the last day for that outcome (s.47(4)(b) FOISA); the ICO then
    takes a complaint too. Raises NoSuchDate for subject access, where no law sets such a day.
    """
    if regime not in COMPLAINTS:
        raise NoSuchDate(f"{TIME_LIMITS[regime].title} sets no last day for going to the ICO.")
    rule = COMPLAINTS[regime]
    if rule.months:
        told = f"{rule.months} months after {long_date(begins)}"
        return Line(corresponding_date(begins, rule.months), COMPLAIN_BY, told, rule.authority)
    told = f"{rule.weeks} weeks after {long_date(begins)}"
    return Line(begins + timedelta(weeks=rule.weeks), COMPLAIN_BY, told, rule.authority)


def complain_of_silence_from(requested: ReviewRequested, *, days: WorkingDays) -> date:
    """Give the first day on which the ICO takes a complaint about a review nobody answered."""
    return days.nth_after(requested.on, ICO_SILENCE) + timedelta(days=1)


def answer_the_commissioner_by(
    asked: date, *, days: WorkingDays, working_days: int = ICO_ASKS
) -> date:
    """Give the last day to answer the Commissioner's questions about a complaint.

    The letter says how long; its usual twenty working days are a practice, and no rule of law.
    """
    return days.nth_after(asked, working_days)


def appeal_by(notice_sent: date) -> date:
    """Give the last day to appeal against a decision notice to the First-tier Tribunal."""
    return notice_sent + timedelta(days=TRIBUNAL_DAYS)


def _rules(regime: Regime) -> Reviews:
    if regime not in REVIEWS:
        raise NoSuchDate(f"{TIME_LIMITS[regime].title} knows no internal review.")
    return REVIEWS[regime]


def _window_begins(reading: Reading, rules: Reviews) -> tuple[date, str]:
    """Give the day after which the window runs: the answer's, or that on which time ran out."""
    answered, due = reading.stopped_on, reading.due
    if due is not None and _runs_from_expiry(answered, due, rules):
        return due, "the last day for an answer"
    if answered is None:
        raise NoSuchDate("There is no answer to review yet, so the window has not begun.")
    return answered, "the day of the answer"


def _runs_from_expiry(answered: date | None, due: date, rules: Reviews) -> bool:
    if answered is None:
        return rules.from_silence
    return rules.opens_at_expiry and answered <= due


def _refuse_too_early(reading: Reading, requested: ReviewRequested) -> None:
    """Refuse a review of what has not happened: neither an answer, nor the failure to give one."""
    answered = reading.stopped_on is not None and reading.stopped_on <= requested.on
    overdue = reading.due is not None and reading.due < requested.on
    if not answered and not overdue:
        raise NoSuchDate(
            f"A review was asked for on {long_date(requested.on)}, before the request was "
            "answered or overdue: correct the date, or record the answer first."
        )


def _length(extension: ReviewExtended, usual: int) -> int:
    length = usual if extension.further_working_days is None else extension.further_working_days
    if not 0 <= length <= LONGEST_EXTENSION:
        raise NoSuchDate(
            f"The extension of the review on {long_date(extension.on)} needs its length: give the "
            f"further working days, up to {LONGEST_EXTENSION}."
        )
    return length
