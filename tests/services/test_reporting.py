"""Both sets of figures agree with a count that knows nothing of atoms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

import pytest
from holidays import country_holidays

from tests.casework.examples import DAYS, PARTICULARS, day, moment
from tests.services.desk import Desk
from tests.services.offices_in_memory import MemoryOffice
from workflow.casework.events import Event
from workflow.casework.request import InformationRequest
from workflow.casework.stages import Act
from workflow.law.regime import Regime
from workflow.reports.atoms import Atom, Ending, Standing, atom
from workflow.reports.figures import CABINET_SET, CODE_SET, SPLITS, counted, counts
from workflow.reports.period import Period, quarter, year_of
from workflow.services import reporting
from workflow.services.simulated_people import Plan

NATIONS = ("ENG", "WLS", "SCT", "NIR")
BANK_HOLIDAYS = {
    on
    for nation in NATIONS
    for on in country_holidays("GB", subdiv=nation, years=range(2024, 2028))
}


@cache
def simulated(requests_per_year: int) -> MemoryOffice:
    return MemoryOffice(Plan(requests_per_year, 1, 20, date(2025, 1, 1)))


def atoms_of(office: MemoryOffice, on: date) -> list[Atom]:
    made = (
        atom(request, office.happened[reference], days=DAYS, on=on)
        for reference, request in office.requests.items()
    )
    return [one for one in made if one is not None]


def walked(start: date, number: int, left_out: Sequence[tuple[date, date]] = ()) -> date:
    """Walk day by day to the last of so many working days after a day, some spans left out."""
    on = start
    while number:
        on += timedelta(days=1)
        if on.weekday() < 5 and on not in BANK_HOLIDAYS:
            number -= not any(first <= on <= last for first, last in left_out)
    return on


def independent(
    office: MemoryOffice, requests: Mapping[str, InformationRequest], as_at: date
) -> Counter[str]:
    """Count from the history alone: which acts were done, and on which days."""
    found: Counter[str] = Counter()
    for reference, request in requests.items():
        done = {one.act: one for one in office.happened[reference] if one.on <= as_at}
        if request.regime is not Regime.SAR:
            found.update(kinds(request.received_on, {act: one.on for act, one in done.items()}))
            found.update(outcomes(done))
    return found


def kinds(received: date, on: Mapping[Act, date]) -> Iterator[str]:
    zero = on.get(Act.RECORD_CLARIFICATION, received)
    fee = on.get(Act.GIVE_FEES_NOTICE), on.get(Act.RECORD_FEE)
    span = [(fee[0], fee[1])] if fee[0] and fee[1] and fee[0] <= walked(zero, 20) else []
    first, last = walked(zero, 20, span), walked(zero, 20 + 20 * (Act.EXTEND in on), span)
    yield "received"
    if issued := on.get(Act.ISSUE):
        yield "met" if issued <= first else "extended" if issued <= last else "late"
        yield "reviewed" if Act.REQUEST_REVIEW in on else "not reviewed"
    for act, ending in ENDINGS.items():
        if act in on:
            yield ending


ENDINGS = {Act.LAPSE: "lapsed", Act.WITHDRAW: "withdrawn", Act.TRANSFER: "transferred"}


def outcomes(done: Mapping[Act, Event]) -> Iterator[str]:
    if Act.ISSUE in done:
        yield "answered"
        yield done[Act.DECIDE].particulars["outcome"]
    elif not done.keys() & ENDINGS.keys():
        yield "open"


def in_both_sets(found: Counter[str]) -> dict[str, int]:
    """Give the independent count under the names of the figures."""
    procedural = found["s.12"] + found["s.14"]
    substantive = found["disclose"] + found["part"] + found["refuse"]
    plain = ("received", "met", "extended", "late", "answered", "open", "reviewed", "part")
    return {
        **{key: found[key] for key in (*plain, "lapsed", "withdrawn", "transferred")},
        "granted": found["disclose"],
        "refused": found["refuse"],
        "not_held": found["not held"],
        "refused_all": found["refuse"] + procedural + found["not held"],
        "procedural": procedural,
        "substantive": substantive,
        "resolvable": substantive + procedural,
        "in_time": found["met"] + found["extended"],
        "elsewhere": found["withdrawn"] + found["transferred"],
        "unanswered": found["withdrawn"] + found["transferred"] + found["lapsed"],
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "as_at", ["Wed 2025-12-31", "Tue 2025-09-30", "Sat 2025-06-14"], ids=lambda on: on[4:]
)
def test_both_sets_from_five_thousand_requests_agree_with_an_independent_count(as_at: str) -> None:
    office, on = simulated(5000), day(as_at)
    by_then = {key: one for key, one in office.requests.items() if one.received_on <= on}

    made = counts(counted(atoms_of(office, on)))

    expected = in_both_sets(independent(office, by_then, on))
    assert {key: made[key] for key in expected} == expected
    assert len(by_then) > 2000
    told = {line.key for line in (*CODE_SET, *CABINET_SET)}
    assert told - expected.keys() == {
        *("open_extended", "stopped", "open_plain", "s12", "s14"),
        *("open_in_time", "open_late", "on_hold"),
    }


@pytest.mark.slow
def test_every_part_of_a_figure_is_in_it_and_in_no_other_part() -> None:
    made = counts(counted(atoms_of(simulated(5000), day("Tue 2025-09-30"))))

    assert [one for one in SPLITS if made[one.whole] != sum(made[part] for part in one.parts)] == []
    assert all(made[key] > 0 for key in made if key != "s14"), made


@pytest.mark.slow
def test_the_quarters_of_a_year_add_up_to_it() -> None:
    atoms = counted(atoms_of(simulated(5000), day("Wed 2025-12-31")))
    quarters = [quarter(f"2025-Q{number}") for number in (1, 2, 3, 4)]

    parts = [counts(one for one in atoms if one.received_on in period) for period in quarters]

    whole = counts(atoms)
    assert whole == {key: sum(part[key] for part in parts) for key in whole}


def test_the_office_reports_on_what_it_keeps(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    sqlite_desk.do(Act.LOG_SEARCH, "amira")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira", **PARTICULARS[Act.RETURN_SEARCHES])
    sqlite_desk.considered_in_part()
    sqlite_desk.do(Act.DECIDE, "dana", outcome="part", reason="less one paragraph")
    sqlite_desk.do(Act.APPROVE, "grace")
    sqlite_desk.at = moment("Thu 2020-08-13 10:00")
    sqlite_desk.do(Act.ISSUE, "dana")

    (made,) = reporting.atoms(sqlite_desk.office, year_of(2020), as_at=day("Thu 2020-08-13"))

    assert (made.ending, made.taken, made.team) == (Ending.PART, 21, "control-room")
    assert made.delay is not None
    assert made.delay.by == 1


def test_what_happened_after_the_monitoring_day_is_not_told(sqlite_desk: Desk) -> None:
    sqlite_desk.log()
    sqlite_desk.at = moment("Thu 2020-07-16 10:00")
    sqlite_desk.do(Act.WITHDRAW, "dana", reason="no longer needed")

    before, after = (
        reporting.atoms(sqlite_desk.office, year_of(2020), as_at=day(on))[0].standing
        for on in ("Wed 2020-07-15", "Thu 2020-07-16")
    )

    assert (before, after) == (Standing.OPEN_IN_TIME, Standing.CLOSED)


def test_only_what_was_received_in_the_period_is_reported(sqlite_desk: Desk) -> None:
    sqlite_desk.log()
    before, on, after = (
        reporting.atoms(sqlite_desk.office, Period(first, first), as_at=day("Fri 2020-07-31"))
        for first in map(day, ("Mon 2020-07-13", "Tue 2020-07-14", "Wed 2020-07-15"))
    )

    assert [len(one) for one in (before, on, after)] == [0, 1, 0]


def test_requests_of_other_regimes_are_left_out_and_said_to_be(sqlite_desk: Desk) -> None:
    sqlite_desk.log("SAR-1", regime=Regime.SAR)
    sqlite_desk.log("FOI-1")

    report = reporting.report(sqlite_desk.office, year_of(2020))

    assert (len(report.atoms), report.left_out) == (1, {"sar": 1})
