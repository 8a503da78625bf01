"""The calendars: equal to gov.uk, corrected where the library is wrong, and never silently old."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.law.written import FIRST_YEAR, LAST_YEAR, NATIONS, bank_holidays, calendar, day
from workflow.bank_holidays import CalendarFileError, Calendars, load
from workflow.law.regime import Regime
from workflow.law.working_days import BankHoliday, CalendarTooShort
from workflow.proclamations import NATIONS as KNOWN_NATIONS
from workflow.proclamations import USUAL_YEARS, read_proclamations

CALENDARS = load()
EVERYWHERE = ("England", "Wales", "Scotland", "Northern Ireland")


def named(on: str, calendars: Calendars = CALENDARS) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, nations) for day_of, name, nations in calendars.holidays if day_of == day(on)]


# --- equal to gov.uk ---


@pytest.mark.parametrize("nation", NATIONS)
def test_each_nations_bank_holidays_are_those_of_gov_uk(nation: str) -> None:
    ours = {
        holiday.on
        for holiday in CALENDARS.holidays
        if nation in holiday.nations
        and FIRST_YEAR <= holiday.on.year <= LAST_YEAR
        and holiday.on.weekday() < 5
    }

    assert ours == {holiday.on for holiday in bank_holidays() if nation in holiday.nations}


def test_every_day_of_the_kingdoms_calendar_is_a_working_day_there_or_not() -> None:
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    for ours, typed in (
        (CALENDARS.uk, calendar()),
        (CALENDARS.scotland, calendar("Scotland")),
        (CALENDARS.of(Regime.SAR, "Northern Ireland"), calendar("Northern Ireland")),
    ):
        assert [d in ours for d in every] == [d in typed for d in every]


@pytest.mark.parametrize(
    ("on", "name", "nations"),
    [
        ("Mon 2020-08-03", "Summer bank holiday", ("Scotland",)),
        ("Mon 2020-08-31", "Summer bank holiday", ("England", "Wales", "Northern Ireland")),
        ("Mon 2020-07-13", "Battle of the Boyne (Orangemen's Day) (substitute day)", NATIONS[3:]),
        ("Tue 2026-03-17", "St Patrick's Day", ("Northern Ireland",)),
        ("Mon 2026-11-30", "St Andrew's Day", ("Scotland",)),
        ("Mon 2024-12-02", "St Andrew's Day (substitute day)", ("Scotland",)),
        ("Fri 2020-05-08", "Early May bank holiday", EVERYWHERE),
        ("Tue 2022-01-04", "2nd January (substitute day)", ("Scotland",)),
        ("Fri 2026-12-25", "Christmas Day", EVERYWHERE),
        ("Mon 2026-12-28", "Boxing Day (substitute day)", EVERYWHERE),
        ("Mon 2026-05-25", "Spring bank holiday", EVERYWHERE),
        ("Mon 2026-04-06", "Easter Monday", ("England", "Wales", "Northern Ireland")),
    ],
)
def test_holidays_have_their_everyday_names_and_nations(
    on: str, name: str, nations: tuple[str, ...]
) -> None:
    assert named(on) == [(name, nations)]


def test_the_library_is_corrected_where_it_runs_ahead_of_the_law() -> None:
    """The St Andrew's Day Bank Holiday (Scotland) Act is of January 2007."""
    assert date(2006, 11, 30) in CALENDARS.uk
    assert date(2006, 11, 30) in CALENDARS.scotland
    assert date(2007, 11, 30) not in CALENDARS.uk


# --- which calendar is whose ---


def test_each_regime_counts_on_its_own_calendar() -> None:
    assert CALENDARS.of(Regime.FOIA) is CALENDARS.of(Regime.EIR) is CALENDARS.uk
    assert CALENDARS.of(Regime.FOISA) is CALENDARS.scotland
    assert CALENDARS.of(Regime.FOIA, "Scotland") is CALENDARS.uk
    for regime in (Regime.SAR, Regime.DPA_PART_3):
        assert date(2026, 8, 3) in CALENDARS.of(regime)
        assert date(2026, 8, 3) in CALENDARS.of(regime, "Wales")
        assert date(2026, 8, 3) not in CALENDARS.of(regime, "Scotland")
    assert CALENDARS.of(Regime.SAR, "Wales") is CALENDARS.of(Regime.SAR, "Wales")


def test_the_kingdom_begins_where_the_right_did_and_refuses_what_lies_outside() -> None:
    assert (CALENDARS.uk.first, CALENDARS.uk.last) == (date(2005, 1, 1), date(2036, 12, 31))
    with pytest.raises(CalendarTooShort):
        CALENDARS.uk.nth_after(date(1899, 2, 27), 20)
    with pytest.raises(CalendarTooShort):
        CALENDARS.uk.nth_after(date(2036, 12, 20), 20)


