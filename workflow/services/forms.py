# ruff: noqa: E501  # the table is read across, one row a line
"""What each act asks for: one table, from which commands, modals and `foi` are all made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workflow.casework.complaint import WHO_APPEALS
from workflow.casework.decide.consideration import OUTCOMES
from workflow.casework.decide.refusing import FAVOURS
from workflow.casework.decide.response import WAYS_TO_TRANSFER
from workflow.casework.decide.review import REVIEW_OUTCOMES
from workflow.casework.decide.searching import HELD
from workflow.casework.errors import Lacking
from workflow.casework.finding import Found
from workflow.casework.request import Nature, Treatment
from workflow.casework.stages import Act
from workflow.law.cost_limit import Activity
from workflow.law.regime import Regime
from workflow.services.fields import Field, Kind, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Missing(Lacking):
    """Something that the act needs was not given: ask for it."""

    def __init__(self, *, act: Act, fields: Sequence[Field]) -> None:
        """Keep the fields that are missing."""
        self.act, self.fields = act, tuple(fields)
        names = [field.label[:1].casefold() + field.label[1:].rstrip("?") for field in fields]
        wanted = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        super().__init__(what=f"To {act}, this is still needed: {wanted}.", cure="")


FOUND = ("found", "not-found")
LIKELIHOODS = ("would", "would-be-likely")

_ARGUMENTS = "One a line. If it weighs little or much, say so first: “much: it is public money”"
_TO_CLARIFY = "What must the applicant make clear?"
_REASON = Field("reason", Kind.TEXT, "Reason")
_WHY_NOT = Field("reason", Kind.TEXT, "Reason", required=False)
_SECTION = Field("section", Kind.SECTION, "Exemption", hint="Section and subsection: s.31(1)(a)")
_GROUND = Field(
    "section",
    Kind.SECTION,
    "Exemption",
    required=False,
    hint="FOIA: the qualified exemption being weighed",
)
_WHY_LATE = Field(
    "why_late",
    Kind.TEXT,
    "Why it is late",
    required=False,
    hint="Only where the due date has passed: told in the letter",
    keyword="late because",
)
_ACTIVITY = Field(
    "activity",
    Kind.ACTIVITY,
    "Activity",
    required=False,
    choices=tuple(one.name.lower() for one in Activity),
    hint="Locating, unless you say another",
)
_FURTHER = Field("further", Kind.WORKING_DAYS, "Further working days", hint="20 at most, as a rule")

# fmt: off
FORMS: Mapping[Act, tuple[Field, ...]] = {
    Act.ACKNOWLEDGE:           (),
    Act.ALLOCATE:              (Field("team", Kind.TEAM, "Team"),),
    Act.CORRECT_RECEIPT:       (Field("received", Kind.DAY, "The right date of receipt"), _REASON),
    Act.CLAIM:                 (),
    Act.RELEASE:               (_WHY_NOT,),
    Act.REASSIGN:              (Field("colleague", Kind.OFFICER, "Officer"),),
    Act.SEEK_CLARIFICATION:    (Field("question", Kind.TEXT, _TO_CLARIFY),
                                Field("advice", Kind.TEXT, "What may help them", required=False, hint="Advice and assistance, s.16")),
    Act.RECORD_CLARIFICATION:  (Field("answer", Kind.TEXT, "What the applicant answered"),),
    Act.GIVE_FEES_NOTICE:      (Field("amount", Kind.POUNDS, "Fee in pounds", hint="12.50"), Field("charge", Kind.TEXT, "What it is for", required=False, hint="Copying 125 pages")),
    Act.RECORD_FEE:            (),
    Act.ESTIMATE:              (Field("hours", Kind.HOURS, "Hours"), _ACTIVITY),
    Act.LOG_SEARCH:            (Field("hours", Kind.HOURS, "Hours", hint="Determining, locating, retrieving, extracting: what s.12 counts"),
                                Field("found", Kind.CHOICE, "Found?", choices=FOUND),
                                _ACTIVITY,
                                Field("where", Kind.TEXT, "Where you looked")),
    Act.RETURN_SEARCHES:       (Field("held", Kind.CHOICE, "Is the information held?", choices=HELD),
                                Field("note", Kind.TEXT, "Note to the desk", required=False)),
    Act.ENGAGE_EXEMPTION:      (_SECTION, Field("why", Kind.TEXT, "Why it applies")),
    Act.RECORD_HARM:           (_SECTION, Field("likelihood", Kind.CHOICE, "How likely", choices=LIKELIHOODS), Field("harm", Kind.TEXT, "What harm, to whom")),
    Act.ANSWER:                (Field("numbers", Kind.NUMBERS, "Questions", hint="By number: 1 or 2-11"),
                                Field("treatment", Kind.TREATMENT, "What becomes of it", choices=tuple(one.value for one in Treatment)),
                                Field("sections", Kind.SECTIONS, "Exemptions", required=False, hint="s.24(1),s.31(1)(a)"),
                                Field("nature", Kind.NATURE, "All of it is", required=False, choices=tuple(one.value for one in Nature), hint="Only where it is: s.36(4), reg. 12(9)"),
                                Field("words", Kind.TEXT, "The answer", hint="For elsewhere: what | where")),
    Act.RECORD_OPINION:        (_SECTION,
                                Field("given", Kind.DAY, "Given on"),
                                Field("who", Kind.WORD, "The qualified person", hint="By name"),
                                Field("office_held", Kind.WORD, "Of what office", hint="That makes them one, s.36(5)"),
                                Field("opinion", Kind.TEXT, "The opinion")),
    Act.RECORD_PUBLIC_INTEREST_TEST: (_SECTION,
                                Field("favours", Kind.CHOICE, "The balance falls for", required=False, choices=FAVOURS, hint="Withholding, unless you say otherwise"),
                                Field("for_disclosure", Kind.TEXT, "For disclosure", required=False, hint=_ARGUMENTS),
                                Field("for_withholding", Kind.TEXT, "For withholding", required=False, hint=_ARGUMENTS),
                                Field("balance", Kind.TEXT, "The balance, and why")),
    Act.EXTEND:                (_FURTHER, _GROUND, _REASON),
    Act.REFER:                 (Field("body", Kind.WORD, "To whom", hint="NPCC, or the third party"),
                                Field("wanted", Kind.DAY, "Reply wanted by", required=False, hint="The authority's usual time, unless you say a day"),
                                Field("reason", Kind.TEXT, "What they are asked", required=False)),
    Act.RECORD_REPLY:          (Field("body", Kind.WORD, "Who replied", hint="As it was referred: NPCC"), Field("reply", Kind.TEXT, "What they said")),
    Act.SEND_BACK:             (_REASON,),
    Act.DECIDE:                (Field("outcome", Kind.CHOICE, "Outcome", choices=OUTCOMES),
                                Field("reason", Kind.TEXT, "The answer, in words"),
                                Field("advice", Kind.TEXT, "Help for the applicant", required=False, hint="What could be asked for instead, or where to look, s.16", keyword="help"),
                                _WHY_LATE),
    Act.DRAFT_LETTER:          (Field("letter", Kind.TEXT, "Your words in the letter", hint="The rest of the letter is made from the decision"),),
    Act.APPROVE:               (),
    Act.ISSUE:                 (Field("sent", Kind.DAY, "Sent on", required=False, hint="Today, unless you say another day"),
                                Field("how", Kind.TEXT, "How it was sent", required=False, hint="by e-mail"),
                                _WHY_LATE,
                                Field("override", Kind.TEXT, "Issue it all the same, because", required=False, hint="Only where the answer lacks something: kept in the history", keyword="override")),
    Act.TRANSFER:              (Field("way", Kind.CHOICE, "How", required=False, choices=WAYS_TO_TRANSFER, hint="Advised to ask them, unless you passed it on: ask the applicant first"),
                                Field("body", Kind.TEXT, "Which authority holds it"),
                                Field("contact", Kind.TEXT, "How to reach them", required=False, hint="A line each: e-mail, telephone, address", keyword="contact")),
    Act.WITHDRAW:              (_WHY_NOT,),
    Act.LAPSE:                 (_REASON,),
    Act.SPLIT:                 (Field("numbers", Kind.NUMBERS, "Questions to split off", hint="By number: 3,4"),
                                Field("question", Kind.TEXT, _TO_CLARIFY)),
    Act.GROUP:                 (Field("party", Kind.WORD, "Whose campaign", hint="One word for the person or group"),
                                Field("matter", Kind.WORD, "On what", hint="One word for the subject")),
    Act.HAND_OVER:             (Field("colleague", Kind.ANYBODY, "Officer"), _WHY_NOT),
    Act.RESTRICT:              (Field("names", Kind.OFFICERS, "Who may see it", hint="Handles with commas between: amira,joel"), _REASON),
    Act.UNRESTRICT:            (_REASON,),
    Act.UPDATE:                (Field("note", Kind.TEXT, "Note"),),
    Act.CONFIRM:               (),
    Act.SNOOZE:                (Field("until", Kind.DAY, "Until"), _REASON),
    Act.ESCALATE:              (_REASON,),
    Act.ACKNOWLEDGE_ESCALATION: (Field("until", Kind.DAY, "Quiet until", required=False),
                                Field("plan", Kind.TEXT, "The plan")),
    Act.REQUEST_REVIEW:        (Field("reason", Kind.TEXT, "What the applicant is dissatisfied with"),),
    Act.CLAIM_REVIEW:          (),
    Act.EXTEND_REVIEW:         (_FURTHER, _REASON),
    Act.RECORD_FINDING:        (_SECTION,
                                Field("finding", Kind.CHOICE, "What the review finds", choices=tuple(one.value for one in Found)),
                                Field("instead", Kind.SECTION, "Replaced by", required=False, hint="The exemption that applies instead"),
                                Field("reasons", Kind.TEXT, "The reasons"),
                                Field("balance", Kind.TEXT, "The balance of the public interest", required=False, hint="Where another exemption applies instead, s.17(3)", keyword="balance")),
    Act.DECIDE_REVIEW:         (Field("outcome", Kind.CHOICE, "Outcome", choices=REVIEW_OUTCOMES),
                                Field("reason", Kind.TEXT, "The reasons")),
    Act.RECORD_COMPLAINT:      (Field("ico_reference", Kind.WORD, "The ICO's reference"),),
    Act.RECORD_ICO_QUESTIONS:  (Field("answer_by", Kind.DAY, "Answer by", required=False, hint="20 working days, unless the letter says a day"),
                                Field("asked", Kind.TEXT, "What the ICO asks")),
    Act.ANSWER_ICO:            (Field("note", Kind.TEXT, "What was answered", required=False),),
    Act.RECORD_ICO_DECISION:   (Field("steps_by", Kind.DAY, "Steps to be taken by", required=False),
                                Field("decision", Kind.TEXT, "The decision"),
                                Field("steps", Kind.TEXT, "Steps to take", required=False, hint="With their day, s.50(4)")),
    Act.RECORD_STEPS:          (Field("note", Kind.TEXT, "What was done", required=False),),
    Act.RECORD_APPEAL:         (Field("appellant", Kind.CHOICE, "Who appealed", choices=WHO_APPEALS), Field("note", Kind.TEXT, "Note", required=False)),
    Act.RECORD_TRIBUNAL:       (Field("decision", Kind.TEXT, "What the tribunal decided"),),
    Act.REOPEN:                (_REASON,),
    Act.UNDO:                  (),
    Act.LOG:                   (Field("subject", Kind.WORD, "Subject", hint="A few words that name what is asked for"),
                                Field("description", Kind.TEXT, "What is asked for", hint="The applicant's words, s.8(1)(c)"),
                                Field("received", Kind.DAY, "Date of receipt", required=False, hint="The day it reached the authority"),
                                Field("earlier", Kind.WORD, "Why an earlier day?", required=False, hint="Where it was received before today"),
                                Field("regime", Kind.REGIME, "Regime", required=False, choices=tuple(one.value.replace(" ", "-") for one in Regime), hint="FOIA, unless you say another"),
                                Field("reference", Kind.WORD, "Reference", required=False, hint="Made for you when left out"),
                                Field("applicant_name", Kind.WORD, "Applicant's name", required=False, hint="Never shown in Slack, s.8(1)(b)"),
                                Field("applicant_address", Kind.WORD, "Address for correspondence", required=False)),
}
# fmt: on

_TOKEN = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')


def from_text(act: Act, text: str) -> dict[str, Any]:
    """Read what was typed after the reference: words in the order of the form, the rest as text.

    An optional one-word field is skipped when the next word does not fit it. Raises Missing for
    what was not given, Lacking for what makes no sense.
    """
    given: dict[str, str] = {}
    rest = text.strip()
    for field in FORMS[act]:
        if field.kind is Kind.TEXT:
            given |= texts(act, rest)
            break
        match = _TOKEN.match(rest)
        if match is None:
            break
        word = next(group for group in match.groups() if group is not None)
        if not field.required and not _fits(field, word):
            continue
        given[field.name] = word
        rest = rest[match.end() :].lstrip()
    return from_values(act, given)


def from_values(act: Act, given: Mapping[str, str | None]) -> dict[str, Any]:
    """Read what was given by name: the values of a modal, or the options of a command.

    Raises Missing for what was not given, Lacking for what makes no sense.
    """
    said = {name: value.strip() for name, value in given.items() if value and value.strip()}
    missing = [one for one in FORMS[act] if one.required and one.name not in said]
    if missing:
        raise Missing(act=act, fields=missing)
    return {field.name: read(field, said[field.name]) for field in FORMS[act] if field.name in said}


def texts(act: Act, rest: str) -> dict[str, str]:
    """Share the rest among the texts of a form, parted by " | "; one text is the required one.

    What stands after a keyword is the text that has it; what stands before is shared.
    """
    if keyed := {one.keyword: one.name for one in FORMS[act] if one.keyword}:
        first, *others = re.split(rf"(?:^|\s)\|?\s*({'|'.join(keyed)})(?::\s*|\s+(?=[\"“]))", rest)
        named = {
            keyed[word]: _unquoted(words.strip(" |"))
            for word, words in zip(others[::2], others[1::2], strict=True)
        }
        return named | (_shared(act, first.strip()) if first.strip() else {})
    return _shared(act, rest)


def usage(act: Act) -> str:
    """Say what a command for an act takes after the reference: "HOURS found|not-found WHERE"."""
    return " ".join(_usage(field) for field in FORMS[act])


def _usage(field: Field) -> str:
    word = "|".join(field.choices) if field.choices else field.name.replace("_", " ").upper()
    if field.keyword:
        word = f"{field.keyword}: {word}"
    return word if field.required else f"[{word}]"


def _shared(act: Act, rest: str) -> dict[str, str]:
    fields = [one for one in FORMS[act] if one.kind is Kind.TEXT and not one.keyword]
    parts = [one.strip() for one in rest.split(" | ", len(fields) - 1)] if len(fields) > 1 else []
    if len(parts) == len(fields):
        return {field.name: part for field, part in zip(fields, parts, strict=True)}
    required = next((one for one in fields if one.required), fields[0])
    return {required.name: _unquoted(rest)}


def _unquoted(text: str) -> str:
    for opening, closing in (('"', '"'), ("“", "”")):
        if len(text) > 1 and text[0] == opening and text[-1] == closing:
            return text[1:-1]
    return text


def _fits(field: Field, word: str) -> bool:
    try:
        read(field, word)
    except Lacking:
        return False
    return True
