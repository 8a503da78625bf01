"""The life of a simulated request, from its arrival to the last act on it, as one story.

It yields what it needs next, somebody's minutes or a day, and is sent the officer who came.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from workflow.casework.request import Treatment
from workflow.casework.roles import Officer
from workflow.casework.stages import Act
from workflow.law.cost_limit import Activity
from workflow.law.dates import corresponding_date
from workflow.law.regime import Regime
from workflow.services.simulated_requests import ELSEWHERE, HARMFUL, QUALIFIED
from workflow.services.simulated_work import Life, Wait, Work

if TYPE_CHECKING:
    from workflow.services.simulated_office import SimulatedOffice
    from workflow.services.simulated_requests import Asked

DESK, APPROVER, REVIEWER = "desk", "approver", "reviewer"
WINDOW = 56  # calendar days after an answer within which a review is certainly in its window
# Working days by which an exceptional review is extended (the Code, chapter 5: 40 in all).
REVIEW_FURTHER = 20
SILENCE = 3  # months
# Hours that reading every file would take, where a request is refused for its cost (s.12).
TOO_MANY_HOURS = 30.0
_BALANCE = {
    "for_disclosure": "It would show how decisions are made.",
    "for_withholding": "It would harm those who rely on it.",
    "balance": "The harm to people weighs more than what would be learnt.",
}


# A part of a life that tells whether it goes on.
_Part = Generator[Work | Wait, Officer, bool]


def live(office: SimulatedOffice, asked: Asked) -> Life:
    """Live through a request: logged, searched for, decided, answered, perhaps reviewed."""
    office.log(asked, (yield Work(DESK, 10)))
    office.do(Act.ACKNOWLEDGE, asked, (yield Work(DESK, 5)))
    if asked.transferred:
        office.do(Act.TRANSFER, asked, (yield Work(DESK, 15)), body="the county council")
        return
    if asked.unclear and not (yield from _clarified(office, asked)):
        return
    if not (yield from _searched(office, asked)):
        return
    decided_by = yield from _considered(office, asked)
    if decided_by is None or not (yield from _issued(office, asked, decided_by)):
        return
    if asked.review_after is not None:
        yield from _reviewed(office, asked, decided_by)


def answer_escalation(office: SimulatedOffice, asked: Asked, manager: Officer) -> Life:
    """Let a manager answer what was escalated with a plan; it may be closed by then."""
    manager = yield Work(f"@{manager.handle}", 5)
    office.do(Act.ACKNOWLEDGE_ESCALATION, asked, manager, plan="somebody will help with it")


def _clarified(office: SimulatedOffice, asked: Asked) -> _Part:
    question = "Which years do you mean?"
    if not office.do(Act.SEEK_CLARIFICATION, asked, (yield Work(DESK, 20)), question=question):
        return True
    if asked.clarified_after is None:
        return (yield from _lapsed(office, asked))
    yield Wait(office.today() + timedelta(days=asked.clarified_after))
    answer = "The last three."
    return office.do(Act.RECORD_CLARIFICATION, asked, (yield Work(DESK, 10)), answer=answer)


def _lapsed(office: SimulatedOffice, asked: Asked) -> _Part:
    """Wait in vain, and let it lapse. It goes on where that is refused: nothing was awaited."""
    yield Wait(corresponding_date(office.today(), SILENCE) + timedelta(days=2))
    why = "the applicant did not answer"
    return not office.do(Act.LAPSE, asked, (yield Work(DESK, 10)), reason=why)


def _searched(office: SimulatedOffice, asked: Asked) -> _Part:
    office.do(Act.ALLOCATE, asked, (yield Work(DESK, 5)), team=office.team_of(asked))
    holder = yield Work(office.team_of(asked), 10)
    if not office.do(Act.CLAIM, asked, holder):
        return False
    for hours, after in zip(asked.searches, asked.fetched_after, strict=True):
        if after:
            yield Wait(office.days.nth_after(office.today(), after))
        holder = yield Work(f"@{holder.handle}", 45, handed_on=True)
        found = "found" if asked.held else "not-found"
        if (yield from _withdrawn(office, asked)):
            return False
        office.do(
            Act.LOG_SEARCH, asked, holder, hours=hours, where="the records system", found=found
        )
    holder = yield Work(f"@{holder.handle}", 10, handed_on=True)
    if asked.outcome == "s.12":
        office.do(Act.ESTIMATE, asked, holder, activity=Activity.LOCATING, hours=TOO_MANY_HOURS)
    held = "held" if asked.held else "not-held"
    return office.do(Act.RETURN_SEARCHES, asked, holder, held=held)


def _withdrawn(office: SimulatedOffice, asked: Asked) -> _Part:
    """Say whether the applicant has withdrawn it by now; then the desk records that."""
    after = asked.withdrawn_after
    if after is None or office.today() < asked.on + timedelta(days=after):
        return False
    return office.do(Act.WITHDRAW, asked, (yield Work(DESK, 5)), reason="no longer needed")


def _considered(
    office: SimulatedOffice, asked: Asked
) -> Generator[Work | Wait, Officer, Officer | None]:
    """Go through consideration to the decision. Gives who decided; None where it came to none."""
    if asked.charged and not (yield from _charged(office, asked)):
        return None
    if asked.consulted_for:
        yield Wait(office.days.nth_after(office.today(), asked.consulted_for))
    desk = yield Work(DESK, asked.hard)
    _engaged(office, asked, desk)
    yield from _weighed(office, asked, desk)
    desk = yield Work(DESK, 30)
    _answered(office, asked, desk)
    return desk if _decide(office, asked, desk) else None


def _engaged(office: SimulatedOffice, asked: Asked, desk: Officer) -> None:
    """Engage each exemption, and say what harm those prevent that are about harm."""
    for section in asked.engaged:
        office.do(Act.ENGAGE_EXEMPTION, asked, desk, section=section, why="the file shows it")
        if section in HARMFUL:
            harm = {"likelihood": "would", "harm": "Those who rely on it would come to harm."}
            office.do(Act.RECORD_HARM, asked, desk, section=section, **harm)


def _answered(office: SimulatedOffice, asked: Asked, desk: Officer) -> None:
    """Answer what is refused in words of its own; what is given whole is told by the decision."""
    if not asked.sections:
        return
    if asked.outcome == "part":
        words = {"treatment": Treatment.DISCLOSED, "words": "The record, less what is withheld."}
        office.do(Act.ANSWER, asked, desk, numbers=(1,), **words)
    if ELSEWHERE in asked.sections:
        words = {"treatment": Treatment.ELSEWHERE, "words": "The register | our website"}
        office.do(Act.ANSWER, asked, desk, numbers=(1,), **words)
    if asked.engaged:
        words = {"treatment": Treatment.WITHHELD, "words": "The paragraphs that are blacked out."}
        office.do(Act.ANSWER, asked, desk, numbers=(1,), sections=asked.engaged, **words)


def _decide(office: SimulatedOffice, asked: Asked, desk: Officer) -> bool:
    reason = "As the searches and the balance of the public interest show."
    return office.do(Act.DECIDE, asked, desk, outcome=asked.outcome, reason=reason)


def _charged(office: SimulatedOffice, asked: Asked) -> _Part:
    fee = Decimal("24.50")
    if not office.do(Act.GIVE_FEES_NOTICE, asked, (yield Work(DESK, 20)), amount=fee):
        return True
    if asked.paid_after is None:
        return (yield from _lapsed(office, asked))
    yield Wait(office.today() + timedelta(days=asked.paid_after))
    return office.do(Act.RECORD_FEE, asked, (yield Work(DESK, 5)))


def _weighed(office: SimulatedOffice, asked: Asked, desk: Officer) -> Life:
    """Weigh the public interest, for longer where the time for it can still be extended."""
    qualified = [one for one in asked.engaged if one in QUALIFIED]
    if qualified and asked.weighed_for is not None and asked.regime is Regime.FOIA:
        reason = "the balance needs the views of others"
        if office.do(Act.EXTEND, asked, desk, section=qualified[0], reason=reason, further=20):
            yield Wait(office.days.nth_after(office.today(), asked.weighed_for))
        desk = yield Work(DESK, 40)
    for section in qualified:
        office.do(Act.RECORD_PUBLIC_INTEREST_TEST, asked, desk, section=section, **_BALANCE)


def _issued(office: SimulatedOffice, asked: Asked, decided_by: Officer) -> _Part:
    barred = frozenset({decided_by.handle})
    if asked.sent_back:
        approver = yield Work(APPROVER, 15, barred)
        if office.do(Act.SEND_BACK, asked, approver, reason="the reasons are too short"):
            again = yield Work(DESK, 30)
            _decide(office, asked, again)
            barred = frozenset({again.handle})
    office.do(Act.APPROVE, asked, (yield Work(APPROVER, 15, barred)))
    words = {"how": "by e-mail", "why_late": "There was more work than people."}
    return office.do(Act.ISSUE, asked, (yield Work(DESK, 10)), **words)


def _reviewed(office: SimulatedOffice, asked: Asked, decided_by: Officer) -> Life:
    after = asked.review_after or 1
    yield Wait(office.today() + timedelta(days=after))
    reason = "I disagree" if after < WINDOW - REVIEW_FURTHER else "late: the applicant was ill"
    if not office.do(Act.REQUEST_REVIEW, asked, (yield Work(DESK, 10)), reason=reason):
        return
    reviewer = yield Work(REVIEWER, 20, frozenset({decided_by.handle}))
    office.do(Act.CLAIM_REVIEW, asked, reviewer)
    own = f"@{reviewer.handle}"
    if asked.review_extended:
        yield Work(own, 10)
        why = "the file is large"
        office.do(Act.EXTEND_REVIEW, asked, reviewer, further=REVIEW_FURTHER, reason=why)
    yield Work(own, 90)
    outcome, reason = asked.review_outcome, "The decision was looked at afresh."
    found = "upheld" if outcome == "upheld" else "not-upheld"
    for section in asked.sections:
        words = {"section": section, "finding": found, "reasons": reason}
        office.do(Act.RECORD_FINDING, asked, reviewer, **words)
    decided = office.do(Act.DECIDE_REVIEW, asked, reviewer, outcome=outcome, reason=reason)
    if decided and asked.complained_after is not None:
        yield Wait(office.today() + timedelta(days=asked.complained_after))
        ico = f"IC-{asked.number:06d}"
        office.do(Act.RECORD_COMPLAINT, asked, (yield Work(DESK, 15)), ico_reference=ico)
