"""A letter that somebody else wrote, as passages, and the exemptions that each speaks of.

Pure: text in, values out. A heading that names an exemption rules the passages below it, until
another heading ends its reach.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.citations import FULL_FORMS, read_citation
from workflow.law.exemptions import EXEMPTIONS
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workflow.law.citations import Citation

LONGEST_HEADING = 100
SHORTEST_WRAPPED = 60  # characters: a line this long may go on in the next
LONGEST_LETTER = 200_000  # characters: some hundred pages


class Passage(NamedTuple):
    """A paragraph, line or list item of a letter.

    `about` holds the section numbers of the exemptions it speaks of, itself or by its heading.
    """

    text: str
    place: int
    is_heading: bool
    about: frozenset[str]


class Letter(NamedTuple):
    """A letter as its reader has it: passages, the law it goes by, and what it cites."""

    passages: tuple[Passage, ...]
    regime: Regime
    citations: tuple[Citation, ...]

    @property
    def text(self) -> str:
        """The whole letter."""
        return "\n".join(passage.text for passage in self.passages)


_TYPED = str.maketrans(
    {"’": "'", "\u2018": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u2011": "-"}
)
_MARKS = re.compile(r"^(?:[#>*\s]+|=+$|-{3,}$)|\*\*|__")
_BULLET = re.compile(r"^\s*(?:[-•·o*]\s+|\d{1,2}[.)]\s+|\([a-z]\)\s+)")
# Headings after which an exemption named above is no longer what is spoken of.
_ENDS_REACH = re.compile(
    r"conclusion|decision|overall|evidence|complain|review|disagree|unhappy|appeal|when we|advice|"
    r"may help|copyright|your request|our answer|balanc(?:e|ing) test$|already get",
    re.IGNORECASE,
)

_SECTION = r"(?:\bsections?|\bss?\.|\bs(?=\d)|\bregulations?|\bregs?\.?)\s*"
_LIMBS = r"(?:\s?\([0-9A-Za-z]{1,4}\))*"
_ONE = rf"\d{{1,2}}A?(?!\d|%|\s+(?:working|days|hours|weeks|months)){_LIMBS}"
_JOINT = r"\s*(?:,|;|/|&|\band\b|\bor\b|\bto\b)\s*(?:and\s+|or\s+)?"
_MORE = rf"{_JOINT}(?:{_SECTION})?(?:{_ONE}|(?:\([0-9A-Za-z]{{1,4}}\))+)"
_CITED = re.compile(rf"{_SECTION}({_ONE}(?:{_MORE})*)", re.IGNORECASE)
_PART = re.compile(rf"{_ONE}|(?:\([0-9A-Za-z]{{1,4}}\))+", re.IGNORECASE)
_EIR_CITED = re.compile(r"\breg(?:ulation|s|\.)?s?\.?\s*(?:12\(|13\(|14\b|5\()", re.IGNORECASE)
_EIR_NAMED = re.compile(r"Environmental Information Regulations", re.IGNORECASE)
_FOIA_NAMED = re.compile(r"Freedom of Information Act", re.IGNORECASE)


def read_passages(text: str) -> Letter:
    """Read a letter's text into passages. Only the first `LONGEST_LETTER` characters are read."""
    lines = [_plain(line) for line in text[:LONGEST_LETTER].split("\n")]
    paragraphs = list(_paragraphs(lines))
    regime = _regime("\n".join(paragraphs))
    passages = tuple(_passages(paragraphs, regime))
    citations: dict[str, Citation] = {}
    for passage in passages:
        for citation in citations_in(passage.text, regime):
            citations.setdefault(citation.number, citation)
    return Letter(passages, regime, tuple(citations.values()))


def citations_in(text: str, regime: Regime) -> Iterator[Citation]:
    """Find the exemptions that a text cites, with the limbs it gives."""
    for run in _CITED.finditer(text):
        if not _is_of(regime, run[0]):
            continue
        for number in _numbers(run[1]):
            citation = _read(regime, number)
            if citation is not None:
                yield citation


