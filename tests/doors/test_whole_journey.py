"""From receipt to answer, through an internal review and back: by words only, by buttons only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doors.buttons import (
    APPLICANT,
    fill_in,
    labels,
    press_on,
    press_on_card,
    sentence,
    stage_on,
)
from tests.doors.tell import CALLS

if TYPE_CHECKING:
    from tests.doors.page import Page

# who types, what, and the stage in which the request then stands
BY_COMMANDS = [
    ("amira", "claim REF", "Searching"),
    ("amira", "search REF 2 found the command and control system", "Searching"),
    ("amira", "search REF 1.5 not-found the archive in the basement", "Searching"),
    ("amira", "return REF held All eleven answers are here.", "Consideration"),
    ("dana", "decide REF disclose The figures, and a table of ten contracts.", "Response"),
    ("tom", "draft REF Dear applicant, please find the answer below.", "Response"),
    ("grace", "approve REF", "Response"),
    ("dana", "issue REF by e-mail", "Closed"),
    ("dana", "review REF A contract is missing.", "Review"),
    ("ruth", "claim REF", "Review"),
    ("ruth", "decide REF upheld The table names all ten contracts.", "Closed"),
]

FILES = (
    "The draft of the answer to {reference}, to be approved.",
    "The answer to {reference} as it went out.",
    "The outcome of the review of {reference}.",
)
FILES_TOLD = DRAFT, ANSWER, OUTCOME = tuple(one.format(reference=CALLS) for one in FILES)

COMMANDS_TOLD = [
    "Dana Whitfield logged the request, received Tuesday 14 July 2020.",
    "Dana Whitfield acknowledged it to the applicant.",
    "Dana Whitfield allocated it to Control Room.",
    "Amira Hassan claimed it.",
    "Amira Hassan searched the command and control system (2 h): found.",
    "Amira Hassan searched the archive in the basement (1.5 h): not found.",
    "Amira Hassan returned the searches: held. All eleven answers are here.",
    "Dana Whitfield decided: disclose. The figures, and a table of ten contracts.",
    "Tom Ashworth drafted the letter.",
    "Grace Okafor approved the response.",
    (
        "Dana Whitfield issued the response: by e-mail. "
        "Answered Tuesday 14 July 2020, on working day 0, in time."
    ),
    "Dana Whitfield recorded a request for an internal review: A contract is missing.",
    "Ruth Lindqvist took the internal review.",
    "Ruth Lindqvist decided the review: upheld. The table names all ten contracts.",
]


def test_a_request_goes_the_whole_way_by_commands_only(page: Page) -> None:
    stages = []
    for who, text, _ in BY_COMMANDS:
        answer = page.says(who, f"/foi {text}".replace("REF", CALLS))
        assert answer.startswith(f"{CALLS}: "), answer
        page.let_it_settle()
        stages.append(stage_of(page, CALLS))

    assert stages == [stage for _, _, stage in BY_COMMANDS]
    told = page.thread(CALLS)
    assert [one for one in told if one not in FILES_TOLD] == COMMANDS_TOLD
    # Decided and drafted anew; issued; the review.
    assert [one for one in told if one in FILES_TOLD] == [DRAFT, DRAFT, ANSWER, OUTCOME]


# who presses what on the card, and what they fill in where a form opens
PRESSES: list[tuple[str, str, dict[str, str]]] = [
    ("dana", "Acknowledge", {}),
    ("dana", "Allocate", {"team": "digital"}),
    ("sian", "Claim", {}),
    ("sian", "Log search", {"hours": "0.5", "found": "found", "where": "the asset register"}),
    ("sian", "Return searches", {"held": "part-held", "note": "Only since 2018."}),
    ("dana", "Decide", {"outcome": "disclose", "reason": "What is held is attached."}),
    ("ruth", "Send back", {"reason": "Say what is not held."}),
    ("dana", "Engage exemption", {"section": "s.31(1)(a)", "why": "Two models can be traced."}),
    (
        "dana",
        "Record harm",
        {"section": "s.31(1)(a)", "likelihood": "would", "harm": "Thieves would find them."},
    ),
    (
        "dana",
        "Record public interest test",
        {
            "section": "s.31(1)(a)",
            "for_disclosure": "They were paid for by the public.",
            "for_withholding": "They hold what witnesses said.",
            "balance": "The safety of witnesses weighs more than two models.",
        },
    ),
    (
        "dana",
        "Answer",
        {"numbers": "1", "treatment": "disclosed", "words": "The number by year since 2018."},
    ),
    (
        "dana",
        "Answer",
        {
            "numbers": "1",
            "treatment": "withheld",
            "sections": "s.31(1)(a)",
            "words": "Two models.",
        },
    ),
    (
        "dana",
        "Answer",
        {"numbers": "1", "treatment": "not-held", "words": "The years before 2018."},
    ),
    ("dana", "Decide", {"outcome": "part", "reason": "What is held; nothing before 2018."}),
    ("grace", "Approve", {}),
    ("dana", "Issue", {}),
    ("dana", "Request review", {"reason": "Older laptops must be known."}),
    ("ruth", "Claim review", {}),
    ("ruth", "Decide review", {"outcome": "upheld", "reason": "Nothing older is held."}),
]

BUTTONS_TOLD = [
    "Dana Whitfield logged the request, received Tuesday 14 July 2020.",
    "Dana Whitfield acknowledged it to the applicant.",
    "Dana Whitfield allocated it to Digital and Technology.",
    "Siân Pritchard claimed it.",
    "Siân Pritchard searched the asset register (0.5 h): found.",
    "Siân Pritchard returned the searches: part held. Only since 2018.",
    "Dana Whitfield decided: disclose. What is held is attached.",
    "Ruth Lindqvist sent it back: Say what is not held.",
    "Dana Whitfield engaged s.31(1)(a): Two models can be traced.",
    "Dana Whitfield recorded the harm under s.31(1)(a) (would): Thieves would find them.",
    (
        "Dana Whitfield recorded the public interest test for s.31(1)(a): The safety of witnesses "
        "weighs more than two models. It favours withholding."
    ),
    "Dana Whitfield answered question 1: disclosed. The number by year since 2018.",
    "Dana Whitfield answered question 1: withheld. Two models.",
    "Dana Whitfield answered question 1: not held. The years before 2018.",
    "Dana Whitfield decided: disclose in part. What is held; nothing before 2018.",
    "Grace Okafor approved the response.",
    (
        "Dana Whitfield issued the response: by e-mail. "
        "Answered Tuesday 14 July 2020, on working day 0, in time."
    ),
    "Dana Whitfield recorded a request for an internal review: Older laptops must be known.",
    "Ruth Lindqvist took the internal review.",
    "Ruth Lindqvist decided the review: upheld. Nothing older is held.",
]


def test_a_request_goes_the_whole_way_by_buttons_and_forms_only(page: Page) -> None:
    menu = page.command("dana", "/foi")["reply"]
    opened = press_on(page, "dana", menu, "Log a request")
    logged = fill_in(
        page,
        "dana",
        opened,
        subject="Laptops by age",
        description="How many laptops does the force own, by year of purchase?",
        **APPLICANT,
    )
    reference = sentence(logged).split(":")[0]

    assert sentence(logged) == (
        f"{reference}: Dana Whitfield logged the request, received Tuesday 14 July 2020. "
        "Due Wednesday 12 August 2020, 20 working days left."
    )
    for who, label, form in PRESSES:
        pressed = press_on_card(page, who, reference, label)
        outcome = fill_in(page, who, pressed, **form) if pressed["view_id"] else pressed
        assert outcome["reply"]["text"].startswith(f"{reference}: "), outcome["reply"]["text"]
        assert outcome["reply"]["ephemeral"]
    page.let_it_settle()
    told = page.thread(reference)
    files = [one.format(reference=reference) for one in FILES]
    assert [one for one in told if one not in files] == BUTTONS_TOLD
    assert [one for one in told if one in files][-2:] == files[1:]
    assert stage_of(page, reference) == "Closed"


def stage_of(page: Page, reference: str) -> str:
    return stage_on(page.card(reference))


def test_what_has_no_room_on_the_card_is_one_press_further(page: Page) -> None:
    reference = "FOI-2020-0027"  # in consideration, where most is open

    shown = press_on_card(page, "dana", reference, "Everything you can do")["reply"]

    assert shown["ephemeral"]
    assert {"Decide", "Withdraw", "Transfer", "Update", "Escalate"} <= set(labels(shown["blocks"]))
    opened = press_on(page, "dana", shown, "Update")
    done = fill_in(page, "dana", opened, note="The applicant rang and is content to wait.")
    assert sentence(done).startswith("FOI-2020-0027: Dana Whitfield noted: The applicant rang")


def test_a_request_is_handed_to_a_colleague_who_is_told(page: Page) -> None:
    answer = page.says("sian", "/foi reassign FOI-2020-0031 @priya")

    page.let_it_settle()
    assert answer.startswith("FOI-2020-0031: Siân Pritchard reassigned it to Priya Raman. Due ")
    assert page.messages(dm="priya")[-1]["text"] == (
        "Siân Pritchard handed FOI-2020-0031 “Cost of storing body-worn video” to you."
    )
