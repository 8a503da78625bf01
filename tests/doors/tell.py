"""What is said about one request, read from Slack's side. `python -m tests.doors.tell` prints it.

The request is 002335/20, received Tuesday 14 July 2020 and claimed that morning; nobody does
anything further, and the clock is moved a working day at a time to Thursday 13 August 2020.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.doors.demonstrations import Demonstration

if TYPE_CHECKING:
    from tests.doors.page import Page

CALLS = "002335/20"


class Said(NamedTuple):
    """One message that somebody was sent: when (UK), to whom, by which rule, in which words."""

    at: str
    to: str
    rule: str
    words: str


def said_about(page: Page, reference: str) -> list[Said]:
    """List every notice about a request that stands in Slack; no cards, threads or digests."""
    return [
        Said(f"{one.at:%a %Y-%m-%d %H:%M}", one.where, _rule(one.key), one.text)
        for one in page.posts()
        if reference in one.text and not one.key.startswith(("card|", "thread|", "digest|"))
    ]


def _rule(key: str) -> str:
    """Read the rule from a notice's key; what an act told at once has none."""
    return "an act" if key.startswith("told|") else key.split("|")[1]


def days_pass_until(page: Page, day: str) -> None:
    """Move the clock a working day at a time to a day: "Thu 2020-08-13"."""
    while f"{page.now():%a %Y-%m-%d}" != day:
        page.working_days_pass(1)


def print_table(rows: list[Said]) -> None:
    widths = [max(len(row[n]) for row in rows) for n in range(3)]
    for row in rows:
        padded = (row[n].ljust(widths[n]) for n in range(3))
        sys.stdout.write("  ".join((*padded, row.words)) + "\n")


def main() -> None:
    """Play the month through in a demonstration of its own and print what was said."""
    with tempfile.TemporaryDirectory() as folder:
        demonstration = Demonstration(Path(folder))
        try:
            demonstration.page.command("amira", f"/foi claim {CALLS}")
            days_pass_until(demonstration.page, "Thu 2020-08-13")
            print_table(said_about(demonstration.page, CALLS))
        finally:
            demonstration.end()


if __name__ == "__main__":
    main()
