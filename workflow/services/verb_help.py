"""The help of a verb: what it is for, an example that can be typed, and who may use it.

Made from the tables, so that a new row there has its help; Slack and the terminal print the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import either
from workflow.casework.stages import TRANSITIONS, Act, Stage, stages_of
from workflow.services.fields import Kind
from workflow.services.forms import FORMS
from workflow.services.verbs import LOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workflow.services.fields import Field
    from workflow.services.verbs import Verb

REFERENCE = "0042"  # in examples: references may be shortened

# What stands for a field in an example: by its kind, or better by its name. A field that is in
# neither is exemplified by its label, so that no row of a form needs one here.
_OF_KIND: Mapping[Kind, str] = {
    Kind.TEAM: "control-room",
    Kind.OFFICER: "joel",
    Kind.ANYBODY: "joel",
    Kind.OFFICERS: "amira,joel",
    Kind.DAY: "2020-07-14",
    Kind.HOURS: "1.5",
    Kind.WORKING_DAYS: "20",
    Kind.POUNDS: "12.50",
    Kind.SECTION: "s.31(1)(a)",
    Kind.WORD: "NPCC",
    Kind.NUMBERS: "3,4",
    Kind.SECTIONS: "s.24(1),s.31(1)(a)",
    Kind.TREATMENT: "withheld",
    Kind.ACTIVITY: "locating",
    Kind.REGIME: "foia",
}
_OF_FIELD: Mapping[str, str] = {
    "question": "Which stations do you mean?",
    "answer": "Those of the city",
    "where": "The call log of 2019",
    "harm": "Calls could be blocked",
    "words": "The detail of the system",
    "for_disclosure": "Public money is spent",
    "for_withholding": "The system protects life",
    "why": "It would tell where patrols are thin",
    "balance": "For: … Against: … On balance it is withheld.",
    "letter": "Dear applicant, the answer is below.",
    "plan": "Two officers join on Monday",
    "note": "The contract register came",
    "how": "by e-mail",
    "decision": "Complaint not upheld",
    "ico_reference": "IC-12345-A1B2",
    "subject": "Emergency calls in 2019",
    "description": "How many emergency calls were received in 2019?",
    "who": "Jo Lane",
    "office_held": "Chief Constable",
    "opinion": "Candid advice would dry up",
    "reasons": "The harm is shown",
    "reply": "They agree to disclose it",
    "asked": "Why was it late?",
    "body": "NPCC",
    "party": "Speed Watch",
    "matter": "cameras",
}

# What one verb needs said otherwise, or said though it may be left out.
_OF_VERB: Mapping[tuple[str, str], str] = {
    ("received", "reason"): "It lay in another mailbox",
    ("restrict", "reason"): "It names an informant",
    ("unrestrict", "reason"): "The trial is over",
    ("extend", "section"): "s.31(1)(a)",
    ("extend", "reason"): "Safety and scrutiny have to be weighed",
    ("back", "reason"): "The harm is not shown yet",
    ("decide", "reason"): "The figures of 2019 are attached.",
    ("lapse", "reason"): "No clarification came",
    ("snooze", "reason"): "The contractor replies on Monday",
    ("escalate", "reason"): "Two officers are ill",
    ("review", "reason"): "The contracts are said to be public",
    ("tribunal", "decision"): "Appeal dismissed",
    ("reopen", "reason"): "A page was left out",
}


class Help(NamedTuple):
    """What a verb is for, an example without the command's own name, and who may, in sentences."""

    purpose: str
    example: str
    who: tuple[str, ...]


def help_of(verb: Verb) -> Help:
    """Give the help of a verb."""
    purpose = f"{verb.summary[:1].upper()}{verb.summary[1:]}."
    if not verb.acts:
        look = LOOKS[verb.name]
        return Help(purpose, f"{verb.name} {look.example}".strip(), (look.who,))
    return Help(purpose, example(verb), tuple(map(who_may, verb.acts)))


def example(verb: Verb) -> str:
    """Write an example of a verb as it is typed after the command: "claim 0042"."""
    if verb.acts == (Act.LOG,):
        return f"{verb.name} {_OF_FIELD['subject']}"
    given = exemplified(verb)
    words = [_quoted(word_for(verb, one)) for one in given if one.kind is not Kind.TEXT]
    texts = [word_for(verb, one) for one in given if one.kind is Kind.TEXT]
    return " ".join([verb.name, REFERENCE, *words, " | ".join(texts)]).strip()


def exemplified(verb: Verb) -> list[Field]:
    """Give the fields that an example of a verb shows: what it requires, and what it needs."""
    form = FORMS[verb.acts[0]]
    return [one for one in form if one.required or (verb.name, one.name) in _OF_VERB]


def word_for(verb: Verb, field: Field) -> str:
    """Give the word or words that stand for a field in an example of a verb."""
    if said := _OF_VERB.get((verb.name, field.name)):
        return said
    if field.choices:
        return field.choices[0]
    return _OF_FIELD.get(field.name) or _OF_KIND.get(field.kind) or field.label


def who_may(act: Act) -> str:
    """Say who may do an act, and at which stages: "To send back: the FOI desk (in response)."."""
    by = dict.fromkeys(one for row in TRANSITIONS if row.act is act for one in row.by)
    return f"To {act}: {either(tuple(by))}{_while(stages_of(act))}."


def _while(stages: Sequence[Stage]) -> str:
    if not stages:
        return ""
    if set(stages) == set(Stage):
        return ", at any stage"
    if set(stages) == set(Stage) - {Stage.CLOSED}:
        return ", while it is open"
    return ", once it is closed" if set(stages) == {Stage.CLOSED} else f" (in {either(stages)})"


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
