"""`foi outbox`: what waits, what was set aside and why, and trying it again."""

from __future__ import annotations

import pytest

from tests.cli.terminal import REFERENCE, Terminal

KEY = f"told|{REFERENCE}|1|team:control-room"


@pytest.fixture
def gone(terminal: Terminal) -> Terminal:
    """Give a terminal at a desk whose control room has left Slack."""
    terminal.log()
    terminal.recorder.gone.add("team:control-room")
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("tick")
    return terminal


def test_an_empty_outbox_says_so(terminal: Terminal) -> None:
    assert terminal.done("outbox").startswith("Nothing waits: everything is said.\n0 waiting")


def test_what_waits_is_listed_before_the_tick(terminal: Terminal) -> None:
    terminal.log()

    rows = terminal.typed("outbox", "--json").json["rows"]

    assert [(one["kind"], one["state"]) for one in rows] == [
        ("card", "waiting"),
        ("thread", "waiting"),
    ]


def test_what_could_not_be_delivered_is_shown_with_its_reason(gone: Terminal) -> None:
    rows = gone.typed("outbox", "--json").json["rows"]

    assert {one["kind"] for one in rows} == {"card", "notice"}
    assert KEY in {one["key"] for one in rows}
    assert {(one["state"], one["trouble"]) for one in rows} == {
        ("undeliverable", "team:control-room is not here any more")
    }
    assert "0 waiting, 0 sending, 0 gathering, 2 undeliverable." in gone.done("outbox")


@pytest.mark.parametrize(("which", "tried"), [([KEY], 1), (["--all"], 2)])
def test_it_is_tried_again_by_hand_and_said_once(
    gone: Terminal, which: list[str], tried: int
) -> None:
    gone.recorder.gone.clear()

    rehearsed = gone.done("outbox", "retry", *which, "--dry-run")
    after_rehearsal = gone.typed("outbox", "--json").json["counts"]["undeliverable"]
    done = gone.done("outbox", "retry", *which)
    gone.done("tick")
    gone.done("tick")

    assert rehearsed.endswith("Nothing is changed. These would be tried again.\n")
    assert after_rehearsal == 2
    assert done.endswith(f"{tried} will be tried again by the next delivery.\n")
    assert gone.recorder.keys.count(KEY) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["retry"], "Say which to try again: their keys, or --all. See the keys with: foi outbox"),
        (["retry", KEY, "--all"], "Say which to try again: their keys, or --all."),
        (["resend"], "The outbox knows nothing to do that is called “resend”."),
        (["retry", "x"], "Nothing that was set aside has the key “x”."),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    gone: Terminal, words: list[str], sentence: str
) -> None:
    answer = gone.typed("outbox", *words)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(sentence)
