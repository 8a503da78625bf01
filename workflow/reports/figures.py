# ruff: noqa: E501  # the table is read across, one figure a line
"""Every figure with its definition and its source, in one table; and how the figures add up.

The Code under s.45 asks authorities with more than 100 staff to publish theirs (8.5-8.6); the
Cabinet Office collects its own every quarter from the bodies it monitors. The two differ: the
Code's "refused in full" may hold requests for what is not held, the Cabinet Office's never does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.law.regime import Regime
from workflow.reports.atoms import Ending, Standing, Timeliness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from workflow.reports.atoms import Atom

CODE = "s.45 Code of Practice 2018, 8.5"
REVIEWED = "s.45 Code of Practice 2018, 8.6"
CABINET_OFFICE = "Cabinet Office, FOI statistics"
HOUSE = "FOI Desk"

# Both sets are about these. Subject access and FOISA have figures of their own, elsewhere.
COUNTED = (Regime.FOIA, Regime.EIR)


class Figure(NamedTuple):
    """A number of requests: how it is called, which atoms it counts, what it means, who says so."""

    key: str
    label: str
    counts: Callable[[Atom], bool]
    definition: str
    source: str


class Rate(NamedTuple):
    """A share of requests, as one figure in another."""

    key: str
    label: str
    part: str
    whole: str
    definition: str
    source: str


class Line(NamedTuple):
    """A line of a set: which figure, how far it is set in, and its label where it differs."""

    key: str
    level: int = 0
    label: str = ""


class Split(NamedTuple):
    """A figure that is the sum of others: every request of the whole is in exactly one part."""

    whole: str
    parts: tuple[str, ...]


def _ended(*endings: Ending) -> Callable[[Atom], bool]:
    return lambda atom: atom.ending in endings


def _kept(*kinds: Timeliness) -> Callable[[Atom], bool]:
    return lambda atom: atom.timeliness in kinds


def _stands(*standings: Standing) -> Callable[[Atom], bool]:
    return lambda atom: atom.standing in standings


E, T, S = Ending, Timeliness, Standing
_PROCEDURAL = (E.S12, E.S14)
_SUBSTANTIVE = (E.DISCLOSE, E.PART, E.REFUSE)

# fmt: off
_ALL: tuple[Figure, ...] = (
    #      key              label                                 counts
    Figure("received",      "Requests received",                  lambda _: True,
           "Requests under FOIA and the EIR with a date of receipt in the period. A part split off for clarification is a request of its own.", CODE),
    Figure("open",          "Not yet processed",                  lambda a: a.is_open,
           "No answer was given and none of the other endings had come by the monitoring day.", CODE),
    Figure("open_extended", "with the deadline extended",         lambda a: a.is_open and a.extended and a.standing is not S.WAITING,
           "Open, and extended by a notice to the applicant (s.10(3) FOIA, reg. 7 EIR).", CODE),
    Figure("stopped",       "with the clock stopped",             _stands(S.WAITING),
           "Open, and waiting for the applicant's clarification (s.1(3)) or a fee (s.10(2)).", CODE),
    Figure("open_plain",    "neither",                            lambda a: a.is_open and not a.extended and a.standing is not S.WAITING,
           "Open, running, not extended.", CODE),
    Figure("answered",      "Processed in full",                  lambda a: a.is_answered,
           "An answer was issued by the monitoring day.", CODE),
    Figure("met",           "within 20 working days",             _kept(T.MET),
           "Answered by the last day without an extension (s.10(1), reg. 5(2)); counted anew from clarification, less days of a fees notice.", CODE),
    Figure("extended",      "within a permitted extension",       _kept(T.EXTENDED),
           "Answered after that day and by the last day of an extension (s.10(3) FOIA, reg. 7 EIR).", CODE),
    Figure("late",          "later than the deadline",            _kept(T.LATE),
           "Answered after the last day, extended or not.", CODE),
    Figure("granted",       "Granted in full",                    _ended(E.DISCLOSE),
           "All the information asked for was given.", CODE),
    Figure("part",          "Granted in part, refused in part",   _ended(E.PART),
           "Some of it was withheld under an exemption or exception.", CODE),
    Figure("refused_all",   "Refused in full",                    _ended(E.REFUSE, *_PROCEDURAL, E.NOT_HELD),
           "None was given. The Code lets this hold what is not held, told apart below.", CODE),
    Figure("refused",       "under exemptions",                   _ended(E.REFUSE),
           "All of it was withheld under Part II or the EIR's exceptions.", CODE),
    Figure("s12",           "for cost (s.12)",                    _ended(E.S12),
           "The appropriate limit would be exceeded.", CODE),
    Figure("s14",           "vexatious or repeated (s.14)",       _ended(E.S14),
           "s.14(1) or s.14(2).", CODE),
    Figure("not_held",      "not held",                           _ended(E.NOT_HELD),
           "The authority holds none of it (s.1(1)(a)): no refusal, though the Code counts it here.", CODE),
    Figure("unanswered",    "Ended without an answer",            _ended(E.WITHDRAWN, E.LAPSED, E.TRANSFERRED),
           "Withdrawn, lapsed or transferred: the Code has no line for these.", HOUSE),
    Figure("withdrawn",     "withdrawn by the applicant",         _ended(E.WITHDRAWN), "The applicant withdrew it.", HOUSE),
    Figure("lapsed",        "lapsed",                             _ended(E.LAPSED),
           "No clarification or fee came in time (s.1(3), s.9(2)).", HOUSE),
    Figure("transferred",   "transferred",                        _ended(E.TRANSFERRED), "Another authority holds the information.", HOUSE),
    Figure("reviewed",      "Referred for internal review",       lambda a: a.review is not None,
           "The applicant asked for an internal review by the monitoring day. The Code asks for it once a year.", REVIEWED),
    Figure("in_time",       "Answered in time",                   _kept(T.MET, T.EXTENDED),
           "Deadline met, or within a permitted extension.", CABINET_OFFICE),
    Figure("open_in_time",  "still open, in time",                _stands(S.OPEN_IN_TIME), "The last day had not passed.", CABINET_OFFICE),
    Figure("open_late",     "still open, late",                   _stands(S.OPEN_LATE), "The last day had passed without an answer.", CABINET_OFFICE),
    Figure("on_hold",       "on hold or lapsed",                  lambda a: a.standing is S.WAITING or a.ending is E.LAPSED,
           "Awaiting clarification or a fee, or closed because neither came.", CABINET_OFFICE),
    Figure("elsewhere",     "withdrawn or transferred",           _ended(E.WITHDRAWN, E.TRANSFERRED), "No answer was due from this authority.", CABINET_OFFICE),
    Figure("resolvable",    "Resolvable",                         _ended(*_SUBSTANTIVE, *_PROCEDURAL),
           "A decision on release was possible: not where nothing was held, nor lapsed, withdrawn or transferred.", CABINET_OFFICE),
    Figure("procedural",    "refused on procedure (s.12, s.14)",  _ended(*_PROCEDURAL), "For cost, or as vexatious or repeated.", CABINET_OFFICE),
    Figure("substantive",   "Resolvable, less refusals on procedure", _ended(*_SUBSTANTIVE), "Granted, part withheld, fully withheld.", CABINET_OFFICE),
)

CODE_SET = (
    Line("received"),
    Line("open"), Line("open_extended", 1), Line("stopped", 1), Line("open_plain", 1),
    Line("answered"), Line("met", 1), Line("extended", 1), Line("late", 1),
    Line("granted"), Line("part"), Line("refused_all"),
    Line("refused", 1), Line("s12", 1), Line("s14", 1), Line("not_held", 1),
    Line("unanswered"), Line("withdrawn", 1), Line("lapsed", 1), Line("transferred", 1),
    Line("reviewed"),
)
CABINET_SET = (
    Line("received"),
    Line("met", 1), Line("extended", 1), Line("late", 1), Line("open_in_time", 1),
    Line("open_late", 1), Line("on_hold", 1), Line("elsewhere", 1),
    Line("answered"), Line("in_time", 1, "answered in time"), Line("late", 1, "answered late"),
    Line("resolvable"), Line("granted", 1, "granted in full"), Line("part", 1, "partially withheld"),
    Line("refused", 1, "fully withheld"), Line("procedural", 1),
    Line("substantive"), Line("not_held", 0, "Information not held"),
)
RATES = (
    Rate("in_time_rate", "Answered in time", "in_time", "answered",
         "Met and extended, of all processed. What is on hold, lapsed or still open is left out.", CABINET_OFFICE),
    Rate("met_rate", "Answered without needing an extension", "met", "answered",
         "Within 20 working days, of all processed: permitted extensions apart.", HOUSE),
    Rate("granted_rate", "Resolvable requests granted in full", "granted", "resolvable", "Table 6a.", CABINET_OFFICE),
    Rate("granted_substantive_rate", "Granted in full, refusals on procedure left out", "granted", "substantive", "Table 6b.", CABINET_OFFICE),
)
SPLITS = (
    Split("received", ("open", "answered", "unanswered")),
    Split("received", ("met", "extended", "late", "open_in_time", "open_late", "on_hold", "elsewhere")),
    Split("open", ("open_extended", "stopped", "open_plain")),
    Split("open", ("open_in_time", "open_late", "stopped")),
    Split("answered", ("met", "extended", "late")),
    Split("answered", ("in_time", "late")),
    Split("in_time", ("met", "extended")),
    Split("answered", ("granted", "part", "refused_all")),
    Split("answered", ("resolvable", "not_held")),
    Split("refused_all", ("refused", "procedural", "not_held")),
    Split("resolvable", ("substantive", "procedural")),
    Split("substantive", ("granted", "part", "refused")),
    Split("procedural", ("s12", "s14")),
    Split("unanswered", ("withdrawn", "lapsed", "transferred")),
    Split("unanswered", ("lapsed", "elsewhere")),
    Split("elsewhere", ("withdrawn", "transferred")),
    Split("on_hold", ("stopped", "lapsed")),
)
# The columns of the tables by team and by month, and how they add up within a row.
COLUMNS = ("received", "answered", "in_time", "late", "open", "unanswered")
COLUMN_SPLITS = (
    Split("received", ("answered", "open", "unanswered")),
    Split("answered", ("in_time", "late")),
)
# fmt: on

FIGURES: Mapping[str, Figure] = {figure.key: figure for figure in _ALL}


def counted(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """Give the atoms that both sets are about."""
    return tuple(atom for atom in atoms if atom.regime in COUNTED)


def counts(atoms: Iterable[Atom], keys: Iterable[str] = FIGURES) -> dict[str, int]:
    """Count each figure over some atoms."""
    kept = tuple(atoms)
    return {key: sum(map(FIGURES[key].counts, kept)) for key in keys}
