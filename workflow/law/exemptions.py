"""Part II of FOIA and the exceptions of the EIR as tables, and what follows from a row.

Check a row against the current text before relying on it. s.25 is about certificates and s.39
sends a request to the EIR: neither withholds by itself.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(StrEnum):
    """Whether the public interest is weighed before information is withheld."""

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    PROCEDURAL = "procedural"
    NOT_COVERED = "not covered"


class Basis(StrEnum):
    """What has to be shown: that it is of a kind, or that disclosing it would do harm."""

    CLASS = "class"
    PREJUDICE = "prejudice"
    ADVERSE_EFFECT = "adverse effect"
    FACT = "fact"
    COST = "cost"


class Exemption(NamedTuple):
    """One row: a section of Part II FOIA, or an exception of the EIR.

    `neither_confirm_nor_deny` is the provision that relieves from confirming, empty where none
    does. In s.40(2) and reg. 13(1) the condition that is met decides whether a test is due.
    """

    ref: str
    title: str
    status: Status
    basis: Basis
    neither_confirm_nor_deny: str

    @property
    def section(self) -> str:
        """The number with its limbs: "31", "27(1)", "40(2)(3A)"."""
        return re.sub(r"^[a-z.]+ ?| and |, .*| \(P.*", "", self.ref)

    @property
    def note(self) -> str:
        """What an officer has to know before relying on it; empty where there is nothing."""
        return NOTES.get(self.ref, "")

    @property
    def needs_harm(self) -> bool:
        """Tell whether it rests on harm, not on being of a class: a notice then tells the harm."""
        return self.basis in (Basis.PREJUDICE, Basis.ADVERSE_EFFECT)

    @property
    def needs_qualified_person(self) -> bool:
        """Tell whether it rests on a qualified person's reasonable opinion (s.36(2), (3))."""
        return self.note == QUALIFIED_PERSON

    @property
    def needs_public_interest_test(self) -> bool:
        """Tell whether the public interest is weighed (s.2(2)(b) FOIA, reg. 12(1)(b) EIR)."""
        return self.status is Status.QUALIFIED


Row = Exemption  # so that a row fits a line
ABS, QUAL, PROC, OUT = Status.ABSOLUTE, Status.QUALIFIED, Status.PROCEDURAL, Status.NOT_COVERED
CLASS, PREJ, ADV = Basis.CLASS, Basis.PREJUDICE, Basis.ADVERSE_EFFECT
FACT, COST = Basis.FACT, Basis.COST
QUALIFIED_PERSON = "record the qualified person, the opinion and its date before day 20"
NOT_EMISSIONS = "not for information on emissions (reg. 12(9))"