def test_the_data_does_not_run_out_within_a_year() -> None:
    """Look up gov.uk/bank-holidays, compare the new year with the table, and move both dates on."""
    today = date.today()  # noqa: DTZ011, TID251 (how old the data is depends on the day it is read)

    years, _ = read_proclamations(Path("config/bank_holidays.toml"))

    assert years.proclaimed_to >= today + timedelta(days=365), (
        f"Bank holidays are known only to {years.proclaimed_to}. Take the next year from "
        "gov.uk/bank-holidays, add its rows to tests/law/bank_holidays.csv, upgrade `holidays` or "
        "add what it lacks to config/bank_holidays.toml, and set `proclaimed_to` there."
    )
    assert years.last >= years.proclaimed_to.year + 3


# --- the version stamp ---


def test_the_version_names_the_library_and_the_table() -> None:
    assert CALENDARS.version == load().version == CALENDARS.uk.version == CALENDARS.scotland.version
    library, digest = CALENDARS.version.split(", table ")
    assert library.startswith("holidays 0.")
    assert len(digest) == 12


# --- the file of proclamations ---

GIVEN = 'source = "London Gazette"\nproclaimed = 2026-02-05\n'
ONE_DAY = f'[[add]]\non = 2026-09-14\nname = "A royal day"\nnations = ["Wales", "England"]\n{GIVEN}'


def written(tmp_path: Path, text: str) -> Calendars:
    (tmp_path / "bank_holidays.toml").write_text(text, encoding="utf-8")
    return load(tmp_path)


def test_a_proclaimed_holiday_is_added_to_its_nations(tmp_path: Path) -> None:
    changed = written(tmp_path, ONE_DAY)

    assert named("Mon 2026-09-14", changed) == [("A royal day", ("England", "Wales"))]
    assert date(2026, 9, 14) not in changed.uk
    assert date(2026, 9, 14) in changed.scotland
    assert changed.version != CALENDARS.version


def test_a_holiday_may_be_removed_from_some_nations(tmp_path: Path) -> None:
    changed = written(
        tmp_path,
        f'[[remove]]\non = 2026-05-25\nname = "Spring"\nnations = ["Wales"]\n{GIVEN}',
    )

    assert named("Mon 2026-05-25", changed) == [
        ("Spring bank holiday", ("England", "Scotland", "Northern Ireland"))
    ]
    assert date(2026, 5, 25) in changed.of(Regime.SAR, "Wales")
    assert date(2026, 5, 25) not in changed.uk


def test_a_holiday_may_be_moved(tmp_path: Path) -> None:
    nations = '["England", "Wales", "Scotland", "Northern Ireland"]'
    changed = written(
        tmp_path,
        f'[[move]]\non = 2027-05-03\nto = 2027-05-07\nname = "VE"\nnations = {nations}\n{GIVEN}',
    )

    assert named("Mon 2027-05-03", changed) == []
    assert named("Fri 2027-05-07", changed) == [("VE", EVERYWHERE)]


def test_adding_what_the_library_has_learnt_meanwhile_changes_no_working_day(
    tmp_path: Path,
) -> None:
    changed = written(
        tmp_path,
        '[[add]]\non = 2026-06-15\nname = "World Cup"\nnations = ["Scotland"]\n' + GIVEN,
    )

    assert changed.version == CALENDARS.version
    assert changed.uk.nth_after(date(2026, 6, 12), 1) == date(2026, 6, 16)


def test_the_same_day_may_have_two_names(tmp_path: Path) -> None:
    changed = written(
        tmp_path,
        ONE_DAY + '[[add]]\non = 2026-09-14\nname = "Our day"\nnations = ["Scotland"]\n' + GIVEN,
    )

    assert changed.uk.skipped(date(2026, 9, 11), date(2026, 9, 14)) == (
        BankHoliday(date(2026, 9, 14), "A royal day; Our day", ("England", "Wales", "Scotland")),
    )


def test_without_a_file_the_usual_years_are_known(tmp_path: Path) -> None:
    calendars = load(tmp_path)

    assert calendars.years == USUAL_YEARS
    assert calendars.version == CALENDARS.version
    assert (2005, 2036, date(2028, 12, 31)) == USUAL_YEARS


def test_the_years_are_the_authoritys_to_set(tmp_path: Path) -> None:
    calendars = written(
        tmp_path, "first_year = 2020\nlast_year = 2027\nproclaimed_to = 2026-12-31\n"
    )

    assert (calendars.uk.first, calendars.uk.last) == (date(2020, 1, 1), date(2027, 12, 31))
    assert calendars.uk.proclaimed_to == date(2026, 12, 31)
    assert calendars.version != CALENDARS.version


