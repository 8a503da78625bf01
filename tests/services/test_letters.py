"""The real request answered by acts alone, and the letter that follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demonstration.story import CALLS
from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.casework.errors import Lacking
from workflow.letters.plain import to_plain
from workflow.letters.reading import read_letter
from workflow.services import acts, answers, correspondence, lists
from workflow.services.forms import from_text
from workflow.services.office import Office
from workflow.services.verbs import act_of, verb_named

CONFIG = Path(__file__).resolve().parents[2] / "config"

# Who types what, after the reference, from receipt to the decision: eleven questions, one
# disclosed, ten pointed to what is published and for the rest withheld.
TYPED = (
    ("dana", "allocate control-room"),
    ("amira", "claim"),
    ("amira", "search 1.5 found the command and control archive"),
    ("amira", "return held"),
    ("dana", "exempt s.24(1) It would show which systems guard emergency communications."),
    ("dana", "exempt s.31(1)(a) It would help those who want to interrupt calls for help."),
    ("dana", "harm s.24(1) would Attackers would learn which weaknesses to look for."),
    ("dana", "harm s.31(1)(a) would-be-likely Crimes would be timed to a disruption."),
    (
        "dana",
        "interest s.24(1) Public money is spent. | Lives depend on it. | Safety outweighs makes.",
    ),
    (
        "dana",
        "interest s.31(1)(a) Choices are seen. | Crime is easier. | The rest helps offenders.",
    ),
    ("dana", "answer 1 disclosed 159,740 emergency calls were received in 2019."),
    ("dana", "answer 2-11 elsewhere The published contracts | the police contracts database"),
    ("dana", "answer 2-11 withheld s.24(1),s.31(1)(a) The unpublished detail of the system"),
    ("dana", "decide part The figure, where the contracts are, and the rest withheld."),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(
        database_url=f"sqlite:///{tmp_path / 'office.db'}",
        config_dir=CONFIG,
        messenger=Recorder(),
        now=lambda: datetime(2020, 7, 30, 9, tzinfo=UTC),
    )
    acts.log(
        opened,
        officer=opened.roster.officer("dana"),
        reference=CALLS.reference,
        subject=CALLS.subject,
        description=CALLS.description,
        received=CALLS.received,
        questions=CALLS.questions,
        applicant=("Ann Applicant", "ann@example.org"),
    )
    yield opened
    opened.store.close()


def type_(office: Office, who: str, line: str) -> None:
    word, _, words = line.partition(" ")
    request = lists.find(office, CALLS.reference)
    act = act_of(verb_named(word), request.stage)
    officer = office.roster.officer(who)
    acts.perform(office, act, CALLS.reference, officer=officer, **from_text(act, words))


def answered(office: Office, *, without: str = "") -> None:
    for who, line in TYPED:
        if not without or not line.startswith(without):
            type_(office, who, line)


def missing(office: Office) -> tuple[str, ...]:
    return answers.check(office, lists.find(office, CALLS.reference)).missing


def test_acts_alone_lead_to_a_letter_in_which_s17_lacks_nothing(office: Office) -> None:
    answered(office)
    dana = office.roster.officer("dana")

    letter = to_plain(correspondence.letter(office, CALLS.reference, officer=dana).document)

    assert missing(office) == ()
    assert "159,740 emergency calls were received in 2019." in letter
    assert "We are relying on this exemption for questions 2 to 11." in letter
    assert [one.what for one in read_letter(letter).missing] == []


@pytest.mark.parametrize(
    ("who", "line", "words"),
    [
        ("amira", "", "The figure, where the contracts are, and the rest withheld."),
        ("dana", "draft We are sorry for the wait.", "We are sorry for the wait."),
    ],
)
def test_what_the_desk_says_in_its_own_words_stands_in_the_letter_once(
    office: Office, who: str, line: str, words: str
) -> None:
    answered(office)
    if line:
        type_(office, who, line)

    letter = correspondence.letter(
        office, CALLS.reference, officer=office.roster.officer("dana")
    ).document

    assert to_plain(letter).count(words) == 1


def test_an_exemption_may_relieve_from_confirming_one_thing_and_from_disclosing_another(
    office: Office,
) -> None:
    for who, line in TYPED[:-3]:
        type_(office, who, line)
    type_(office, "dana", "answer 2-3 neither s.31(1)(a) Whether there is such a plan")
    type_(office, "dana", "answer 4-11 withheld s.24(1),s.31(1)(a) The detail of the system")
    type_(office, *TYPED[-1])
    dana = office.roster.officer("dana")

    letter = to_plain(correspondence.letter(office, CALLS.reference, officer=dana).document)

    assert "section 31(3)" in letter
    assert "We are relying on this exemption for questions 4 to 11." in letter


def test_a_preview_does_not_name_the_applicant_and_the_letter_does(office: Office) -> None:
    answered(office)
    dana = office.roster.officer("dana")

    preview, letter = (
        to_plain(
            correspondence.letter(
                office, CALLS.reference, officer=dana, with_applicant=named
            ).document
        )
        for named in (False, True)
    )

    assert "Ann Applicant" not in preview
    assert "Dear Ann Applicant," in letter


@pytest.mark.parametrize(
    ("without", "section"),
    [
        ("answer 1 ", "s.1(1)(a)"),
        ("interest s.24(1)", "s.17(3)"),
    ],
)
def test_what_was_left_out_is_named_with_its_section(
    office: Office, without: str, section: str
) -> None:
    answered(office, without=without)

    assert {line.partition(":")[0] for line in missing(office)} == {section}
    with pytest.raises(Lacking, match="is not complete"):
        correspondence.letter(office, CALLS.reference, officer=office.roster.officer("dana"))


def test_without_the_harm_that_an_exemption_rests_on_nothing_is_decided(office: Office) -> None:
    with pytest.raises(Lacking, match=r"s\.31\(1\)\(a\) rests on harm.*s\.17\(1\)\(c\)"):
        answered(office, without="harm s.31(1)(a)")


def test_nothing_is_withheld_under_an_exemption_that_nobody_engaged(office: Office) -> None:
    for who, line in TYPED[:4]:
        type_(office, who, line)

    with pytest.raises(Lacking, match=r"s\.40\(2\) is not engaged"):
        type_(office, "dana", "answer 3 withheld s.40(2) a name")
