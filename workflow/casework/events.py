"""What happened: one frozen record per act, said in the past tense."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.stages import Act
from workflow.law.answer import Outcome
from workflow.law.naming import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request. `by` is an officer's handle, or None for the clock.

    `particulars` are the words and figures of the act, as text, in the order they are read.
    """

    act: Act
    by: str | None
    on: date
    particulars: Mapping[str, str] = field(default_factory=dict)


class Told(NamedTuple):
    """Somebody to be told at once because of an act: a person, a team's channel or the desk's."""

    kind: str
    name: str
    text: str


# How each act is said once it has happened. Words in braces are the particulars.
SAID: dict[Act, str] = {
    Act.LOG: "logged the request, received {received}: {earlier}",
    Act.ACKNOWLEDGE: "acknowledged it to the applicant",
    Act.CORRECT_RECEIPT: "corrected the date of receipt from {before} to {received}: {reason}",
    Act.ALLOCATE: "allocated it to {team}",
    Act.CLAIM: "claimed it",
    Act.RELEASE: "released it: {reason}",
    Act.REASSIGN: "reassigned it to {officer}",
    Act.SEEK_CLARIFICATION: "sought clarification: {question}",
    Act.RECORD_CLARIFICATION: "recorded the applicant's clarification: {answer}",
    Act.GIVE_FEES_NOTICE: "gave a fees notice of £{amount}",
    Act.RECORD_FEE: "recorded that the fee was received",
    Act.ESTIMATE: "estimated {hours} h for {activity}",
    Act.LOG_SEARCH: "searched {where} ({hours} h): {found}",
    Act.RETURN_SEARCHES: "returned the searches: {held}. {note}",
    Act.ENGAGE_EXEMPTION: "engaged {section}: {why}",
    Act.RECORD_HARM: "recorded the harm under {section} ({likelihood}): {harm}",
    Act.RECORD_OPINION: "recorded the opinion of {who}, {office_held}, on {section}: {opinion}",
    Act.ANSWER: "answered {numbers}: {treatment}. {words}",
    Act.RECORD_PUBLIC_INTEREST_TEST: "recorded the public interest test for {section}: {balance}",
    Act.EXTEND: "extended by {further}: {section} {reason}",
    Act.REFER: "referred it to {body}, the reply wanted by {wanted}: {reason}",
    Act.RECORD_REPLY: "recorded what {body} said: {reply}",
    Act.SEND_BACK: "sent it back: {reason}",
    Act.DECIDE: "decided: {outcome}. {reason}",
    Act.DRAFT_LETTER: "drafted the letter",
    Act.APPROVE: "approved the response",
    Act.ISSUE: "issued the response: {how}",
    Act.TRANSFER: "closed it: {body} holds the information",
    Act.WITHDRAW: "recorded that the applicant withdrew it: {reason}",
    Act.LAPSE: "closed it as lapsed: {reason}",
    Act.SPLIT: "split off questions {questions} as {part}, to be clarified: {question}",
    Act.GROUP: "noted for aggregation: {party}, on {matter}",
    Act.HAND_OVER: "handed it over to {officer}: {reason}",
    Act.RESTRICT: "restricted it to {names}: {reason}",
    Act.UNRESTRICT: "lifted the restriction: {reason}",
    Act.UPDATE: "noted: {note}",
    Act.CONFIRM: "is still working on it",
    Act.SNOOZE: "wants no reminders of it until {until}: {reason}",
    Act.ESCALATE: "escalated it to {manager}: {reason}",
    Act.ACKNOWLEDGE_ESCALATION: "acknowledged the escalation: {plan}",
    Act.REQUEST_REVIEW: "recorded a request for an internal review: {reason}",
    Act.CLAIM_REVIEW: "took the internal review",
    Act.EXTEND_REVIEW: "extended the review by {further} working days: {reason}",
    Act.RECORD_FINDING: "found on {section}: {finding}. {reasons}",
    Act.DECIDE_REVIEW: "decided the review: {outcome}. {reason}",
    Act.RECORD_COMPLAINT: "recorded a complaint to the ICO, {ico_reference}",
    Act.RECORD_ICO_QUESTIONS: "recorded that the ICO asks, answer by {answer_by}: {asked}",
    Act.ANSWER_ICO: "answered the ICO's questions: {note}",
    Act.RECORD_ICO_DECISION: "recorded the ICO's decision: {decision}. {steps}",
    Act.RECORD_STEPS: "recorded that the steps of the decision notice are taken: {note}",
    Act.RECORD_APPEAL: "recorded that the {appellant} appealed to the tribunal: {note}",
    Act.RECORD_TRIBUNAL: "recorded the tribunal's decision: {decision}",
    Act.REOPEN: "reopened it: {reason}",
    Act.UNDO: "undid what they had just done ({what})",
    Act.RECKON_ANEW: "moved the due date from {before} to {after}: {reason}",
}


# What is said besides, a sentence each, where the event has that particular.
BESIDES: dict[Act, dict[str, str]] = {
    Act.RECORD_PUBLIC_INTEREST_TEST: {"favours": "It favours {favours}"},
    Act.RECORD_OPINION: {"given": "Given on {given}"},
    Act.TRANSFER: {
        "passed_on": "The request was passed on to them",
        "advised": "The applicant was advised to ask them",
    },
    Act.RECORD_FINDING: {"balance": "The balance of the public interest: {balance}"},
    Act.APPROVE: {"lacking": "The answer still lacked: {lacking}"},
    Act.ISSUE: {
        "standing": "Answered {standing}",
        "why_late": "Late because: {why_late}",
        "lacking": "It lacked: {lacking}",
        "override": "Issued all the same because: {override}",
    },
}

# What a particular keeps short is said in words.
IN_WORDS: dict[Act, tuple[str, Callable[[str], str]]] = {
    Act.DECIDE: ("outcome", lambda kept: Outcome(kept.replace(" ", "-")).words),
    Act.ANSWER: ("numbers", lambda kept: numbered([int(one) for one in kept.split(", ")])),
}


def sentence(event: Event, *, name_of: Callable[[str | None], str]) -> str:
    """Say an event in the past tense, for the thread and the history: a sentence, or a few.

    The particulars stand as they were typed: whoever shows the sentence escapes it.
    """
    who = name_of(event.by) if event.by else "FOI Desk"
    words = _Blank(event.particulars)
    name, in_words = IN_WORDS.get(event.act, ("", str))
    if name in words:
        words[name] = in_words(words[name])
    said = [f"{who} {SAID[event.act]}"]
    said += [
        more for name, more in BESIDES.get(event.act, {}).items() if event.particulars.get(name)
    ]
    return " ".join(_ended(one.format_map(words)) for one in said)


def _ended(words: str) -> str:
    """End a sentence, an optional word of which may have been left out."""
    bare = words.rstrip(" .:").replace(":  ", ": ")
    return bare if bare.endswith(("?", "!")) else f"{bare}."


def standing(happened: Sequence[Event]) -> tuple[Event, ...]:
    """Leave out of a history what was undone, and the undoing: what figures are to count.

    Only the act right before can be undone, so the two stand side by side.
    """
    kept: list[Event] = []
    for event in happened:
        if event.act is Act.UNDO:
            kept.pop()
        else:
            kept.append(event)
    return tuple(kept)


class _Blank(dict[str, str]):
    """Particulars in which a missing optional word reads as nothing."""

    def __missing__(self, key: str) -> str:
        return ""