def section_of(citation: Citation) -> str:
    """Give the section alone: "31" for s.31(1)(a). The EIR keep all exceptions in one: 12(5)(b)."""
    is_exception = citation.row.ref.startswith("reg.")
    return citation.number if is_exception else citation.number.partition("(")[0]


def is_named_in_full(citation: Citation) -> bool:
    """Tell whether a citation names subsection and limb, or a duty to confirm that has no limbs."""
    if citation.is_full:
        return True
    provision = _provision(citation.row.neither_confirm_nor_deny)
    if not provision or not citation.number.startswith(provision.partition(")")[0]):
        return False
    form = FULL_FORMS.get(citation.row.ref)
    has_limbs = form is not None and re.search(r"\([a-z]\)", form.example) is not None
    return not has_limbs or citation.number.startswith("40(5")


@lru_cache(maxsize=1024)
def _read(regime: Regime, number: str) -> Citation | None:
    """Read one number, as an exemption or as the subsection that relieves from confirming."""
    read = read_citation(regime, number)
    if read is not None:
        return read
    for row in EXEMPTIONS[regime]:
        provision = _provision(row.neither_confirm_nor_deny)
        # s.40(5B) gives a paragraph to each condition; s.12 and s.14 are no exemptions.
        if provision and number.startswith(provision.partition("(")[0] + "(5"):
            found = read_citation(regime, row.ref)
            return found._replace(number=number, is_full=False) if found else None
    return None


def _provision(ref: str) -> str:
    return re.sub(r"^[a-z]+\.\s?", "", ref)


def _numbers(run: str) -> Iterator[str]:
    """Part "40(2) and (3A)(a), 31" into "40(2)(3A)(a)" and "31"."""
    number = ""
    for part in _PART.finditer(run):
        limbs = re.sub(r"\s", "", part[0])
        if limbs.startswith("("):
            number += limbs
            continue
        if number:
            yield number
        number = limbs
    if number:
        yield number


def _is_of(regime: Regime, words: str) -> bool:
    is_regulation = words[:3].lower() == "reg"
    return is_regulation is (regime is Regime.EIR)


def _regime(text: str) -> Regime:
    """Tell by which law a letter goes: the EIR where it cites or names them alone."""
    if _EIR_CITED.search(text):
        return Regime.EIR
    is_eir = _EIR_NAMED.search(text) and not _FOIA_NAMED.search(text)
    return Regime.EIR if is_eir else Regime.FOIA


def _plain(line: str) -> str:
    return _MARKS.sub("", line.translate(_TYPED)).rstrip()


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Join the lines of a wrapped paragraph; keep list items, headings and table rows apart."""
    run: list[str] = []
    for line in lines:
        begins = not line.strip() or _BULLET.match(line) or _is_apart(run, line)
        if run and begins:
            yield " ".join(run)
            run = []
        if line.strip():
            run.append(line.strip())
    if run:
        yield " ".join(run)


def _is_apart(run: list[str], line: str) -> bool:
    """Tell whether a line begins something new: the one before was too short to be wrapped.

    So does a short line without an end after one with an end: text out of a PDF has no empty
    lines, and that is how its headings look.
    """
    if not run or line.startswith("    "):
        return False
    is_like_heading = len(line) < SHORTEST_WRAPPED and line[:1].isupper() and line[-1] not in ".;,"
    return len(run[-1]) < SHORTEST_WRAPPED or (is_like_heading and run[-1][-1] in ".:;?")


def _passages(paragraphs: Iterable[str], regime: Regime) -> Iterator[Passage]:
    reach: frozenset[str] = frozenset()
    for place, text in enumerate(paragraphs):
        own = frozenset(section_of(one) for one in citations_in(text, regime))
        is_heading = _is_heading(text)
        if is_heading and own:
            reach = own
        elif is_heading and _ENDS_REACH.search(text):
            reach = frozenset()
        yield Passage(text, place, is_heading, own or reach)


def _is_heading(text: str) -> bool:
    return (
        len(text) <= LONGEST_HEADING
        and text[-1] not in ".;:,?"
        and not re.match(r"\s*[-•·o*]\s", text)
    )
