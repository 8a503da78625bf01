"""Each example of the statutes, the Regulations and the guidance, with its section, as one row.

A history is written as `event weekday date`, with `+20` or `+2m` and a ground for an extension.
The questions go through the door of `foi due --batch`, with the product's own calendar.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.law.written import day
from workflow.bank_holidays import load
from workflow.services.due import answer
from workflow.services.due_questions import read_question

CALENDARS = load()


class Example(NamedTuple):
    """What the law says, where, and what a request that it happened to is told."""

    section: str
    says: str
    regime: str
    history: str
    expected: str
    ask: str = "respond_by"
    more: tuple[tuple[str, object], ...] = ()


SCHOOL = (("limit", "school"), ("non_school_days", [["2026-02-16", "2026-02-20"]]))
ARCHIVE = (("limit", "archive"),)
CODE = (("receipt_policy", "next_working_day"),)
LEAVE = (("limit", "armed forces"), ("commissioner_day", "2026-04-09"))
SCOTLAND = (("nation", "scotland"),)

EXAMPLES = (
    Example(
        "FOIA s.10(1)",
        "the seed letter: 3 August is a holiday in Scotland",
        "foia",
        "received Tue 2020-07-14",
        "Wed 2020-08-12",
    ),
    Example(
        "FOIA s.10(1)", "received on a Friday", "foia", "received Fri 2026-01-09", "Fri 2026-02-06"
    ),
    Example(
        "FOIA s.10(1)",
        "received on a Saturday: Monday is day 1",
        "foia",
        "received Sat 2026-01-10",
        "Fri 2026-02-06",
    ),
    Example(
        "FOIA s.10(1)",
        "received on a Monday: that is day 0",
        "foia",
        "received Mon 2026-01-12",
        "Mon 2026-02-09",
    ),
    Example(
        "FOIA s.10(6)",
        "a bank holiday in Northern Ireland alone",
        "foia",
        "received Mon 2026-03-02",
        "Tue 2026-03-31",
    ),
    Example(
        "FOIA s.10(6)",
        "a bank holiday in Scotland alone, this once",
        "foia",
        "received Mon 2026-06-01",
        "Tue 2026-06-30",
    ),
    Example(
        "FOIA s.10(6)",
        "the day of the State Funeral",
        "foia",
        "received Tue 2022-08-30",
        "Wed 2022-09-28",
    ),
    Example(
        "FOIA s.10(6)",
        "a bank holiday that was moved",
        "foia",
        "received Tue 2020-04-14",
        "Wed 2020-05-13",
    ),
    Example(
        "FOIA s.10(6)",
        "Christmas to 2 January",
        "foia",
        "received Tue 2026-12-01",
        "Thu 2026-12-31",
    ),
    Example(
        "Code 2018 para 4.2",
        "received on a Saturday is received on Monday",
        "foia",
        "received Sat 2026-01-10",
        "Mon 2026-02-09",
        more=CODE,
    ),
    Example(
        "FOIA s.1(3)",
        "the days before clarification are discarded",
        "foia",
        (
            "received Mon 2026-06-01; clarification_sought Mon 2026-06-08; "
            "clarification_received Mon 2026-06-22"
        ),
        "Tue 2026-07-21",
    ),
    Example(
        "FOIA s.1(3)",
        "while it is awaited nothing is due",
        "foia",
        "received Mon 2026-06-01; clarification_sought Mon 2026-06-08",
        "awaiting clarification",
    ),
    Example(
        "FOIA s.1(3)",
        "a second round",
        "foia",
        (
            "received Mon 2026-03-02; clarification_sought Wed 2026-03-04; "
            "clarification_received Fri 2026-03-06; clarification_sought Mon 2026-03-09; "
            "clarification_received Sat 2026-03-14"
        ),
        "Wed 2026-04-15",
    ),
    Example(
        "FOIA s.10(2)",
        "a notice on day 5 uses four days",
        "foia",
        "received Mon 2026-01-12; fees_notice_given Mon 2026-01-19; fee_received Fri 2026-01-23",
        "Mon 2026-02-16",
    ),
    Example(
        "FOIA s.10(2)",
        "a notice on day 20: due the working day after payment",
        "foia",
        "received Mon 2026-01-12; fees_notice_given Mon 2026-02-09; fee_received Fri 2026-02-20",
        "Mon 2026-02-23",
    ),
    Example(
        "FOIA s.10(2)",
        "while the fee is awaited nothing is due",
        "foia",
        "received Mon 2026-01-12; fees_notice_given Mon 2026-01-19",
        "suspended",
    ),
    Example(
        "FOIA s.9(2)",
        "a notice of 15 January may be paid to 14 April",
        "foia",
        "received Mon 2026-01-12; fees_notice_given Thu 2026-01-15",
        "Tue 2026-04-14",
        ask="pay_fee_by",
    ),
    Example(
        "FOIA s.9(2)",
        "the last day to pay does not move off a Saturday",
        "foia",
        "received Mon 2026-01-12; fees_notice_given Mon 2026-01-19",
        "Sat 2026-04-18",
        ask="pay_fee_by",
    ),
    Example(
        "FOIA s.9(2)",
        "the last day is told after payment too",
        "foia",
        "received Mon 2026-01-12; fees_notice_given Thu 2026-01-15; fee_received Mon 2026-01-19",
        "Tue 2026-04-14",
        ask="pay_fee_by",
    ),
    Example(
        "FOIA s.10(3)",
        "twenty further days make forty",
        "foia",
        "received Mon 2026-01-12; extended Mon 2026-02-09 +20 s.31(1)(a)",
        "Mon 2026-03-09",
    ),
    Example(
        "FOIA s.10(3)",
        "an absolute exemption extends nothing",
        "foia",
        "received Mon 2026-01-12; extended Mon 2026-02-09 +20 s.41",
        "Mon 2026-02-09",
    ),
    Example(
        "FOIA s.17(2)",
        "the notice of it is due on day 20 all the same",
        "foia",
        "received Mon 2026-01-12; extended Fri 2026-02-06 +20 s.31",
        "Mon 2026-02-09",
        ask="extension_notice_by",
    ),
    Example(
        "TCR reg. 3",
        "half term does not count for a school",
        "foia",
        "received Mon 2026-02-02",
        "Mon 2026-03-09",
        more=SCHOOL,
    ),
    Example(
        "TCR reg. 3",
        "a school's fee is waited for too",
        "foia",
        "received Mon 2026-02-02; fees_notice_given Mon 2026-02-09; fee_received Wed 2026-02-11",
        "Thu 2026-03-12",
        more=SCHOOL,
    ),
    Example(
        "TCR reg. 4",
        "an archive has thirty days",
        "foia",
        "received Mon 2026-01-12",
        "Mon 2026-02-23",
        more=ARCHIVE,
    ),
    Example(
        "TCR reg. 5",
        "the Commissioner may set a day up to the sixtieth",
        "foia",
        "received Mon 2026-01-12",
        "Thu 2026-04-09",
        more=LEAVE,
    ),
    Example(
        "Code 2018 ch. 5",
        "forty days to ask for a review",
        "foia",
        "received Mon 2026-01-12; responded Mon 2026-02-02",
        "Tue 2026-03-31",
        ask="request_review_by",
    ),
    Example(
        "Code 2018 ch. 5",
        "twenty days for the reply",
        "foia",
        "received Mon 2026-01-12; responded Mon 2026-02-02; review_requested Mon 2026-02-16",
        "Mon 2026-03-16",
        ask="review_reply_by",
    ),
    Example(
        "Code 2018 ch. 5",
        "forty in all when it is complex",
        "foia",
        (
            "received Mon 2026-01-12; responded Mon 2026-02-02; "
            "review_requested Mon 2026-02-16; review_extended Mon 2026-03-09 +20"
        ),
        "Thu 2026-04-16",
        ask="review_reply_by",
    ),
    Example(
        "FOIA s.50, ICO",
        "six weeks from the answer",
        "foia",
        "received Mon 2026-01-12; responded Mon 2026-02-02",
        "Mon 2026-03-16",
        ask="complain_to_ico_by",
    ),
    Example(
        "FOIA s.50, ICO",
        "six weeks from the review's outcome",
        "foia",
        (
            "received Mon 2026-01-12; responded Mon 2026-02-02; "
            "review_requested Mon 2026-02-16; review_decided Mon 2026-03-09"
        ),
        "Mon 2026-04-20",
        ask="complain_to_ico_by",
    ),
    Example(
        "FOIA s.50, ICO",
        "a second answer is the review's outcome",
        "foia",
        (
            "received Mon 2026-01-12; responded Mon 2026-02-02; "
            "review_requested Mon 2026-02-16; responded Mon 2026-03-09"
        ),
        "Mon 2026-04-20",
        ask="complain_to_ico_by",
    ),
    Example(
        "EIR reg. 5(2)",
        "twenty working days, the kingdom's",
        "eir",
        "received Mon 2026-03-02",
        "Tue 2026-03-31",
    ),
    Example(
        "EIR reg. 7(1)",
        "forty, for complexity and volume",
        "eir",
        "received Mon 2026-01-12; extended Mon 2026-02-09 +20 complexity and volume",
        "Mon 2026-03-09",
    ),
    Example(
        "EIR reg. 7(3)",
        "void unless notified by day 20",
        "eir",
        "received Mon 2026-01-12; extended Tue 2026-02-10 +20 complexity and volume",
        "Mon 2026-02-09",
    ),
    Example(
        "EIR reg. 7",
        "not for a public interest test",
        "eir",
        "received Mon 2026-01-12; extended Mon 2026-02-09 +20 public interest test",
        "Mon 2026-02-09",
    ),
    Example(
        "EIR reg. 8(5)",
        "sixty working days to pay",
        "eir",
        "received Mon 2026-01-12; fees_notice_given Fri 2026-01-16",
        "Wed 2026-04-15",
        ask="pay_fee_by",
    ),
    Example(
        "EIR reg. 8(6)",
        "the days awaited do not count, on forty either",
        "eir",
        (
            "received Mon 2026-01-12; extended Fri 2026-01-16 +20 complexity and volume; "
            "fees_notice_given Mon 2026-01-19; fee_received Fri 2026-01-23"
        ),
        "Mon 2026-03-16",
    ),
    Example(
        "EIR reg. 9(4)",
        "particulars start the count again",
        "eir",
        (
            "received Mon 2026-01-12; clarification_sought Fri 2026-01-16; "
            "clarification_received Sat 2026-01-24"
        ),
        "Fri 2026-02-20",
    ),
    Example(
        "EIR reg. 10(2)",
        "a transferred request is received when it arrives",
        "eir",
        "received Wed 2026-01-14",
        "Wed 2026-02-11",
    ),
    Example(
        "EIR reg. 11(2)",
        "forty days from the answer",
        "eir",
        "received Mon 2026-01-12; responded Mon 2026-02-02",
        "Tue 2026-03-31",
        ask="request_review_by",
    ),
    Example(
        "EIR reg. 11(2)",
        "forty days from the failure to answer",
        "eir",
        "received Mon 2026-01-12",
        "Thu 2026-04-09",
        ask="request_review_by",
    ),
    Example(
        "EIR reg. 11(4)",
        "forty days for the reply",
        "eir",
        "received Mon 2026-01-12; responded Mon 2026-02-02; review_requested Mon 2026-02-16",
        "Thu 2026-04-16",
        ask="review_reply_by",
    ),
    Example(
        "FOISA s.73",
        "received on 2 January: day 0",
        "foisa",
        "received Fri 2026-01-02",
        "Fri 2026-01-30",
    ),
    Example(
        "FOISA s.73",
        "St Patrick's Day and Easter Monday count there",
        "foisa",
        "received Mon 2026-03-16",
        "Tue 2026-04-14",
    ),
    Example(
        "FOISA s.73",
        "the twelfth of July counts there",
        "foisa",
        "received Mon 2026-06-22",
        "Mon 2026-07-20",
    ),
    Example(
        "FOISA s.10(2)",
        "the Keeper has thirty days",
        "foisa",
        "received Mon 2026-03-16",
        "Tue 2026-04-28",
        more=ARCHIVE,
    ),
    Example(
        "FOISA s.10(3)",
        "a fee suspends there too",
        "foisa",
        "received Mon 2026-01-12; fees_notice_given Mon 2026-01-19; fee_received Fri 2026-01-23",
        "Mon 2026-02-16",
    ),
    Example(
        "FOISA s.10",
        "there is no extension",
        "foisa",
        "received Mon 2026-03-16; extended Fri 2026-03-20 +20 public interest test",
        "Tue 2026-04-14",
    ),
    Example(
        "FOISA s.20(5)(a)",
        "an early answer leaves the longer window",
        "foisa",
        "received Mon 2026-03-16; responded Mon 2026-03-23",
        "Thu 2026-06-11",
        ask="request_review_by",
    ),
    Example(
        "FOISA s.20(5)(b)",
        "a late answer opens its own",
        "foisa",
        "received Mon 2026-03-16; responded Mon 2026-04-20",
        "Thu 2026-06-18",
        ask="request_review_by",
    ),
    Example(
        "FOISA s.21(1)",
        "twenty days for the reply",
        "foisa",
        "received Mon 2026-03-16; responded Mon 2026-03-23; review_requested Mon 2026-05-11",
        "Tue 2026-06-09",
        ask="review_reply_by",
    ),
    Example(
        "FOISA s.21(2)",
        "thirty for the Keeper's",
        "foisa",
        "received Mon 2026-03-16; responded Mon 2026-03-23; review_requested Mon 2026-05-11",
        "Wed 2026-06-24",
        ask="review_reply_by",
        more=ARCHIVE,
    ),
    Example(
        "FOISA s.47(4)(a)",
        "six months from the outcome",
        "foisa",
        (
            "received Mon 2026-03-16; responded Mon 2026-03-23; "
            "review_requested Mon 2026-05-11; review_decided Fri 2026-05-29"
        ),
        "Sun 2026-11-29",
        ask="complain_to_ico_by",
    ),
    Example(
        "FOISA s.47(4)(b)",
        "six months from the day it was due",
        "foisa",
        "received Mon 2026-03-16; responded Mon 2026-03-23; review_requested Mon 2026-05-11",
        "Wed 2026-12-09",
        ask="complain_to_ico_by",
    ),
    Example(
        "ICO, right of access",
        "1 January gives 1 February, or the Monday after",
        "sar",
        "received Thu 2026-01-01",
        "Mon 2026-02-02",
    ),
    Example(
        "ICO, right of access",
        "25 November gives 27 December",
        "sar",
        "received Mon 2024-11-25",
        "Fri 2024-12-27",
    ),
    Example(
        "ICO, right of access",
        "31 January gives 28 February",
        "sar",
        "received Fri 2025-01-31",
        "Fri 2025-02-28",
    ),
    Example(
        "ICO, right of access",
        "31 January gives 29 February in a leap year",
        "sar",
        "received Wed 2024-01-31",
        "Thu 2024-02-29",
    ),
    Example(
        "UK GDPR Art. 12(3)",
        "three months from the start, moved once",
        "sar",
        "received Fri 2026-01-30; extended Mon 2026-02-16 +2m complex",
        "Thu 2026-04-30",
    ),
    Example(
        "UK GDPR Art. 12(6)",
        "the month begins with the proof of identity",
        "sar",
        (
            "received Mon 2026-03-02; identity_requested Tue 2026-03-03; "
            "identity_received Tue 2026-03-10"
        ),
        "Fri 2026-04-10",
    ),
    Example(
        "UK GDPR Art. 12A",
        "both days of the pause are left out",
        "sar",
        (
            "received Mon 2026-03-02; clarification_sought Thu 2026-03-05; "
            "clarification_received Tue 2026-03-10"
        ),
        "Wed 2026-04-08",
    ),
    Example(
        "UK GDPR, holidays",
        "St Andrew's Day matters in Scotland",
        "sar",
        "received Fri 2025-10-31",
        "Tue 2025-12-02",
        more=SCOTLAND,
    ),
    Example(
        "UK GDPR, holidays",
        "and not in England",
        "sar",
        "received Fri 2025-10-31",
        "Mon 2025-12-01",
    ),
    Example(
        "DPA 2018 s.54(2)",
        "30 June gives 1 August, moved to the Monday",
        "dpa part 3",
        "received Tue 2026-06-30",
        "Mon 2026-08-03",
    ),
    Example(
        "DPA 2018 s.54(2)",
        "against 30 July under the UK GDPR",
        "sar",
        "received Tue 2026-06-30",
        "Thu 2026-07-30",
    ),
    Example(
        "DPA 2018 s.54(3A)",
        "no extension before 5 February 2026",
        "dpa part 3",
        "received Mon 2025-06-30; extended Tue 2025-07-01 complex",
        "Fri 2025-08-01",
    ),
    Example(
        "DPA 2018 s.54(3A)",
        "two months since",
        "dpa part 3",
        "received Tue 2026-06-30; extended Wed 2026-07-01 complex",
        "Thu 2026-10-01",
    ),
)


def events_of(history: str) -> list[dict[str, object]]:
    return [event_of(written.split()) for written in history.split("; ")]


def event_of(words: list[str]) -> dict[str, object]:
    kind, weekday, iso, *rest = words
    event: dict[str, object] = {"event": kind, "on": day(f"{weekday} {iso}").isoformat()}
    length = next((word for word in rest if re.fullmatch(r"\+\d+m?", word)), None)
    if length is not None:
        unit = "further_months" if length.endswith("m") else "further_working_days"
        event[unit] = int(length.strip("+m"))
        rest.remove(length)
    return {**event, "ground": " ".join(rest)} if rest else event


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda example: f"{example.section}: {example.says}"
)
def test_what_the_law_says(example: Example) -> None:
    question = read_question(
        {
            "regime": example.regime,
            "events": events_of(example.history),
            "ask": example.ask,
            **dict(example.more),
        }
    )

    found = answer(question, CALENDARS)

    told = found.reading.state.value if found.by is None else f"{found.by:%a} {found.by}"
    assert told == example.expected


def test_the_codes_later_date_comes_with_the_statutory_limit_beside_it() -> None:
    line = {"regime": "foia", "events": events_of("received Sat 2026-01-10"), **dict(CODE)}

    found = answer(read_question(line), CALENDARS)

    assert (found.by, found.statutory_limit) == (day("Mon 2026-02-09"), day("Fri 2026-02-06"))
