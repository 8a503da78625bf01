"""What a letter says of each exemption: limb, questions, reasons, harm and the public interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.regime import Regime
from workflow.law.reliances import HARMFUL, NEED_NOT_LIKELIHOOD
from workflow.law.requirements import SECTIONS, Required
from workflow.letters.findings import Finding, quoted, sign
from workflow.letters.passages import is_named_in_full, section_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.law.citations import Citation
    from workflow.letters.passages import Letter, Passage

MAPS = sign(
    r"\b(?:questions?|parts?|points?|items?|requests?) (?:\d|one|two|three|four|five|six|[a-k]\b)|"
    r"\bq\.?\s?\d|^\s*\d{1,2}[.)] .{0,300}\?.{0,300}\|"
)
WHY = sign(
    r"\bbecause\b|why it applies|\bapplies (?:as|since|to)\b|\bin order to\b|\bwould\b|\bsince\b|"
    r"\brequired\b|\bcontains?\b|\bwas (?:obtained|provided|supplied)\b|\bconstitutes?\b|"
    r"\brelates? to\b|cannot say more about why"
)
LIKELIHOOD = sign(
    r"\bwould(?:,? or would,?)? be likely,? to\b[^.]{0,60}"
    r"\b(?:prejudic|harm|endanger|inhibit|affect)|"
    r"\bwould (?:\w+ ){0,3}?(?:prejudic|endanger|inhibit|harm|adversely affect)"
)
CERTAIN = sign(r"\bwould (?:\w+ ){0,3}?(?:adversely affect|adverse effect|harm|prejudic)")
NEED = sign(r"\b(?:required|necessary|needed) (?:for the purposes? of|to|in order to) safeguard")
FOR = sign(
    r"\b(?:favour\w*|for|support\w*)(?: of)?(?: the)? (?:disclos|releas|publication|confirm)"
)
AGAINST = sign(
    r"\b(?:favour\w*|for|support\w*)(?: of)?(?: the)? "
    r"(?:non\s*-\s*disclos|withhold|maintain|refus|neither|not (?:disclos|releas))|"
    r"\bagainst (?:disclos|releas|confirm)"
)
BALANCE = sign(r"\bon balance\b|\boutweigh|balance (?:lies|falls|favours|is|tips)")
PENDING = sign(
    r"(?:not yet|need more time|further time|more time|extend\w*)[^.]{0,80}public interest|"
    r"public interest[^.]{0,80}(?:not yet|more time|further time|extend\w*)"
)
ESTIMATE = sign(r"\b(?:by|until|before)\b[^.]{0,30}\d{4}|further \d+ working days")
NEITHER = sign(r"neither confirms? nor den(?:y|ies)")
NO_INFERENCE = sign(
    r"no inference|not (?:be )?(?:taken?|seen|read|interpreted)\b[^.]{0,40}\b(?:as|that|sign)|"
    r"whether or not (?:we|it|the information|the force)[^.]{0,20}(?:hold|held)|"
    r"do not take this as"
)


# s.21 is looked for with its links; that information is not held (reg. 12(4)(a)) has no more to it.
LOOKED_AT_APART = frozenset({"21", "12(4)(a)"})
BY_CONDITION = ("36", "37", "40", "13")  # sections in which the limb decides whether a test is due

# How many paragraphs on an argument may still be made: further on it is another one.
NEAR = 3


def find_grounds(letter: Letter) -> Iterator[Finding]:
    """Look at each exemption that the letter cites, but for s.21, which is looked at apart."""
    sections = dict.fromkeys(section_of(one) for one in letter.citations)
    named = {number: _best(letter, number) for number in sections if number not in LOOKED_AT_APART}
    weighed = [number for number, one in named.items() if _is_weighed(letter, number, one)]
    harmful = [number for number, one in named.items() if one.row.basis in HARMFUL]
    for number, citation in named.items():
        about = [one for one in letter.passages if number in one.about]
        yield from _limb(letter, citation)
        yield _mapping(letter, citation, about)
        yield _why(letter, citation, about)
        if number in harmful:
            yield _harm(letter, citation, about if len(harmful) > 1 else letter.passages)
        if number in weighed:
            yield from _test(letter, citation, about if len(weighed) > 1 else letter.passages)


def _best(letter: Letter, number: str) -> Citation:
    """Give the fullest citation of a section."""
    ours = [one for one in letter.citations if section_of(one) == number]
    return max(ours, key=lambda one: (one.is_full, is_named_in_full(one), len(one.number)))


def _is_weighed(letter: Letter, number: str, citation: Citation) -> bool:
    """Tell whether a test is due: by the row that is meant, or by the letter that says so itself.

    "Section 40" alone may be absolute or qualified, so nothing is asked of it that may not be due.
    """
    full = [one for one in letter.citations if section_of(one) == number and one.is_full]
    if full:
        return any(one.row.needs_public_interest_test for one in full)
    if not number.startswith(BY_CONDITION):
        return citation.row.needs_public_interest_test
    about = [one for one in letter.passages if number in one.about]
    return bool(quoted(about, sign(r"\bqualified\b")))


def _limb(letter: Letter, citation: Citation) -> Iterator[Finding]:
    section = section_of(citation)
    ours = [one for one in letter.citations if section_of(one) == section]
    full = [one.short for one in ours if is_named_in_full(one)]
    yield Finding(
        SECTIONS[letter.regime][Required.EXEMPTION],
        f"the subsection and limb of {_name(letter, section)}",
        " and ".join(full),
        f"Name which: {citation.example}, for example.",
    )


def _mapping(letter: Letter, citation: Citation, about: list[Passage]) -> Finding:
    section = section_of(citation)
    alone = letter.text.count("?") <= 1
    words = quoted(about, MAPS) or ("one question alone is asked" if alone else "")
    return Finding(
        SECTIONS[letter.regime][Required.MAPPING],
        f"which questions are refused under {_name(letter, section)}",
        words,
        "Say question by question what is withheld under which exemption.",
    )


def _why(letter: Letter, citation: Citation, about: list[Passage]) -> Finding:
    name = _name(letter, section_of(citation))
    return Finding(
        SECTIONS[letter.regime][Required.WHY],
        f"why {name} applies",
        quoted((one for one in about if not one.is_heading), WHY),
        "Say why it applies to this information.",
    )


def _harm(
    letter: Letter, citation: Citation, about: list[Passage] | tuple[Passage, ...]
) -> Finding:
    section = SECTIONS[letter.regime][Required.HARM]
    name = _name(letter, section_of(citation))
    if citation.row.ref in NEED_NOT_LIKELIHOOD:
        return Finding(
            section,
            f"that {name} is required to safeguard national security",
            quoted(about, NEED),
            "Say why withholding is required for the purpose of safeguarding national security.",
        )
    if letter.regime is Regime.EIR:
        words, cure = quoted(about, CERTAIN), "Say that disclosure would have the adverse effect."
        return Finding(section, f"the adverse effect of {name}: would", words, cure)
    return Finding(
        section,
        f"the harm of {name}: would, or would be likely to",
        quoted(about, LIKELIHOOD),
        "Say whether disclosure would, or would be likely to, prejudice the interest protected.",
    )


def _test(
    letter: Letter, citation: Citation, about: list[Passage] | tuple[Passage, ...]
) -> Iterator[Finding]:
    if quoted(letter.passages, PENDING):
        return  # s.17(2): the test comes later
    section = SECTIONS[letter.regime][Required.BALANCE]
    name = _name(letter, section_of(citation))
    for what, pattern, cure in (
        ("arguments for disclosure", FOR, "Give the public interest arguments for disclosure."),
        ("arguments for withholding", AGAINST, "Give those for maintaining the exemption."),
        (
            "reasons why the balance falls as it does",
            BALANCE,
            "Balance this exemption by itself: one conclusion for several weighs none of them.",
        ),
    ):
        yield Finding(section, f"{what}, for {name}", quoted(about, pattern), cure)


def find_pending(letter: Letter) -> Iterator[Finding]:
    """Look for an estimate where the public interest is still to be weighed (s.17(2))."""
    pending = [one for one in letter.passages if PENDING.search(one.text)]
    if pending:
        near = [
            one
            for one in letter.passages
            if any(0 <= one.place - other.place <= NEAR for other in pending)
        ]
        yield Finding(
            SECTIONS[letter.regime][Required.ESTIMATE],
            "the date by which the public interest will be decided",
            quoted(near, ESTIMATE),
            "Give an estimate of the date of the decision.",
        )


def find_neither(letter: Letter) -> Iterator[Finding]:
    """Look for the words that keep a refusal to confirm from being read as an answer."""
    if quoted(letter.passages, NEITHER):
        yield Finding(
            "good practice",
            "that neither confirming nor denying is no sign either way",
            quoted(letter.passages, NO_INFERENCE),
            "Say that no inference should be drawn.",
            is_law=False,
        )


def _name(letter: Letter, section: str) -> str:
    return f"reg. {section}" if letter.regime is Regime.EIR else f"s.{section}"