# fmt: off
FOIA_EXEMPTIONS: tuple[Exemption, ...] = (
    Row("s.12",              "Cost above the appropriate limit",    PROC, COST,  "s.12(2)"),
    Row("s.14(1)",           "Vexatious request",                   PROC, FACT,  "s.14(1)"),
    Row("s.14(2)",           "Repeated request",                    PROC, FACT,  "s.14(2)"),
    Row("s.21",              "Accessible by other means",           ABS,  CLASS, ""),
    Row("s.22",              "Intended for future publication",     QUAL, CLASS, "s.22(2)"),
    Row("s.22A",             "Research",                            QUAL, PREJ,  "s.22A(2)"),
    Row("s.23",              "Security bodies",                     ABS,  CLASS, "s.23(5)"),
    Row("s.24",              "National security",                   QUAL, PREJ,  "s.24(2)"),
    Row("s.26",              "Defence",                             QUAL, PREJ,  "s.26(3)"),
    Row("s.27(1)",           "International relations",             QUAL, PREJ,  "s.27(4)(a)"),
    Row("s.27(2)",           "Confidences of another State",        QUAL, CLASS, "s.27(4)(b)"),
    Row("s.28",              "Relations within the United Kingdom", QUAL, PREJ,  "s.28(3)"),
    Row("s.29",              "The economy",                         QUAL, PREJ,  "s.29(2)"),
    Row("s.30(1)",           "Investigations and proceedings",      QUAL, CLASS, "s.30(3)"),
    Row("s.30(2)",           "Confidential sources",                QUAL, CLASS, "s.30(3)"),
    Row("s.31",              "Law enforcement",                     QUAL, PREJ,  "s.31(3)"),
    Row("s.32",              "Court, inquiry, arbitration records", ABS,  CLASS, "s.32(3)"),
    Row("s.33",              "Audit functions",                     QUAL, PREJ,  "s.33(3)"),
    Row("s.34",              "Parliamentary privilege",             ABS,  CLASS, "s.34(2)"),
    Row("s.35",              "Formulation of government policy",    QUAL, CLASS, "s.35(3)"),
    Row("s.36",              "Conduct of public affairs",           QUAL, PREJ,  "s.36(3)"),
    Row("s.36 (Parliament)", "Public affairs, held by Parliament",  ABS,  PREJ,  "s.36(3)"),
    Row("s.37(1)(a)",        "Communications with the Sovereign",   ABS,  CLASS, "s.37(2)"),
    Row("s.37(1)(aa)",       "Communications with the heir",        ABS,  CLASS, "s.37(2)"),
    Row("s.37(1)(ab)",       "Communications with second in line",  ABS,  CLASS, "s.37(2)"),
    Row("s.37(1)(ac)",       "Communications with Royal Family",    QUAL, CLASS, "s.37(2)"),
    Row("s.37(1)(ad)",       "Communications with the Household",   QUAL, CLASS, "s.37(2)"),
    Row("s.37(1)(b)",        "Honours",                             QUAL, CLASS, "s.37(2)"),
    Row("s.38",              "Health and safety",                   QUAL, PREJ,  "s.38(2)"),
    Row("s.39",              "Environmental information",           QUAL, CLASS, "s.39(2)"),
    Row("s.40(1)",           "The applicant's own personal data",   ABS,  CLASS, "s.40(5A)"),
    Row("s.40(2) and (3A)",  "Personal data of other people",       ABS,  CLASS, "s.40(5B)(a)"),
    Row("s.40(2) and (3B)",  "Others' personal data, an objection", QUAL, CLASS, "s.40(5B)(b)"),
    Row("s.40(2) and (4A)",  "Others' data kept from themselves",   QUAL, CLASS, "s.40(5B)(c)"),
    Row("s.41",              "Information provided in confidence",  ABS,  CLASS, "s.41(2)"),
    Row("s.42",              "Legal professional privilege",        QUAL, CLASS, "s.42(2)"),
    Row("s.43(1)",           "Trade secrets",                       QUAL, CLASS, ""),
    Row("s.43(2)",           "Commercial interests",                QUAL, PREJ,  "s.43(3)"),
    Row("s.44",              "Prohibitions on disclosure",          ABS,  CLASS, "s.44(2)"),
)

EIR_EXCEPTIONS: tuple[Exemption, ...] = (
    Row("reg. 5(3)",         "The applicant's own personal data",      OUT,  CLASS, ""),
    Row("reg. 12(4)(a)",     "Not held when the request was received", QUAL, FACT,  ""),
    Row("reg. 12(4)(b)",     "Manifestly unreasonable",                QUAL, CLASS, ""),
    Row("reg. 12(4)(c)",     "Too general",                            QUAL, CLASS, ""),
    Row("reg. 12(4)(d)",     "Unfinished or incomplete",               QUAL, CLASS, ""),
    Row("reg. 12(4)(e)",     "Internal communications",                QUAL, CLASS, ""),
    Row("reg. 12(5)(a)",     "Security, defence, relations abroad",    QUAL, ADV,   "reg. 12(6)"),
    Row("reg. 12(5)(b)",     "Course of justice",                      QUAL, ADV,   ""),
    Row("reg. 12(5)(c)",     "Intellectual property rights",           QUAL, ADV,   ""),
    Row("reg. 12(5)(d)",     "Confidentiality of proceedings",         QUAL, ADV,   ""),
    Row("reg. 12(5)(e)",     "Commercial confidentiality",             QUAL, ADV,   ""),
    Row("reg. 12(5)(f)",     "Interests of a voluntary supplier",      QUAL, ADV,   ""),
    Row("reg. 12(5)(g)",     "Protection of the environment",          QUAL, ADV,   ""),
    Row("reg. 13(1), first", "Personal data of other people",          ABS,  CLASS, "reg. 13(5A)"),
    Row("reg. 13(1), other", "Others' personal data, an objection",    QUAL, CLASS, "reg. 13(5A)"),
)

