"""What stands above the fields of a form: what one has to know to fill it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids, wording
from bot.blocks.text import Block, button, context, escape, plain, remark, said, section, shortened
from workflow.casework.guidance import questions_about
from workflow.casework.ladder import UK
from workflow.casework.request import search_cost
from workflow.casework.stages import Act
from workflow.law.answer import Outcome
from workflow.law.dates import long_date
from workflow.services.fields import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from workflow.casework.request import InformationRequest
    from workflow.law.cost_limit import AuthorityClass

LONGEST_QUOTE = 1500
LONGEST_QUESTION = 200
MOST_PROMPTS = 5


def above(act: Act, request: InformationRequest, *, authority: AuthorityClass) -> list[Block]:
    """Draw what one has to know to do an act on a request; nothing where its name says enough."""
    drawing = _ABOVE.get(act)
    return drawing(request, authority) if drawing else []


def to_think_about(
    act: Act, request: InformationRequest, guidance: Mapping[str, tuple[str, ...]]
) -> list[Block]:
    """Ask what the authority wants thought about before a test is written down; never answer it."""
    if act is not Act.RECORD_PUBLIC_INTEREST_TEST:
        return []
    return [
        remark(
            wording.to_think_about(escape(one.section)),
            " ".join(questions_about(guidance, one.section)),
        )
        for one in request.exemptions[:MOST_PROMPTS]
        if questions_about(guidance, one.section)
    ]


def begun(at: datetime) -> Block:
    """Say that a draft is filled in, and offer to begin afresh."""
    local = at.astimezone(UK)
    words = wording.draft_of(long_date(local.date()), f"{local:%H:%M}")
    afresh = button("Start afresh", ids.AFRESH, ids.AFRESH)
    return {"type": "section", "text": plain(words, 150), "accessory": afresh}


def from_message(sent: date) -> Block:
    """Say which day a message gives as the date of receipt."""
    return context(wording.sent_on(long_date(sent)))


def concerned(words: Sequence[str]) -> list[Block]:
    """Draw what is to be thought about before a request is logged."""
    return [
        section(wording.BEFORE_LOGGING),
        *(said(one) for one in words),
        context(wording.LOG_ANYWAY),
    ]


def meanwhile(changes: Sequence[str]) -> list[Block]:
    """Tell what others did while a form was being filled in."""
    return [
        section(wording.CHANGED_SINCE),
        said(shortened("\n".join(changes), LONGEST_QUOTE)),
        context(wording.GO_ON_ANYWAY),
    ]


def cost(request: InformationRequest, authority: AuthorityClass) -> str:
    """Say how much of the limit of s.12 is used: "3.5 h logged: £87.50 of £450.00 (s.12)"."""
    found = search_cost(request, authority=authority)
    limit = found.limit_pence / 100
    more = ""
    if found.is_exceeded:
        more = wording.LIMIT_EXCEEDED
    elif found.is_near:
        more = wording.LIMIT_NEAR
    hours = f"{request.hours_searched:g}"
    spent = wording.spent(str(found.pounds), f"{limit:.2f}")
    return f"{hours} h logged so far. {spent}{more}"


def _questions(request: InformationRequest, _authority: AuthorityClass) -> list[Block]:
    """List what is asked, and of each question what becomes of it so far."""
    becomes: dict[int, list[str]] = {}
    for one in request.answers:
        becomes.setdefault(one.number, []).append(in_words(one.treatment))
    lines = [
        wording.question(number, shortened(words, LONGEST_QUESTION), becomes.get(number, ()))
        for number, words in enumerate(request.questions or (request.description,), 1)
    ]
    return [said(shortened("\n".join(lines), LONGEST_QUOTE))]


def _searches(request: InformationRequest, authority: AuthorityClass) -> list[Block]:
    return [context(escape(cost(request, authority)))]


def _grounds(request: InformationRequest, _authority: AuthorityClass) -> list[Block]:
    if not request.exemptions:
        return [context(wording.NO_EXEMPTION)]
    return [remark(f"*{escape(one.section)}*", one.why) for one in request.exemptions[:10]]


def _decision(request: InformationRequest, authority: AuthorityClass) -> list[Block]:
    held = (request.held or "not said yet").replace("-", " ")
    return [
        context(wording.searches_found(escape(held))),
        *_grounds(request, authority),
        *_searches(request, authority),
    ]


def _approval(request: InformationRequest, authority: AuthorityClass) -> list[Block]:
    outcome = Outcome(request.outcome).words if request.outcome else ""
    made = [section(f"*You sign off:* {escape(outcome)}"), *_grounds(request, authority)]
    if request.letter.strip():
        made.append(said(shortened(request.letter, LONGEST_QUOTE)))
    else:
        made.append(context(wording.NO_LETTER))
    return [
        *made,
        context(f"The whole letter: `{ids.COMMAND} letter {escape(request.reference)}`"),
    ]


def _review(request: InformationRequest, authority: AuthorityClass) -> list[Block]:
    outcome = Outcome(request.outcome).words if request.outcome else ""
    return [
        context(wording.under_review(escape(outcome))),
        *_grounds(request, authority),
    ]


_ABOVE: dict[Act, Callable[[InformationRequest, AuthorityClass], list[Block]]] = {
    Act.SPLIT: _questions,
    Act.ANSWER: _questions,
    Act.LOG_SEARCH: _searches,
    Act.ESTIMATE: _searches,
    Act.RETURN_SEARCHES: _searches,
    Act.RECORD_HARM: _grounds,
    Act.RECORD_PUBLIC_INTEREST_TEST: _grounds,
    Act.EXTEND: _grounds,
    Act.DECIDE: _decision,
    Act.APPROVE: _approval,
    Act.DECIDE_REVIEW: _review,
}
