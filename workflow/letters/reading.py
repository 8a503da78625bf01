"""Reads a letter that FOI Desk did not write, and says what it can and cannot find in it.

Pure. It looks for words, not for law: what is found has still to be judged by a person, and what
is not found may be there in words that nobody foresaw. So every finding quotes what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflow.law.regime import Regime
from workflow.law.requirements import SECTIONS, Required
from workflow.letters.findings import Finding, quoted, sign
from workflow.letters.passages import read_passages
from workflow.letters.reading_grounds import find_grounds, find_neither, find_pending
from workflow.letters.reading_rights import find_commissioner, find_review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workflow.letters.passages import Letter

REFUSES = sign(
    r"\brefus(?:e[sd]?|al|ing)\b|\bwithh(?:eld|old(?:ing|s)?)\b|\bexempt(?:ed|ions?)?\b|"
    r"neither confirms? nor den(?:y|ies)|\bexception\b"
)
_HOLDER = (
    r"(?:we|i|the (?:force|constabulary|council|trust|department|authority|university)|"
    r"[A-Z]\w{1,30} (?:police|council|university))"
)
HOLDS = sign(
    rf"{_HOLDER} (?:can |do |does |also |can confirm (?:that )?(?:we |it )?(?:do |does )?)*"
    r"(?:not )?hold(?:s)?\b|"
    r"information (?:you (?:have )?(?:asked for|requested) |requested )?(?:is|was) (?:not )?held|"
    r"confirm that .{0,80}\b(?:is|are) (?:not )?held|no information (?:is )?held|"
    r"neither confirms? nor den(?:y|ies)"
)
HOLDS_ALL = sign(
    r"(?:hold|held)\b.{0,60}\b(?:all|each|every|questions?|any) |(?:all|each|every)\b.{0,60}\bheld|"
    r"do(?:es)? not hold (?:it|the information)|would cost more than the limit"
)
COLUMN = sign(r"do we\s+hold it\b.*")  # as the tables of FOI Desk head it
QUESTION = sign(r"\?\s*(?:\||$)|^\s*(?:-\s*)?o\s+\S")
ADDRESS = sign(r"https?://(?!\S*\bico\.)\S+|\bwww\.(?!ico\.)\S+")
POINTS = sign(
    r"(?:can|may) be (?:found|viewed|accessed|downloaded)|is (?:available|published)|"
    r"already (?:published|available|get)\b|following link|on our website"
)
# What an address may be given for besides the information: no reliance on s.21 lies in it.
OTHER_LINK = sign(r"commissioner|\bico\b|complain|copyright|re-?use|licen[cs]e|privacy|e-?mail")
DEAR = sign(r"^dear (?!sir\b|madam\b|applicant\b|requester\b)\S+")
CLOSING = sign(r"^(?:yours (?:sincerely|faithfully|truly)|(?:kind |best )?regards)\b")
JOB = sign(
    r"officer|manager|adviser|advisor|head of|director|department|team|unit|police|council|trust|"
    r"constabulary|freedom|information|service|corporate"
)
NAME = sign(r"^(?:(?:mr|mrs|ms|miss|dr)\.? )?[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){1,3},?$")
HELP = sign(
    r"section 16\b|s\.?\s?16\b|regulation 9\b|advice and assistance|advise and assist|"
    r"help you to|more that may help|"
    r"you (?:may|can|could) (?:wish|like|want|narrow|refine|ask us for)"
)
DATED = sign(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{4}\b|"
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
)
RECEIVED = sign(r"received\b.{0,40}\d{4}|\d{4}.{0,60}\breceived|dated?\b.{0,20}\d{4}.{0,20}request")
IN_TIME = sign(
    r"within the (?:time|period|statutory)|last day for answering|time for compliance|"
    r"(?:due|answer|respond|reply)\b.{0,40}\bby \w+day|\bwas due\b|statutory (?:time|deadline)|"
    r"(?:20|twenty)(?:th)? working day|which is late|outside the (?:time|statutory)"
)
CITES_ELSEWHERE = {
    Regime.FOIA: sign(r"(?:sections?|s\.?)\s?21\b"),
    Regime.EIR: sign(r"(?:regulation|reg\.?)\s?6\b"),
}
LONGEST_POINTER = 70
LONGEST_TITLE = 60
COST = sign(r"(?:section|s\.?)\s?12\b")
VEXATIOUS = sign(r"(?:section|s\.?)\s?14\b")


@dataclass(frozen=True, slots=True)
class LetterReading:
    """What a reading of a letter found, in the order in which a notice is read."""

    regime: Regime
    is_refusal: bool
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Finding, ...]:
        """Give what the law asks for and was not found."""
        return tuple(one for one in self.findings if one.is_law and not one.is_found)

    @property
    def unpractised(self) -> tuple[Finding, ...]:
        """Give what good practice asks for and was not found."""
        return tuple(one for one in self.findings if not one.is_law and not one.is_found)


def read_letter(text: str) -> LetterReading:
    """Read a letter's text and look for what the law asks of it.

    A letter that refuses nothing is asked less: whether it is held, and when it was due.
    """
    letter = read_passages(text)
    is_refusal = bool(letter.citations) or bool(quoted(letter.passages, REFUSES))
    finders = REFUSAL if is_refusal else ANSWER
    findings = tuple(one for find in finders for one in find(letter))
    return LetterReading(letter.regime, is_refusal, tuple(dict.fromkeys(findings)))


def find_fact(letter: Letter) -> Iterator[Finding]:
    """Look for the fact that information is refused (s.17(1)(a)), and for cost and vexation."""
    words = quoted(letter.passages, REFUSES)
    yield Finding(
        _section(letter, Required.FACT),
        "that information is refused",
        words,
        "Say plainly that information is refused.",
    )
    is_whole = quoted(letter.passages, COST) or quoted(letter.passages, VEXATIOUS)
    is_elsewhere = CITES_ELSEWHERE[letter.regime].search(letter.text)
    if not (letter.citations or is_whole or is_elsewhere):
        yield Finding(
            _section(letter, Required.EXEMPTION),
            "an exemption",
            "",
            "Name each exemption with its subsection and limb.",
        )
    if is_whole:
        yield Finding(_section(letter, Required.COST), "the fact of s.12 or s.14", is_whole, "")


def find_held(letter: Letter) -> Iterator[Finding]:
    """Look for whether each thing asked for is held (s.1(1)(a))."""
    statements = [passage for passage in letter.passages if HOLDS.search(passage.text)]
    column = COLUMN.search(letter.text)
    asked = count_questions(letter)
    covers = len(statements) > 1 or bool(quoted(statements, HOLDS_ALL)) or asked <= 1
    vexatious = quoted(letter.passages, VEXATIOUS)
    what = "whether it is held" if asked <= 1 else "whether it is held, question by question"
    if not vexatious:  # s.14 takes away the whole of s.1(1)
        yield Finding(
            _section(letter, Required.HELD),
            what,
            (column[0] if column else "") or (quoted(statements, HOLDS) if covers else ""),
            "Say question by question whether the information is held.",
        )


def count_questions(letter: Letter) -> int:
    """Count what reads like a question put to the authority: a lower bound."""
    questions = [passage for passage in letter.passages if QUESTION.search(passage.text)]
    headed = len([one for one in questions if "do we hold it" not in one.text.lower()])
    return max(headed, 1)


def find_elsewhere(letter: Letter) -> Iterator[Finding]:
    """Look for a reference to published information that does not name its exemption (s.21)."""
    section = _section(letter, Required.ELSEWHERE)
    words = quoted(letter.passages, CITES_ELSEWHERE[letter.regime])
    pointer = _pointer(letter)
    if words or pointer:
        yield Finding(
            section,
            "the exemption for what is already public"
            + (f" (“{pointer[:LONGEST_POINTER]}”)" if pointer else ""),
            words,
            f"A reference to published information refuses it: cite {section}.",
        )


def _pointer(letter: Letter) -> str:
    """Give the passage that sends the applicant elsewhere for the information."""
    for one, following in zip(letter.passages, (*letter.passages[1:], None), strict=True):
        text = f"{one.text} {following.text if following else ''}"
        if POINTS.search(one.text) and ADDRESS.search(text) and not OTHER_LINK.search(text):
            return one.text
    return ""


def find_time(letter: Letter) -> Iterator[Finding]:
    """Look for dates, and for whether the time for compliance was kept (s.10(1))."""
    section = _section(letter, Required.TIME)
    outside_review = [one for one in letter.passages if not sign(r"review").search(one.text)]
    yield Finding(
        section, "the date of the letter", quoted(letter.passages, DATED), "Date the letter."
    )
    yield Finding(
        section,
        "the date of receipt",
        quoted(letter.passages, RECEIVED),
        "Say when the request was received.",
    )
    yield Finding(
        section,
        "the time limit, and whether it was met",
        quoted(outside_review, IN_TIME),
        "Say when the answer was due and whether it is in time.",
    )


def find_people(letter: Letter) -> Iterator[Finding]:
    """Look for who is addressed, who signs, and what help is offered (s.16)."""
    yield Finding(
        "good practice",
        "the applicant's name",
        quoted(letter.passages, DEAR),
        "Address the applicant by name.",
        is_law=False,
    )
    yield Finding(
        "good practice",
        "the name of who signs",
        _signed(letter),
        "Sign with a name as well as a job title.",
        is_law=False,
    )
    yield Finding(
        _section(letter, Required.ADVICE),
        "advice and assistance",
        quoted(letter.passages, HELP),
        "Offer help: what could be asked for instead, or where to look.",
        is_law=False,
    )


def _signed(letter: Letter) -> str:
    """Find a line like a person's name, after the closing or just above a job title."""
    passages = letter.passages
    for place, passage in enumerate(passages):
        ahead = passages[place + 1 : place + 3]
        is_title = JOB.search(passage.text) and len(passage.text) < LONGEST_TITLE
        if CLOSING.search(passage.text):
            candidates = [*ahead, passage._replace(text=CLOSING.sub("", passage.text).strip(" ,"))]
        elif is_title and place > len(passages) // 2:
            candidates = [*passages[place - 1 : place]]
        else:
            continue
        for one in candidates:
            if NAME.match(one.text) and not JOB.search(one.text) and one.text != one.text.lower():
                return one.text
            if CLOSING.search(passage.text) and _begins_with_name(one.text):
                return one.text
    return ""


def _begins_with_name(text: str) -> bool:
    """Tell whether a job title and an authority follow a name on one line."""
    words = text.split()
    return len(words) > 2 and all(w[:1].isupper() and not JOB.search(w) for w in words[:2])  # noqa: PLR2004  # first and last name


def _section(letter: Letter, required: Required) -> str:
    return SECTIONS[letter.regime][required]


REFUSAL: tuple[Callable[[Letter], Iterator[Finding]], ...] = (
    find_fact,
    find_held,
    find_grounds,
    find_elsewhere,
    find_pending,
    find_neither,
    find_time,
    find_people,
    find_review,
    find_commissioner,
)
ANSWER: tuple[Callable[[Letter], Iterator[Finding]], ...] = (find_held, find_elsewhere, find_time)