def test_the_houses_own_file_is_the_usual_one() -> None:
    years, proclamations = read_proclamations(Path("config/bank_holidays.toml"))

    assert (years, proclamations) == (USUAL_YEARS, ())
    assert KNOWN_NATIONS == NATIONS


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("first_year = \n", 1, "this is not TOML: "),
        ("a = 1\nb = [1,\n", 2, "this is not TOML: "),
        ('\ncolour = "red"\n', 2, "`colour` is not known here: use first_year, last_year, "),
        ("[added]\non = 1\n", 1, "`added` is not known here: use first_year, last_year, "),
        ("first_year = 1899\n", 1, "`first_year` must be a year from 2005 to 2100."),
        ("\n\nlast_year = 2101\n", 3, "`last_year` must be a year from 2005 to 2100."),
        ('last_year = "2036"\n', 1, "`last_year` must be a year from 2005 to 2100."),
        ("first_year = 2030\nlast_year = 2029\n", 2, "`last_year` is before `first_year`."),
        ("proclaimed_to = 2028\n", 1, "`proclaimed_to` must be a date, like 2028-12-31 without"),
        ("proclaimed_to = 2028-12-31T00:00:00\n", 1, "`proclaimed_to` must be a date, like"),
        ("\n[add]\non = 2026-09-14\n", 2, "write each entry under its own heading, [[add]]."),
        ("add = [1]\n", 1, "write each entry under its own heading, [[add]]."),
        (
            ONE_DAY + "colour = 1\n",
            1,
            "`colour` is not known here: use on, name, nations, ",
        ),
        (ONE_DAY.replace("2026-09-14", '"2026-09-14"'), 1, "the entry needs `on`, a date like"),
        (ONE_DAY.replace("2026-09-14", "2026-09-14T00:00:00"), 1, "the entry needs `on`, a date"),
        (
            ONE_DAY.replace("2026-09-14", "2026-09-12"),
            1,
            "Saturday 12 September 2026 is no working day anyway: give the substitute weekday.",
        ),
        (ONE_DAY.replace('"A royal day"', '" "'), 1, "the entry needs `name`, in words between"),
        (ONE_DAY.replace('"A royal day"', "7"), 1, "the entry needs `name`, in words between"),
        (ONE_DAY.replace('"London Gazette"', '""'), 1, "the entry needs `source`, in words"),
        (ONE_DAY.replace("proclaimed = 2026-02-05\n", ""), 1, "the entry needs `proclaimed`, a"),
        (ONE_DAY.replace('"Wales"', '"Cornwall"'), 1, "the entry needs `nations`, a list of some"),
        (ONE_DAY.replace('["Wales", "England"]', "[]"), 1, "the entry needs `nations`, a list of"),
        (ONE_DAY.replace('["Wales", "England"]', '"Wales"'), 1, "the entry needs `nations`, a "),
        (
            f"{ONE_DAY}\n[[move]]\non = 2026-05-25\nname = 'x'\nnations = ['Wales']\n{GIVEN}",
            8,
            "the entry needs `to`, a date like 2026-06-15 without quotes.",
        ),
        (
            f"{ONE_DAY}\n{ONE_DAY.replace('2026-09-14', '2026-09-13')}",
            8,
            "Sunday 13 September 2026 is no working day anyway: give the substitute weekday.",
        ),
        (
            f"{ONE_DAY.replace('add', 'remove')}",
            1,
            (
                "2026-09-14 is not a bank holiday in England: correct the date, or delete this "
                "entry if the `holidays` library has learnt of the change."
            ),
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_line_and_a_cure(
    tmp_path: Path, text: str, line: int, sentence: str
) -> None:
    with pytest.raises(CalendarFileError) as told:
        written(tmp_path, text)

    assert (told.value.path, told.value.line) == (tmp_path / "bank_holidays.toml", line)
    assert str(told.value).startswith(f"{told.value.path}, line {line}: {sentence}")


def test_an_entry_keeps_who_proclaimed_it_and_when(tmp_path: Path) -> None:
    (tmp_path / "bank_holidays.toml").write_text(ONE_DAY, encoding="utf-8")

    _, (proclamation,) = read_proclamations(tmp_path / "bank_holidays.toml")

    assert (proclamation.source, proclamation.proclaimed) == ("London Gazette", date(2026, 2, 5))
    assert (proclamation.gone, proclamation.new, proclamation.line) == (None, date(2026, 9, 14), 1)
