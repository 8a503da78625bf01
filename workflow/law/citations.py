"""How an exemption is cited in full: section, subsection and limb, as s.17(1)(b) FOIA asks for it.

"Section 31" names nine exemptions. An applicant who is to challenge a refusal has to know which
of them is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.exemptions import EXEMPTIONS, Status, cited
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workflow.law.exemptions import Exemption


class FullForm(NamedTuple):
    """What a full citation of an exemption looks like, and one example of it."""

    pattern: str
    example: str


class Citation(NamedTuple):
    """An exemption as somebody cited it, with the row it means.

    `is_full` tells whether subsection and limb are named; `example` shows how it would be.
    """

    number: str
    row: Exemption
    is_full: bool
    example: str

    @property
    def short(self) -> str:
        """How the desk writes it: "s.31(1)(a)", "reg. 12(5)(b)"."""
        return f"{_prefix(self.row)}{_parted(self.number)}"

    @property
    def long(self) -> str:
        """How a letter writes it: "section 31(1)(a)", "regulation 12(5)(b)"."""
        word = "regulation" if self.row.ref.startswith("reg.") else "section"
        return f"{word} {_parted(self.number)}"


# fmt: off
FULL_FORMS: Mapping[str, FullForm] = {
    "s.21":              FullForm(r"21\(1\)",                                     "s.21(1)"),
    "s.22":              FullForm(r"22\(1\)(\([abc]\))?",                         "s.22(1)"),
    "s.22A":             FullForm(r"22A\(1\)(\([ab]\))?",                         "s.22A(1)"),
    "s.23":              FullForm(r"23\(1\)",                                     "s.23(1)"),
    "s.24":              FullForm(r"24\(1\)",                                     "s.24(1)"),
    "s.26":              FullForm(r"26\(1\)\([ab]\)",                             "s.26(1)(a)"),
    "s.27(1)":           FullForm(r"27\(1\)\([a-d]\)",                            "s.27(1)(a)"),
    "s.27(2)":           FullForm(r"27\(2\)",                                     "s.27(2)"),
    "s.28":              FullForm(r"28\(1\)",                                     "s.28(1)"),
    "s.29":              FullForm(r"29\(1\)\([ab]\)",                             "s.29(1)(a)"),
    "s.30(1)":           FullForm(r"30\(1\)(\(a\)(\(i{1,2}\))?|\([bc]\))",        "s.30(1)(a)(i)"),
    "s.30(2)":           FullForm(r"30\(2\)(\(a\)(\(i{1,3}v?\))?)?",              "s.30(2)"),
    # The last three limbs protect functions for a purpose, and s.31(2) lists the purposes.
    "s.31":              FullForm(r"31\(1\)(\([a-f]\)|\([ghi]\)\(2\)\([a-j]\))",  "s.31(1)(a)"),
    "s.32":              FullForm(r"32\([12]\)\([abc]\)",                         "s.32(1)(a)"),
    "s.33":              FullForm(r"33\((1\)\([ab]\)|1\)\([ab]\)\(2\)|2\))",      "s.33(1)(a)"),
    "s.34":              FullForm(r"34\(1\)",                                     "s.34(1)"),
    "s.35":              FullForm(r"35\(1\)\([a-d]\)",                            "s.35(1)(a)"),
    "s.36":              FullForm(r"36\(2\)(\(a\)(\(i{1,3}\))?|\(b\)\(i{1,2}\)|\(c\))",
                                                                                  "s.36(2)(b)(i)"),
    "s.36 (Parliament)": FullForm(r"36\(2\)(\(a\)(\(i{1,3}\))?|\(b\)\(i{1,2}\)|\(c\))",
                                                                                  "s.36(2)(c)"),
    "s.38":              FullForm(r"38\(1\)\([ab]\)",                             "s.38(1)(a)"),
    "s.39":              FullForm(r"39\(1\)(\([ab]\))?",                          "s.39(1)"),
    "s.40(2) and (3A)":  FullForm(r"40\(2\)\(3A\)(\([ab]\))?", "s.40(2) and (3A)(a)"),
    "s.40(2) and (3B)":  FullForm(r"40\(2\)\(3B\)", "s.40(2) and (3B)"),
    "s.40(2) and (4A)":  FullForm(r"40\(2\)\(4A\)(\([ab]\))?", "s.40(2) and (4A)(a)"),
    "s.41":              FullForm(r"41\(1\)(\([ab]\))?",                          "s.41(1)"),
    "s.42":              FullForm(r"42\(1\)",                                     "s.42(1)"),
    "s.44":              FullForm(r"44\(1\)\([abc]\)",                            "s.44(1)(a)"),
    "reg. 13(1), first": FullForm(r"13\(1\)\(a\)",                                "reg. 13(1)(a)"),
    "reg. 13(1), other": FullForm(r"13\(1\)\(b\)",                                "reg. 13(1)(b)"),
}
# fmt: on

# Limbs that a menu offers beside each other: what stands before them, and their letters.
_LIMBS: Mapping[str, tuple[str, Sequence[str]]] = {
    "s.26": ("26(1)", "ab"),
    "s.27(1)": ("27(1)", "abcd"),
    "s.29": ("29(1)", "ab"),
    "s.30(1)": ("30(1)", "abc"),
    "s.31": ("31(1)", (*"abcdef", *(f"g)(2)({purpose}" for purpose in "abcdefghij"))),
    "s.32": ("32(1)", "abc"),
    "s.33": ("33(1)", "ab"),
    "s.35": ("35(1)", "abcd"),
    "s.36": ("36(2)", ("a", "b)(i", "b)(ii", "c")),
    "s.38": ("38(1)", "ab"),
    "s.40(2) and (3A)": ("40(2)(3A)", "ab"),
    "s.40(2) and (4A)": ("40(2)(4A)", "ab"),
    "s.44": ("44(1)", "abc"),
}

# Rows that share a section: the condition that is met tells them apart.
_BY_LIMB: Mapping[tuple[Regime, str], str] = {
    (Regime.EIR, "13(1)(a)"): "reg. 13(1), first",
    (Regime.EIR, "13(1)(b)"): "reg. 13(1), other",
}
_PARLIAMENT = re.compile(r"\bparliament\b|\b(?:Commons|Lords)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\bsections?|\bregulations?|\breg\.?|\bs\.|\bs(?=\d)|\bby virtue of|\band|\bread with|[,\s]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d{1,2}A?)((?:\([0-9A-Za-z]{1,4}\))*)")


def read_citation(regime: Regime, words: str) -> Citation | None:
    """Read one citation, in any of the ways people write it; None when it names no exemption.

    "section 40(2) and 40(3A)(a)", "s40(2)(3A)(a)" and "s.40 (2), (3A)(a)" are one and the same.
    Where the section alone is named and may mean several rows, the first of them is given and
    the citation is not full.
    """
    number = _number(words)
    if not number:
        return None
    rows = _rows(regime, number, words)
    if not rows:
        return None
    form = FULL_FORMS.get(rows[0].ref, FullForm(re.escape(rows[0].section), rows[0].ref))
    is_full = len(rows) == 1 and re.fullmatch(form.pattern, number) is not None
    return Citation(number, rows[0], is_full, _example(number, form))


def in_full(row: Exemption) -> tuple[str, ...]:
    """Give the full citations of a row, without "s.": what a menu may offer, in the Act's order.

    The finest limbs of a long section (s.31(1)(h) and (i), s.32(2)) are left to be typed.
    """
    if row.ref in _LIMBS:
        before, limbs = _LIMBS[row.ref]
        return tuple(f"{before}({limb})" for limb in limbs)
    form = FULL_FORMS.get(row.ref)
    return (_number(form.example),) if form else (row.section,)


def _example(number: str, form: FullForm) -> str:
    """Show a full citation that goes on from what was cited, where one does."""
    purpose_missing = re.fullmatch(r"31\(1\)\([ghi]\)", number)
    return f"s.{number} and (2)(a)" if purpose_missing else form.example


def _number(words: str) -> str:
    """Reduce a citation to its number and limbs, "31(1)(a)"; empty when it has another form."""
    bare = _BETWEEN.sub("", _PARLIAMENT.sub("", words).replace("()", ""))
    first = _NUMBER.match(bare)
    if first is None:
        return ""
    section = first[1]
    # "40(2) and 40(3A)" repeats the section; what is left must be limbs alone.
    once = section + bare[len(section) :].replace(section + "(", "(")
    return once if _NUMBER.fullmatch(once) else ""


def _rows(regime: Regime, number: str, words: str) -> tuple[Exemption, ...]:
    table = EXEMPTIONS.get(regime, ())
    ref = _BY_LIMB.get((regime, number))
    if number.startswith("36") and _PARLIAMENT.search(words):
        ref = "s.36 (Parliament)"
    if ref is not None:
        return tuple(row for row in table if row.ref == ref)
    found = cited(regime, number)
    rows = found[0] if found else ()
    return tuple(row for row in rows if row.status in (Status.ABSOLUTE, Status.QUALIFIED))


def _prefix(row: Exemption) -> str:
    return "reg. " if row.ref.startswith("reg.") else "s."


def _parted(number: str) -> str:
    """Set " and " before a second subsection: 40(2)(3A)(a) is s.40(2) and (3A)(a)."""
    return re.sub(r"(?<=\))(?=\(\d)", " and ", number)
