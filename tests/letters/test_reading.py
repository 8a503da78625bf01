"""A letter that somebody else wrote is read for what s.17 asks: found with its words, or not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.law.answers_by_chance import complete_answers
from tests.letters.examples import CALLS_IN_2019, ENVELOPE, WORDS, complete
from workflow.law.answer import Answer
from workflow.law.regime import Regime
from workflow.letters.compose import compose
from workflow.letters.contents import AnswerToRequest, Envelope
from workflow.letters.plain import to_plain
from workflow.letters.reading import read_letter

FAULTY = Path(__file__).with_name("faulty_refusal.txt").read_text(encoding="utf-8")

POINTER = "Details of agreements are available on the register at the following link:"[:70]


def written(answer: Answer, envelope: Envelope = ENVELOPE) -> str:
    return to_plain(compose(envelope, AnswerToRequest(complete(answer)), words=WORDS), width=1000)


def lacking(text: str) -> set[tuple[str, str]]:
    return {(one.section, one.what) for one in read_letter(text).missing}


def test_a_faulty_refusal_is_told_everything_that_it_lacks() -> None:
    reading = read_letter(FAULTY)

    assert [(one.section, one.what) for one in reading.missing] == [
        ("s.1(1)(a)", "whether it is held, question by question"),
        ("s.17(1)(b)", "the subsection and limb of s.31"),
        ("s.17(1)(b)", "which questions are refused under s.31"),
        ("s.17(1)(c)", "the harm of s.31: would, or would be likely to"),
        ("s.17(3)", "reasons why the balance falls as it does, for s.31"),
        ("s.17(1)(b)", "the subsection and limb of s.43"),
        ("s.17(1)(b)", "which questions are refused under s.43"),
        ("s.17(1)(c)", "why s.43 applies"),
        ("s.17(3)", "reasons why the balance falls as it does, for s.43"),
        ("s.21(1)", f"the exemption for what is already public (“{POINTER}”)"),
        ("s.10(1)", "the time limit, and whether it was met"),
        ("s.17(7)(a)", "review: where to send a request for review"),
        ("s.17(7)(a)", "review: the time to ask in"),
        ("s.17(7)(a)", "review: when a review is answered"),
        ("s.17(7)(b)", "the right to apply under section 50"),
        ("s.17(7)(b)", "the Commissioner's website"),
        ("s.17(7)(b)", "the Commissioner's telephone number"),
        ("s.17(7)(b)", "the Commissioner's postal address"),
    ]
    assert [one.what for one in reading.unpractised] == [
        "the applicant's name",
        "the name of who signs",
        "advice and assistance",
        "the time to complain in",
    ]


def test_what_is_found_is_quoted() -> None:
    found = {one.what: one.words for one in read_letter(FAULTY).findings if one.is_found}

    assert found["that information is refused"] == (
        "All other details are exempt under Sections 31 & 43."
    )
    assert (
        found["arguments for disclosure, for s.43"] == "Section 43 - Factors favouring disclosure"
    )


def test_our_own_letter_lacks_nothing() -> None:
    reading = read_letter(written(CALLS_IN_2019))

    assert (reading.missing, reading.unpractised) == ((), ())


@settings(max_examples=200, deadline=None)
@given(complete_answers())
def test_every_letter_that_we_write_passes_the_check(answer: Answer) -> None:
    envelope = ENVELOPE if answer.regime is Regime.FOIA else EIR_ENVELOPE

    reading = read_letter(written(answer, envelope))

    assert reading.missing == ()


EIR_ENVELOPE = Envelope(
    ENVELOPE.reference,
    ENVELOPE.subject,
    ENVELOPE.dated,
    ENVELOPE.sender,
    ENVELOPE.applicant,
    ENVELOPE.signatory,
    Regime.EIR,
)


def without(pattern: str) -> Callable[[str], str]:
    """Take every line that bears a sign out of a letter."""
    sign = re.compile(pattern, re.IGNORECASE)
    return lambda text: "\n".join(line for line in text.split("\n") if not sign.search(line))


def instead(pattern: str, words: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, words, text)


@pytest.mark.parametrize(
    ("spoil", "section", "what"),
    [
        (without("section 50"), "s.17(7)(b)", "the right to apply under section 50"),
        (without("by telephone"), "s.17(7)(b)", "the Commissioner's telephone number"),
        (without(r"ico\.org"), "s.17(7)(b)", "the Commissioner's website"),
        (without("wycliffe"), "s.17(7)(b)", "the Commissioner's postal address"),
        (instead("Please ask within 40 working days", "Please ask soon"),
         "s.17(7)(a)", "review: the time to ask in"),
        (instead("within 20 working days", "when we can"),
         "s.17(7)(a)", "review: when a review is answered"),
        (without("by email: |by post: information management"),
         "s.17(7)(a)", "review: where to send a request for review"),
        (instead(r"ection 31\(1\)\(a\)", "ection 31"),
         "s.17(1)(b)", "the subsection and limb of s.31"),
        (instead(r"ection 24\(1\)", "ection 24"), "s.17(1)(b)", "the subsection and limb of s.24"),
        (without("would be likely to prejudice"),
         "s.17(1)(c)", "the harm of s.31: would, or would be likely to"),
        (without("required for the purpose"),
         "s.17(1)(c)", "that s.24 is required to safeguard national security"),
        (without(r"balance lies under section 24"),
         "s.17(3)", "reasons why the balance falls as it does, for s.24"),
        (without(r"section 21"), "s.21(1)",
         "the exemption for what is already public"),
        (without("for questions 2 to 11"),
         "s.17(1)(b)", "which questions are refused under s.24"),
        (without("last day for answering"), "s.10(1)", "the time limit, and whether it was met"),
        (without("do we hold it"), "s.1(1)(a)", "whether it is held, question by question"),
    ],
)  # fmt: skip
def test_a_letter_is_told_what_was_taken_out_of_it(
    spoil: Callable[[str], str], section: str, what: str
) -> None:
    whole = written(CALLS_IN_2019)
    spoiled = spoil(whole)
    assert spoiled != whole

    found = lacking(spoiled)

    assert any(where == section and missing.startswith(what) for where, missing in found), found


def test_an_answer_that_refuses_nothing_is_asked_for_less() -> None:
    reading = read_letter(
        "Dear Alex Morgan,\n\nWe received your request on 3 March 2026. We hold this information: "
        "the figure is 12.\n\nWe are answering within the time allowed, on 9 March 2026.\n"
    )

    assert (reading.is_refusal, reading.missing) == (False, ())


def test_a_pending_decision_needs_its_estimate() -> None:
    pending = (
        "We need more time to consider the public interest under section 31(1)(a).\n\n"
        "We will write again."
    )
    estimated = pending.replace("again.", "again by 20 April 2026.")

    what = ("s.17(2)", "the date by which the public interest will be decided")
    assert what in lacking(pending)
    assert what not in lacking(estimated)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "again",
    [
        "sections 1, 2, 3, ",
        "1. a? ",
        "s.31(",
        "ask please within ",
        "we will answer ",
        "aaaaaaaaaa",
    ],
)
def test_a_letter_made_to_take_for_ever_is_read_in_time(again: str) -> None:
    hostile = "We refuse, section 31, internal review\n\n" + again * 20_000

    assert read_letter(hostile).is_refusal
