"""Taking back what one has just done, at a desk that is served by signed HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doors.buttons import labels, press_on_card, sentence, stage_on
from tests.doors.page import DESK
from tests.doors.tell import CALLS

if TYPE_CHECKING:
    from tests.doors.page import Page


def test_the_answer_to_an_act_offers_to_undo_it(page: Page) -> None:
    pressed = press_on_card(page, "amira", CALLS, "Claim")
    offered = pressed["reply"]
    assert labels(offered["blocks"]) == ["Undo"]

    undone = page.press("amira", offered["ts"], "act:undo", CALLS, channel=DESK)
    page.let_it_settle()

    assert sentence(undone).startswith(
        f"{CALLS}: Amira Hassan undid what they had just done (claim)."
    )
    assert stage_on(page.card(CALLS)) == "Received"
    assert page.thread(CALLS)[-2:] == [
        "Amira Hassan claimed it.",
        "Amira Hassan undid what they had just done (claim).",
    ]


def test_undo_without_a_reference_means_ones_own_last_act(page: Page) -> None:
    page.says("amira", f"/foi claim {CALLS}")

    assert page.says("joel", f"/foi undo {CALLS}") == (
        f"Amira Hassan did the last act on {CALLS}: claim. Only they can undo it."
    )
    assert page.says("amira", "/foi undo").startswith(f"{CALLS}: Amira Hassan undid")
