"""Days as the tests write them, and the bank holidays they are checked against.

The bank holidays are those of gov.uk/bank-holidays for 2012 to 2028, with Monday 15 June 2026
(Scotland, by Royal Proclamation), kept here so that nothing that is tested also makes the answer.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from workflow.law.working_days import BankHoliday, WorkingDays

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
FIRST_YEAR, LAST_YEAR = 2012, 2028


def day(written: str) -> date:
    """Read "Tue 2020-07-14", and refuse a weekday that is not that date's."""
    weekday, iso = written.split()
    read = date.fromisoformat(iso)
    assert f"{read:%a}" == weekday, f"{iso} is a {read:%a}"
    return read


@cache
def bank_holidays() -> tuple[BankHoliday, ...]:
    """Read the bank holidays of gov.uk; each is named by its day alone."""
    with Path(__file__).with_name("bank_holidays.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            BankHoliday(
                day(f"{row['weekday']} {row['day']}"),
                f"Bank holiday of {row['day']}",
                tuple(nation for nation in NATIONS if row[nation]),
            )
            for row in csv.DictReader(file)
        )


@cache
def calendar(*nations: str) -> WorkingDays:
    """Give the working days of some nations; of the whole United Kingdom when none is named."""
    wanted = set(nations or NATIONS)
    return WorkingDays(
        (holiday for holiday in bank_holidays() if wanted & set(holiday.nations)),
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        version="gov.uk, typed",
    )


UK = calendar()
SCOTLAND = calendar("Scotland")
ENGLAND = calendar("England")
