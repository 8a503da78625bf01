"""The calendars: the `holidays` library, with the authority's file of proclamations laid over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.law.regime import HOLIDAYS, HolidaySet, Regime
from workflow.law.working_days import BankHoliday, WorkingDays
from workflow.proclamations import FILE_NAME, NATIONS, CalendarFileError, Years, read_proclamations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workflow.proclamations import Proclamation

__all__ = ["CalendarFileError", "Calendars", "load"]

# A checkout has its own folder of configuration; an installed package carries it inside.
HERE = Path(__file__).resolve().parent
HOUSE_CONFIGS = (HERE.parent / "config", HERE / "default_config")

SUBDIVISIONS: Mapping[str, str] = {
    "England": "ENG",
    "Wales": "WLS",
    "Scotland": "SCT",
    "Northern Ireland": "NIR",
}

# The library's names, and those printed on gov.uk/bank-holidays.
NAMES: Mapping[str, str] = {
    "New Year Holiday": "2nd January",
    "Saint Patrick's Day": "St Patrick's Day",
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Battle of the Boyne": "Battle of the Boyne (Orangemen's Day)",
    "Summer Bank Holiday": "Summer bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Saint Andrew's Day": "St Andrew's Day",
}

# The library lists St Andrew's Day 2006, but the St Andrew's Day Bank Holiday (Scotland) Act
# received Royal Assent only on 15 January 2007.
NOT_BANK_HOLIDAYS = frozenset({(date(2006, 11, 30), "Scotland")})

# A bank holiday in one nation, and its name there.
Known = dict[tuple[date, str], str]


@dataclass(frozen=True)
class Calendars:
    """The bank holidays of the four nations, and the working days each regime counts."""

    holidays: tuple[BankHoliday, ...]
    years: Years
    version: str

    @cached_property
    def uk(self) -> WorkingDays:
        """The working days of s.10(6) FOIA: no bank holiday in any part of the United Kingdom."""
        return self._for(frozenset(NATIONS))

    @cached_property
    def scotland(self) -> WorkingDays:
        """The working days of s.73 FOISA: the bank holidays of Scotland alone."""
        return self._for(frozenset({"Scotland"}))

    def of(self, regime: Regime, nation: str = "England") -> WorkingDays:
        """Give the calendar a regime counts on; `nation` matters to subject access only."""
        match HOLIDAYS[regime].set:
            case HolidaySet.UK:
                return self.uk
            case HolidaySet.SCOTLAND:
                return self.scotland
            case HolidaySet.NATION:
                return self.national(nation)

    def national(self, nation: str) -> WorkingDays:
        """Give the days on which people work in a nation: its own bank holidays are left out."""
        return self._national[nation]

    @cached_property
    def _national(self) -> Mapping[str, WorkingDays]:
        return {nation: self._for(frozenset({nation})) for nation in NATIONS}

    def _for(self, nations: frozenset[str]) -> WorkingDays:
        return WorkingDays(
            _only(self.holidays, nations),
            first_year=self.years.first,
            last_year=self.years.last,
            version=self.version,
            proclaimed_to=self.years.proclaimed_to,
        )


def load(config_dir: Path | None = None) -> Calendars:
    """Read the bank holidays of the United Kingdom, with the authority's proclamations laid over.

    `config_dir` holds `bank_holidays.toml`; without it the project's own folder is used. Raises
    CalendarFileError, with the line and the cure, when that file cannot be used.
    """
    path = (_house_config() if config_dir is None else config_dir) / FILE_NAME
    return _calendars(*read_proclamations(path), path)


@lru_cache(maxsize=4)  # offices of one process share the tables, which nothing changes
def _calendars(years: Years, proclamations: tuple[Proclamation, ...], path: Path) -> Calendars:
    known, library = _from_library(years)
    for proclamation in proclamations:
        _lay_over(known, proclamation, path)
    holidays = _one_a_name(known)
    return Calendars(holidays, years, f"holidays {library}, table {_digest(holidays, years)}")


def _house_config() -> Path:
    return next((folder for folder in HOUSE_CONFIGS if folder.is_dir()), HOUSE_CONFIGS[0])


def _from_library(years: Years) -> tuple[Known, str]:
    """Ask the library for each nation: `UnitedKingdom()` alone gives only the days they share.

    The import is here because it takes longer than everything else together.
    """
    from holidays.countries.united_kingdom import UnitedKingdom  # noqa: PLC0415 (slow to import)
    from holidays.version import __version__  # noqa: PLC0415 (slow to import)

    listed: Callable[..., Mapping[date, str]] = UnitedKingdom  # the class has no types of its own
    asked = range(years.first, years.last + 1)
    known = {
        (on, nation): _name(name)
        for nation, subdivision in SUBDIVISIONS.items()
        for on, name in listed(subdiv=subdivision, years=asked, observed=True).items()
    }
    return {key: name for key, name in known.items() if key not in NOT_BANK_HOLIDAYS}, __version__


def _name(listed: str) -> str:
    """Translate a name: two on one day share it, and "(observed)" is a substitute day."""
    return "; ".join(_one_name(name) for name in listed.split("; "))


def _one_name(listed: str) -> str:
    plain = listed.removesuffix(" (observed)")
    name = NAMES.get(plain, plain)
    return name if plain == listed else f"{name} (substitute day)"


def _lay_over(known: Known, proclamation: Proclamation, path: Path) -> None:
    """Change the days known by one proclamation; adding a day already known changes nothing."""
    for nation in proclamation.nations:
        if proclamation.gone is not None and known.pop((proclamation.gone, nation), None) is None:
            raise CalendarFileError(
                path,
                proclamation.line,
                f"{proclamation.gone} is not a bank holiday in {nation}: correct the date, or "
                "delete this entry if the `holidays` library has learnt of the change.",
            )
        if proclamation.new is not None:
            known[proclamation.new, nation] = proclamation.name


def _one_a_name(known: Known) -> tuple[BankHoliday, ...]:
    nations: dict[tuple[date, str], list[str]] = {}
    for (on, nation), name in known.items():
        nations.setdefault((on, name), []).append(nation)
    return tuple(
        BankHoliday(on, name, tuple(sorted(nations[on, name], key=NATIONS.index)))
        for on, name in sorted(nations)
    )


def _only(holidays: tuple[BankHoliday, ...], nations: frozenset[str]) -> Iterator[BankHoliday]:
    for holiday in holidays:
        kept = tuple(nation for nation in holiday.nations if nation in nations)
        if kept:
            yield holiday._replace(nations=kept)


def _digest(holidays: tuple[BankHoliday, ...], years: Years) -> str:
    """Give twelve letters that change whenever a day, a nation or the years change."""
    table = [(on.isoformat(), nations) for on, _, nations in holidays]
    return hashlib.sha256(repr((years, table)).encode()).hexdigest()[:12]
