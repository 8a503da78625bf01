"""An authority edits the words; a mistake in them is told, and never becomes a gap in a letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.law.answers_by_chance import DUE, RECEIVED
from tests.letters.examples import (
    CALLS_IN_2019,
    COMMISSIONER,
    CONFIG,
    ENVELOPE,
    LAW_ENFORCEMENT,
    WORDS,
    complete,
)
from workflow.law.answer import CostRefusal, Held, NoReview, Outcome, Question, Vexatious, Withheld
from workflow.law.cost_limit import Activity, AuthorityClass, SearchTime, cost_of
from workflow.law.public_interest import Pending
from workflow.law.regime import Regime
from workflow.letters.compose import NoLetterUnderThisLaw, compose
from workflow.letters.contents import (
    Acknowledgement,
    AnswerToRequest,
    Applicant,
    Charge,
    Clarification,
    Contents,
    Extension,
    FeesNotice,
    Finding,
    Kind,
    ReviewAcknowledgement,
    Reviewed,
    ReviewOutcome,
    Transfer,
    kind_of,
    without_applicant,
)
from workflow.letters.plain import to_plain
from workflow.letters.reading import read_letter
from workflow.letters.wording import Wording, WordingError

GIVEN = Question(1, "How many?", Held.HELD, disclosed="Twelve.")
REFUSED = Question(1, "How?", Held.HELD, withheld=(Withheld("the plans", ("s.31(1)(a)",)),))
ONE = replace(
    CALLS_IN_2019, questions=(REFUSED,), reliances=(LAW_ENFORCEMENT,), outcome=Outcome.REFUSE
)
PENDING = replace(ONE, reliances=(replace(LAW_ENFORCEMENT, test=Pending(date(2020, 9, 9))),))  # Wed
COST = cost_of([SearchTime(Activity.LOCATING, 1200)], authority=AuthorityClass.OTHER)

EXAMPLES: dict[Kind, Contents] = {
    kind_of(one): one
    for one in (
        Acknowledgement(RECEIVED, DUE),
        Clarification(RECEIVED, ("Which year?", "Which road?"), "Our roads are listed by ward."),
        FeesNotice(
            RECEIVED,
            (Charge("Copying 200 pages", Decimal("20.00")), Charge("Postage", Decimal("3.50"))),
            date(2026, 6, 4),  # Thu
            "Pay at https://midshire.example/pay.",
        ),
        Extension(complete(PENDING)),
        AnswerToRequest(
            complete(replace(ONE, outcome=Outcome.DISCLOSE, questions=(GIVEN,), reliances=()))
        ),
        AnswerToRequest(complete(CALLS_IN_2019)),
        AnswerToRequest(complete(ONE)),
        AnswerToRequest(
            complete(
                replace(
                    ONE,
                    outcome=Outcome.NOT_HELD,
                    questions=(Question(1, "How many?", Held.NOT_HELD),),
                    reliances=(),
                )
            )
        ),
        AnswerToRequest(
            complete(
                replace(
                    ONE,
                    outcome=Outcome.COST,
                    questions=(Question(1, "Every message?", Held.HELD),),
                    reliances=(),
                    cost=CostRefusal(COST, "You could ask for one month."),
                )
            )
        ),
        AnswerToRequest(
            complete(
                replace(
                    ONE,
                    outcome=Outcome.VEXATIOUS,
                    questions=(Question(1, "Why?", None),),
                    reliances=(),
                    vexatious=Vexatious("s.14(2)", "We answered it on 2 March 2020."),
                )
            )
        ),
        Transfer(
            RECEIVED, "Midshire Council", ("foi@midshire-council.example",), "The plans", True
        ),
        ReviewAcknowledgement(date(2020, 8, 10), date(2020, 9, 8), "Ruth Lindqvist"),  # Mon, Tue
        ReviewOutcome(
            date(2020, 8, 10),  # Mon
            date(2020, 7, 30),  # Thu
            "Ruth Lindqvist",
            (
                Reviewed("Section 24(1)", Finding.UPHELD, "The harm is plain."),
                Reviewed("Section 31(1)(a)", Finding.OVERTURNED, "The harm is remote."),
            ),
            COMMISSIONER,
        ),
    )
}


# The EIR have no ss.10(3), 12 and 14, and so no such letters.
FOIA_ALONE = (Kind.EXTENSION, Kind.COST_LIMIT, Kind.VEXATIOUS)


def test_every_letter_has_an_example_here_and_a_template() -> None:
    templates = {path.stem for path in (CONFIG / "letters").glob("*.md")} - {"README"}

    assert set(EXAMPLES) == set(Kind)
    assert templates == {str(kind) for kind in Kind}


@pytest.mark.parametrize("kind", Kind)
def test_every_letter_names_the_applicant_the_signatory_and_the_reference(kind: Kind) -> None:
    letter = to_plain(compose(ENVELOPE, EXAMPLES[kind], words=WORDS))

    for words in ("Dear Alex Morgan,", "Dana Whitfield", "002335/20", "Midshire Police"):
        assert words in letter
    assert "{" not in letter
    assert "None" not in letter


@pytest.mark.parametrize("kind", [one for one in Kind if one not in FOIA_ALONE])
def test_every_letter_can_be_written_under_the_eir(kind: Kind) -> None:
    eir = replace(ENVELOPE, regime=Regime.EIR)

    assert "Dear Alex Morgan," in to_plain(compose(eir, EXAMPLES[kind], words=WORDS))


@pytest.mark.parametrize(
    "kind",
    [
        Kind.EXTENSION,
        Kind.PART_DISCLOSURE,
        Kind.REFUSAL,
        Kind.COST_LIMIT,
        Kind.VEXATIOUS,
        Kind.DISCLOSURE,
        Kind.NOT_HELD,
    ],
)
def test_every_answer_passes_the_check(kind: Kind) -> None:
    letter = to_plain(compose(ENVELOPE, EXAMPLES[kind], words=WORDS))

    assert read_letter(letter).missing == ()


def test_a_preview_names_no_applicant() -> None:
    preview = to_plain(
        compose(without_applicant(ENVELOPE), EXAMPLES[Kind.PART_DISCLOSURE], words=WORDS)
    )

    assert "Alex" not in preview
    assert "Orchard" not in preview
    assert "Dear [name of the applicant]," in preview


def test_an_authority_without_a_review_says_so_and_sends_on_to_the_commissioner() -> None:
    answer = AnswerToRequest(complete(replace(ONE, review=NoReview())))

    letter = to_plain(compose(ENVELOPE, answer, words=WORDS))

    assert "no procedure for dealing with complaints" in " ".join(letter.split())
    assert read_letter(letter).missing == ()


def test_there_are_no_letters_under_scottish_law() -> None:
    with pytest.raises(NoLetterUnderThisLaw):
        compose(replace(ENVELOPE, regime=Regime.FOISA), EXAMPLES[Kind.TRANSFER], words=WORDS)


@pytest.fixture
def edit(tmp_path: Path) -> Callable[[str], Wording]:
    def write(template: str) -> Wording:
        (tmp_path / "letters").mkdir()
        (tmp_path / "letters" / "transfer.md").write_text(template)
        return Wording(tmp_path)

    return write


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("one\n{{ letter.refrence }}\n", "letters/transfer.md, line 2: "),
        ("{% if it.body %}\nnever closed\n", "letters/transfer.md, line 2: "),
        ("{{ it.what|shout }}", "letters/transfer.md, line 1: "),
        ("{{ it.what|safe }}", "letters/transfer.md, line 1: "),  # no way round the escaping
        ("a\n\n{{ letter.__class__.__mro__ }}", "letters/transfer.md, line 3: "),
        ('{% include "parts/nowhere.md" %}', "letters/transfer.md"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    edit: Callable[[str], Wording], template: str, told: str
) -> None:
    with pytest.raises(WordingError) as refused:
        compose(ENVELOPE, EXAMPLES[Kind.TRANSFER], words=edit(template))

    assert str(refused.value).startswith(told), refused.value


def test_a_missing_template_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(WordingError) as refused:
        compose(ENVELOPE, EXAMPLES[Kind.TRANSFER], words=Wording(tmp_path))

    assert refused.value.template == "transfer.md"


def test_what_an_applicant_is_called_cannot_change_the_letter() -> None:
    called = "## Alex | **{{ 7*7 }}**\n- <b>Morgan</b> https://evil.example"
    envelope = replace(ENVELOPE, applicant=Applicant(called))

    plain = compose(ENVELOPE, EXAMPLES[Kind.TRANSFER], words=WORDS)
    letter = compose(envelope, EXAMPLES[Kind.TRANSFER], words=WORDS)

    assert [type(one) for one in letter.blocks] == [type(one) for one in plain.blocks]
    assert "Dear ## Alex | **{{ 7*7 }}**\n- <b>Morgan</b> https://evil.example," in to_plain(letter)
