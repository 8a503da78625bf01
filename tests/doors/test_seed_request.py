"""A real request of eleven questions, answered through Slack alone, to a letter that s.17 accepts.

A police force answered it in 2020: one figure, a link, and the rest withheld under ss.24, 31. Its
facts are the demonstration's; the words here are ours, and so is what its letter left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.doors.buttons import sentence
from tests.doors.programs import ROOT
from tests.doors.tell import CALLS, days_pass_until
from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.letters.docx import to_docx
from workflow.letters.pdf import to_pdf
from workflow.services import correspondence, letter_check

if TYPE_CHECKING:
    from pathlib import Path

    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Page

DISCLOSED = "159,740 emergency calls were received in 2019."
CLAIMED = (
    ("amira", "search REF 2 found the command and control archive"),
    ("amira", "search REF 1.5 found the contracts register"),
    ("amira", "return REF held The figure, and a contract for each of the ten systems."),
)
ANSWERED = (
    f"answer REF 1 disclosed {DISCLOSED}",
    (
        "answer REF 2 elsewhere The supplier and the renewal date of the call recording contract | "
        "the police contracts database at https://www.blpd.gov.uk/foi/foi.aspx"
    ),
    (
        "exempt REF s.24(1) The contracts name the make and version of the systems on which the "
        "emergency services of the country rely, and when each is about to be replaced."
    ),
    (
        "exempt REF s.31(1)(a) Officers are sent to crimes in progress by these systems. Their "
        "makes and ages show where they are weak."
    ),
    (
        "harm REF s.24(1) would Hostile states look for control rooms with a known flaw. A list by "
        "force and product would spare them the search; withholding it is reasonably necessary."
    ),
    (
        "harm REF s.31(1)(a) would-be-likely Offenders who know the product can jam or flood it "
        "and time a burglary or an assault to the hour in which nobody can be sent."
    ),
    (
        "interest REF s.24(1) some: The public pays for these systems and may ask whether they are "
        "fit for an attack. | much: Emergency calls of a county depend on them. | Spending is "
        "open already in the published accounts; the detail would add little to that debate and "
        "much to an attack, whose victims would be those who call for help."
    ),
    (
        "interest REF s.31(1)(a) some: Suppliers are seen to be chosen fairly; failings come to "
        "light. | much: Crimes would be harder to stop while they happen. | Choice of suppliers is "
        "overseen by auditors and told in award notices; knowing each product helps offenders "
        "more than it helps oversight."
    ),
    (
        "answer REF 3-11 withheld s.24(1),s.31(1)(a) The name of the supplier and the renewal date "
        "of the contract"
    ),
    (
        "decide REF part One figure is disclosed, one contract is published, and nine are withheld "
        "to protect emergency communications. help: We can tell you what the force spends on such "
        "systems in a year, and when it last tested them: ask us for that."
    ),
)


def type_(page: Page, who: str, text: str) -> str:
    answer = page.says(who, f"/foi {text}".replace("REF", CALLS))
    assert answer.startswith(f"{CALLS}: "), answer
    page.let_it_settle()
    return answer


@pytest.fixture
def answered(fresh: Demonstration) -> Demonstration:
    """Give the demonstration on Thursday 30 July 2020, the answer decided and not yet approved."""
    page = fresh.page
    type_(page, "amira", "claim REF")
    days_pass_until(page, "Thu 2020-07-30")
    for who, text in CLAIMED:
        type_(page, who, text)
    for text in ANSWERED[:-1]:
        type_(page, "dana", text)
    type_(page, "dana", ANSWERED[-1])
    return fresh


def test_the_real_request_is_answered_through_slack_and_its_letter_lacks_nothing(
    answered: Demonstration, tmp_path: Path
) -> None:
    page = answered.page
    assert page.says("dana", f"/foi check {CALLS}") == (
        f"{CALLS}: nothing that s.17 asks for is missing."
    )
    assert page.says("dana", f"/foi issue {CALLS}").startswith(f"{CALLS} is not approved yet.")
    assert "only an approver can approve" in page.says("dana", f"/foi approve {CALLS}")
    type_(page, "grace", "approve REF")
    issued = type_(page, "dana", "issue REF by e-mail")

    assert sentence({"reply": {"text": issued}}) == (
        f"{CALLS}: Dana Whitfield issued the response: by e-mail. "
        "Answered Thursday 30 July 2020, on working day 12, in time."
    )
    office = open_office(
        database_url=answered.database, config_dir=ROOT / "config", messenger=Recorder()
    )
    dana = office.roster.officer("dana")
    document = correspondence.letter(office, CALLS, officer=dana).document
    office.store.close()
    for name, content in (("answer.docx", to_docx(document)), ("answer.pdf", to_pdf(document))):
        (tmp_path / name).write_bytes(content)
        read = letter_check.check(content, name=name)
        assert [one.what for one in read.findings if not one.is_found] == [], name
    assert document.dated.isoformat() == "2020-07-30"
