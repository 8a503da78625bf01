"""One request from its receipt past its due date, told from outside: who was told what, and when.

002335/20 is real: received Tuesday 14 July 2020, answered Thursday 30 July 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doors.tell import CALLS, Said, days_pass_until, said_about

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Page

WHAT = "002335/20 “Emergency calls in 2019 and control room contracts”"
DUE = "Wednesday 12 August 2020"

ALLOCATED = Said(
    "Tue 2020-07-14 08:46",
    "control-room",
    "an act",
    f"{WHAT} is allocated to Control Room. Who claims it?",
)
STILL = Said(
    "Tue 2020-07-21 09:00",
    "amira",
    "still working on it?",
    f"Nothing has happened on {WHAT} for five working days. Are you still working on it? "
    f"It is due {DUE}.",
)
SOON = Said(
    "Fri 2020-07-24 09:00",
    "amira",
    "searches due soon",
    f"Searches for {WHAT} are wanted in two working days. Return them with: /foi return {CALLS}",
)

NOT_RETURNED = (
    f"Searches for {WHAT} were wanted by Tuesday 28 July 2020 and are not returned. "
    f"It is due {DUE}."
)
IN_FIVE = f"{WHAT} is due in 5 working days, {DUE}. It is in searching."
NO_DRAFT = (
    f"{WHAT} has no draft answer; one was wanted by Wednesday 5 August 2020. It is due {DUE}."
)
IN_TWO = f"{WHAT} is due in 2 working days, {DUE}. It is in searching."
TODAY = f"{WHAT} is due today, {DUE}: the last day the Act allows (s.10(1))."
OVERDUE = f"{WHAT} is 1 working day overdue: it was due {DUE}. It is in searching."

# Claimed on the day it arrived, and then left. Monday 3 August is a bank holiday in Scotland.
LEFT_ALONE = [
    ALLOCATED,
    STILL,
    SOON,
    Said("Wed 2020-07-29 09:00", "amira",        "searches not returned",    NOT_RETURNED),
    Said("Wed 2020-07-29 09:00", "marcus",       "searches not returned",    NOT_RETURNED),
    Said("Wed 2020-08-05 09:00", "amira",        "due in five working days", IN_FIVE),
    Said("Wed 2020-08-05 09:00", "control-room", "due in five working days", IN_FIVE),
    Said("Wed 2020-08-05 09:00", "foi-desk",     "due in five working days", IN_FIVE),
    Said("Thu 2020-08-06 09:00", "foi-desk",     "no decision",              NO_DRAFT),
    Said("Thu 2020-08-06 09:00", "marcus",       "no decision",              NO_DRAFT),
    Said("Thu 2020-08-06 09:00", "amira",        "no decision",              NO_DRAFT),
    Said("Mon 2020-08-10 09:00", "amira",        "due in two working days",  IN_TWO),
    Said("Mon 2020-08-10 09:00", "foi-desk",     "due in two working days",  IN_TWO),
    Said("Mon 2020-08-10 09:00", "marcus",       "due in two working days",  IN_TWO),
    Said("Wed 2020-08-12 09:00", "amira",        "due today",                TODAY),
    Said("Wed 2020-08-12 09:00", "foi-desk",     "due today",                TODAY),
    Said("Wed 2020-08-12 09:00", "marcus",       "due today",                TODAY),
    Said("Thu 2020-08-13 09:00", "amira",        "overdue 1",                OVERDUE),
    Said("Thu 2020-08-13 09:00", "foi-desk",     "overdue 1",                OVERDUE),
    Said("Thu 2020-08-13 09:00", "marcus",       "overdue 1",                OVERDUE),
]  # fmt: skip

# The same until Thursday 30 July, when it is answered. Nothing more is said.
ANSWERED = [
    *LEFT_ALONE[:5],
    Said("Thu 2020-07-30 09:00", "foi-desk", "an act", f"{CALLS}: searches are returned, held."),
    Said("Thu 2020-07-30 09:00", "grace",    "an act", f"{WHAT} waits for approval."),
    Said("Thu 2020-07-30 09:00", "ruth",     "an act", f"{WHAT} waits for approval."),
    Said("Thu 2020-07-30 09:00", "foi-desk", "an act", f"{CALLS} is approved and can be issued."),
    Said("Thu 2020-07-30 09:00", "amira",    "an act", f"{CALLS} is closed: disclose."),
]  # fmt: skip


def test_the_card_says_who_holds_it_once_amira_has_claimed_it(page: Page) -> None:
    answer = page.says("amira", f"/foi claim {CALLS}")

    page.let_it_settle()
    assert done(answer) == (
        "002335/20: Amira Hassan claimed it. Due Wednesday 12 August 2020, 20 working days left."
    )
    assert fields(page, CALLS)["Held by"] == "Amira Hassan"
    assert fields(page, CALLS)["Stage"] == "Searching"
    assert page.thread(CALLS)[-1] == "Amira Hassan claimed it."


def test_why_says_the_due_date_first_and_names_each_day_that_was_skipped(page: Page) -> None:
    blocks = page.command("amira", f"/foi why {CALLS}")["reply"]["blocks"]

    answer, how = blocks[1]["text"]["text"], blocks[2]["text"]["text"]
    assert answer == "*Due Wednesday 12 August 2020, 20 working days left.*"
    assert "Not a working day: Monday 3 August 2020 (Summer bank holiday, Scotland)." in how


def test_a_second_claim_is_refused_naming_who_holds_it(page: Page) -> None:
    page.command("amira", f"/foi claim {CALLS}")
    page.let_it_settle()
    before = page.card(CALLS)

    answer = page.says("joel", f"/foi claim {CALLS}")

    page.let_it_settle()
    assert answer == (
        "002335/20 is already claimed: Amira Hassan holds it. "
        "Ask them to release it, or a manager to reassign it."
    )
    assert page.card(CALLS) == before


def test_left_alone_each_rung_of_the_ladder_is_said_once(fresh: Demonstration) -> None:
    page = fresh.page
    page.command("amira", f"/foi claim {CALLS}")

    days_pass_until(page, "Thu 2020-08-13")

    assert said_about(page, CALLS) == LEFT_ALONE


def test_answered_on_30_july_the_clock_stops_at_day_12_and_nothing_more_is_said(
    fresh: Demonstration,
) -> None:
    page = fresh.page
    page.command("amira", f"/foi claim {CALLS}")
    days_pass_until(page, "Thu 2020-07-30")
    page.command("amira", f"/foi search {CALLS} 3 found the command and control system")
    page.command("amira", f"/foi return {CALLS} held")
    page.command("dana", f"/foi decide {CALLS} disclose The figures and the ten contracts.")
    page.command("grace", f"/foi approve {CALLS}")

    answer = page.says("dana", f"/foi issue {CALLS} by e-mail")

    days_pass_until(page, "Tue 2020-09-01")
    assert done(answer) == (
        "002335/20: Dana Whitfield issued the response: by e-mail. "
        "Answered Thursday 30 July 2020, on working day 12, in time."
    )
    assert said_about(page, CALLS) == ANSWERED


def done(answer: str) -> str:
    """Read what an act came to, without the acts that are open next."""
    return answer.partition(" You can: ")[0]


def fields(page: Page, reference: str) -> dict[str, str]:
    """Read a card's fields: name -> value."""
    section = next(one for one in page.card(reference)["blocks"] if "fields" in one)
    texts = (one["text"].split("\n", 1) for one in section["fields"])
    return {name.strip("*"): value for name, value in texts}
