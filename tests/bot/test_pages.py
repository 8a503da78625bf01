"""Lists, a request whole, the ledger, the help and each person's App Home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.blocks import pages
from bot.blocks.text import escape, plain, shortened
from tests.bot.offices import CALLS, AtWork, drawn
from tests.bot.slack_says import refused
from workflow.casework.stages import Act
from workflow.services import lists
from workflow.services.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARABIC = "\u0645" * 3000
# What fills a page most: the longest words that a form takes, of letters that must be escaped.
LONGEST = [("x" * 3000), ("& < > " * 500), ("\n" * 2999 + "x"), ARABIC, ("\U0001f426" * 3000)]


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    at_work = AtWork(tmp_path)
    yield at_work
    at_work.office.store.close()


def whole(work: AtWork) -> list[dict[str, Any]]:
    history = lists.history_of(work.office, CALLS)
    return pages.whole(work.picture(), history, ["claim", "escalate"])


def test_a_request_is_shown_whole(work: AtWork) -> None:
    work.log(questions=("How many?", "By which <company>?"))
    work.do("dana", Act.UPDATE, note="*urgent* <!channel>")

    made = whole(work)

    logged = "Tue 14 Jul 2020: Dana Whitfield logged the request, received Tuesday 14 July 2020."
    noted = "Tue 14 Jul 2020: Dana Whitfield noted: *urgent* <!channel>."
    assert drawn(made)[-6:] == [
        "section: mrkdwn *What is asked*",
        "section: How many were there?",
        "section: 1. How many?\n2. By which <company>?",
        "section: mrkdwn *What happened*",
        f"section: {logged}\n{noted}",
        "context: mrkdwn You can: claim, escalate.",
    ]
    assert refused(made) == []


@pytest.mark.parametrize("words", LONGEST)
def test_the_longest_request_is_shortened_and_still_taken(work: AtWork, words: str) -> None:
    work.log(description=words, questions=(words, words), subject=words.strip()[:150])
    for _ in range(8):
        work.do("dana", Act.UPDATE, note=words)
        work.do("amira", Act.ESCALATE, reason=words)

    made = whole(work)

    assert refused(made) == []
    assert "(shortened)" in str(made)


def test_a_long_history_keeps_its_latest_lines_and_says_how_many_went_before(work: AtWork) -> None:
    work.log()
    for n in range(100):
        work.do("dana", Act.UPDATE, note=f"note {n} {'x' * 50}")

    happened = whole(work)[-2]["text"]["text"].split("\n")

    assert happened[0] == f"({101 - (len(happened) - 1)} earlier)"
    assert happened[-1].startswith("Tue 14 Jul 2020: Dana Whitfield noted: note 99 ")


def test_a_long_list_shows_the_first_and_says_how_to_narrow_it(work: AtWork) -> None:
    for n in range(25):
        work.log(reference=f"FOI-2020-{n:04}", subject=f"{n} {ARABIC[:140]}")
    found = lists.listing(work.office, limit=50)

    made = pages.listing("Open requests", found, empty="There are none.")

    assert len(made) == 1 + pages.MOST_LINES + 1
    assert drawn(made)[-1] == "context: mrkdwn The first 20 of them. Narrow it: `/foi list TEAM`"
    assert refused(made) == []


def test_help_names_every_verb_and_each_has_its_own_page() -> None:
    made = pages.help_all()

    assert refused(made) == []
    assert [one.name for one in VERBS if f"`/foi {one.name}`" not in str(made)] == []
    assert [one.name for one in VERBS if refused(pages.help_one(one))] == []


def test_the_menu_and_everything_one_can_do_are_taken(work: AtWork) -> None:
    work.log()
    can = lists.acts_for(work.office, work.picture().request, work.office.roster.officer("dana"))

    assert refused(pages.menu()) == []
    assert refused(pages.everything(CALLS, can)) == []
    assert drawn(pages.everything(CALLS, ())) == [
        "section: mrkdwn There is nothing for you to do on *002335/20* now."
    ]


def test_a_ledger_of_any_length_is_taken() -> None:
    lines = ["Due Wednesday 12 August 2020.", *(f"line {n} {'x' * 200}" for n in range(200))]

    made = pages.ledger(CALLS, lines)

    assert drawn(made)[:2] == [
        "header: Why this date? 002335/20",
        "section: mrkdwn *Due Wednesday 12 August 2020.*",
    ]
    assert refused(made) == []


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 10, "short"),
        ("x" * 100, 50, "x" * 36 + " … (shortened)"),
        ("x" * 30, 24, "x" * 23 + "…"),
    ],
)
def test_what_is_cut_says_so_and_keeps_to_the_limit(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short
    assert len(shortened(text, limit)) <= limit


def test_marks_that_would_deceive_become_signs() -> None:
    assert escape("<!channel> & \u202e\x07") == "&lt;!channel&gt; &amp; \ufffd\u2407"
    assert plain("<!channel> & \u202e\x07", 75)["text"] == "<!channel> & \ufffd\u2407"