# What an officer has to know before relying on a row.
NOTES: Mapping[str, str] = {
    "s.12":              "the limit must be exceeded; notice s.17(5); help to narrow, s.16",
    "s.14(1)":           "notice s.17(5), unless s.17(6)",
    "s.14(2)":           "from complying with the one to making the other",
    "s.21":              "accessible to this applicant; always confirm",
    "s.22":              "the intention must be older than the request",
    "s.22A":             "a programme that continues; inserted in 2014",
    "s.23":              "certificate s.23(2); bodies listed in s.23(3)",
    "s.24":              "required to safeguard; only what s.23(1) does not cover",
    "s.27(2)":           "or from an international organisation",
    "s.30(1)":           "held at any time for it is enough",
    "s.31":              "only what s.30 does not cover; cite the limb",
    "s.33":              "only authorities that audit others",
    "s.34":              "conclusive certificate s.34(3)",
    "s.35":              "government departments and the Welsh Government only",
    "s.36":              QUALIFIED_PERSON,
    "s.36 (Parliament)": QUALIFIED_PERSON,
    "s.37(1)(a)":        "absolute since 2011",
    "s.37(1)(aa)":       "absolute since 2011",
    "s.37(1)(ab)":       "absolute since 2011",
    "s.38":              "endanger",
    "s.39":              "answer under the EIR instead",
    "s.40(1)":           "answer as a subject access request",
    "s.40(2) and (3B)":  "Art. 21 UK GDPR",
    "s.41":              "obtained from another; the public interest is weighed in the tort",
    "s.43(1)":           "s.43(3) speaks of s.43(2) only",
    "s.44":              "name the enactment",
    "reg. 5(3)":     "answer as a subject access request",
    "reg. 12(4)(a)": "the test is formal only; a refusal notice is still needed",
    "reg. 12(4)(b)": "there is no fixed limit of cost",
    "reg. 12(4)(c)": "only after the advice of reg. 9",
    "reg. 12(4)(d)": "say who prepares it and until when (reg. 14(4))",
    "reg. 12(4)(e)": "also between government departments",
    "reg. 12(5)(a)": "certificate reg. 15",
    "reg. 12(5)(b)": "privilege and live investigations too",
    "reg. 12(5)(d)": NOT_EMISSIONS,
    "reg. 12(5)(e)": NOT_EMISSIONS,
    "reg. 12(5)(f)": NOT_EMISSIONS,
    "reg. 12(5)(g)": NOT_EMISSIONS,
}
# fmt: on

# Two exemptions that cannot both cover one piece of information, the section that says so, and
# whether they may be cited in the alternative: so the reader of a letter that names s.23 and s.24
# cannot tell which of them applies, and that is the purpose.
EXCLUSIONS: tuple[tuple[tuple[str, ...], tuple[str, ...], str, bool], ...] = (
    # these                 exclude those                  by            alternatives
    (("s.30(1)", "s.30(2)"), ("s.31",),                    "s.31(1)",    False),
    (("s.23",),              ("s.24",),                    "s.24(1)",    True),
    (("s.35",),              ("s.36", "s.36 (Parliament)"), "s.36(1)(a)", False),
)  # fmt: skip
NOT_FOR_EMISSIONS = frozenset(ref for ref, note in NOTES.items() if note == NOT_EMISSIONS)

EXEMPTIONS: Mapping[Regime, tuple[Exemption, ...]] = {
    Regime.FOIA: FOIA_EXEMPTIONS,
    Regime.EIR: EIR_EXCEPTIONS,
}

# A section or regulation with its limbs: "s.31(1)(a)", "section 27", "reg 12(5)(b)", "43 (2)".
CITATION = re.compile(r"(?<![\d£])(?<!\d\.)(\d{1,2}A?)((?:\s*\([0-9A-Za-z]{1,4}\))*)(?![\d%])")


@lru_cache(maxsize=1024)  # the same few grounds are cited again and again
def cited(regime: Regime, words: str) -> tuple[tuple[Exemption, ...], ...]:
    """Find the exemptions that words name, by section or by title.

    Each citation gives the rows it may mean: one where the limb is given or needs none, several
    where the section alone is named ("s.40"). Words that name none give nothing.
    """
    table = EXEMPTIONS.get(regime, ())
    by_section = (
        _meant(table, match[1] + re.sub(r"\s", "", match[2])) for match in CITATION.finditer(words)
    )
    found = tuple(rows for rows in by_section if rows)
    return found or tuple((row,) for row in table if row.title.lower() in words.lower())


def _meant(table: tuple[Exemption, ...], citation: str) -> tuple[Exemption, ...]:
    """Give the row whose section the citation is or refines, otherwise the rows below it."""
    exact = [row for row in table if _is_limb_of(citation, row.section)]
    if exact:
        longest = max(len(row.section) for row in exact)
        return tuple(row for row in exact if len(row.section) == longest)[:1]
    return tuple(row for row in table if _is_limb_of(row.section, citation))


def _is_limb_of(citation: str, section: str) -> bool:
    return citation == section or citation.startswith(f"{section}(")
