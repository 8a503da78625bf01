"""Complete answers by chance, and the ways in which each can be broken."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from workflow.law.answer import (
    Answer,
    CommissionerParticulars,
    Elsewhere,
    Held,
    Likelihood,
    Outcome,
    QualifiedOpinion,
    Question,
    Reliance,
    ReviewParticulars,
    Timing,
    Withheld,
)
from workflow.law.citations import FULL_FORMS, Citation, read_citation
from workflow.law.exemptions import EXEMPTIONS, Basis, Status
from workflow.law.particulars import outcomes_of
from workflow.law.public_interest import Argument, Balance, Duty, PublicInterestTest, Weight
from workflow.law.regime import Regime
from workflow.law.reliances import HARMFUL, needs_likelihood

RECEIVED, DUE = date(2026, 3, 2), date(2026, 3, 31)  # Mon, Tue: 17 March is a holiday in Belfast
ANSWERED = date(2026, 3, 20)  # Fri
REVIEW = ReviewParticulars(("Civic Hall", "Midshire", "MD1 1AA"), "foi@midshire.example")
COMMISSIONER = CommissionerParticulars(
    "Information Commissioner's Office",
    ("Wycliffe House", "Water Lane", "Wilmslow", "SK9 5AF"),
    "https://ico.org.uk/foicomplaints",
    "0303 123 1113",
)
SENTENCES = (
    "The report names the routes that patrols take at night.",
    "Suppliers gave us these prices for this purchase only.",
    "The debate about the bridge is lively and the facts in it are few.",
    "A tenant could be found by someone who means them harm.",
    "Officials need room to argue before ministers settle a plan.",
    "The council spends a good part of its budget on this service.",
)
words = st.sampled_from(SENTENCES)
# Whatever people type: what is not blank is said, and law does not read it.
any_words = st.one_of(words, st.text(min_size=1, max_size=60).filter(lambda text: text.strip()))


def _usable(regime: Regime) -> list[str]:
    """Name one full citation of every row that can withhold, but for s.21: it is no withholding."""
    rows = (row for row in EXEMPTIONS[regime] if row.status in (Status.ABSOLUTE, Status.QUALIFIED))
    full = [FULL_FORMS[row.ref].example if row.ref in FULL_FORMS else row.ref for row in rows]
    return [one for one in full if one not in ("s.21(1)", "reg. 12(4)(a)")]


CITATIONS = {regime: _usable(regime) for regime in (Regime.FOIA, Regime.EIR)}


def read(regime: Regime, citation: str) -> Citation:
    found = read_citation(regime, citation)
    assert found is not None, citation
    return found


@st.composite
def weighings(draw: st.DrawFn, says: st.SearchStrategy[str]) -> PublicInterestTest:
    arguments = st.builds(Argument, says, st.sampled_from(Weight))
    sides = st.lists(arguments, min_size=1, max_size=3).map(tuple)
    return PublicInterestTest(
        draw(sides),
        draw(sides),
        Balance.WITHHOLD,
        "We weighed both sides: " + draw(says),
        "Dana Whitfield",
        ANSWERED - timedelta(days=2),
    )


@st.composite
def reliances(
    draw: st.DrawFn, regime: Regime, citation: str, duty: Duty, says: st.SearchStrategy[str] = words
) -> Reliance:
    read_as = read(regime, citation)
    row = read_as.row
    how_sure = Likelihood.WOULD if regime is Regime.EIR else draw(st.sampled_from(Likelihood))
    return Reliance(
        citation,
        why=draw(says),
        harm=draw(says) if row.basis in HARMFUL else "",
        likelihood=how_sure if needs_likelihood(read_as) else None,
        test=draw(weighings(says)) if row.needs_public_interest_test else None,
        opinion=QualifiedOpinion(
            "Grace Okafor",
            "chief officer",
            ANSWERED - timedelta(days=draw(st.integers(0, 9))),
            "Disclosure would be likely to inhibit advice.",
        )
        if read_as.number.startswith("36")
        else None,
        besides="It is named here." if read_as.number in ("44(1)(a)", "12(4)(d)") else "",
        duty=duty,
    )


@st.composite
def questions(
    draw: st.DrawFn, regime: Regime, number: int, says: st.SearchStrategy[str] = words
) -> Question:
    how = draw(st.sampled_from(("given", "elsewhere", "withheld", "both", "not held", "neither")))
    asked = draw(st.sampled_from(("How many are there?", "What did it cost?", "Who decided?")))
    pieces = st.builds(
        Withheld, says, st.sampled_from(CITATIONS[regime]).map(lambda citation: (citation,))
    )
    confirmable = [
        one for one in CITATIONS[regime] if read(regime, one).row.neither_confirm_nor_deny
    ]
    match how:
        case "given":
            return Question(number, asked, Held.HELD, disclosed=draw(says))
        case "elsewhere":
            place = Elsewhere("The figures", "https://midshire.example/figures")
            return Question(number, asked, Held.HELD, elsewhere=place)
        case "withheld":
            found = draw(st.lists(pieces, min_size=1, max_size=2).map(tuple))
            return Question(number, asked, Held.HELD, withheld=found)
        case "both":
            return Question(
                number,
                asked,
                Held.PART,
                disclosed=draw(says),
                withheld=(draw(pieces),),
                not_held="We hold nothing from before 2015.",
            )
        case "not held":
            return Question(number, asked, Held.NOT_HELD)
        case _:
            return Question(number, asked, None, neither=(draw(st.sampled_from(confirmable)),))


@st.composite
def complete_answers(
    draw: st.DrawFn,
    regimes: Sequence[Regime] = (Regime.FOIA, Regime.EIR),
    says: st.SearchStrategy[str] = words,
) -> Answer:
    regime = draw(st.sampled_from(regimes))
    asked = tuple(
        draw(questions(regime, number, says)) for number in range(1, draw(st.integers(1, 4)) + 1)
    )
    used = dict.fromkeys(
        [
            *((one, Duty.DISCLOSE) for q in asked for piece in q.withheld for one in piece.under),
            *((one, Duty.CONFIRM) for q in asked for one in q.neither),
        ]
    )
    is_late = draw(st.booleans())
    answer = Answer(
        outcome=None,
        questions=asked,
        reliances=tuple(draw(reliances(regime, one, duty, says)) for one, duty in used),
        review=REVIEW,
        commissioner=COMMISSIONER,
        timing=Timing(
            RECEIVED, DUE, DUE + timedelta(days=9), "Searches took longer than we planned."
        )
        if is_late
        else Timing(RECEIVED, DUE, ANSWERED),
        regime=regime,
    )
    return replace(answer, outcome=draw(st.sampled_from(sorted(outcomes_of(answer)))))


# Each way to break an answer: what to change, in which answers it can be changed, and the
# requirement that is then not met. `None` where this answer has nothing of the kind.
Break = Callable[[Answer], Answer | None]


def _first_reliance(
    answer: Answer, is_fit: Callable[[Reliance, Citation], bool], **changes: Any
) -> Answer | None:
    for place, one in enumerate(answer.reliances):
        if is_fit(one, read(answer.regime, one.citation)):
            broken = replace(one, **changes)
            left, right = answer.reliances[:place], answer.reliances[place + 1 :]
            return replace(answer, reliances=(*left, broken, *right))
    return None


def _first_question(
    answer: Answer, is_fit: Callable[[Question], bool], **changes: Any
) -> Answer | None:
    for place, one in enumerate(answer.questions):
        if is_fit(one):
            left, right = answer.questions[:place], answer.questions[place + 1 :]
            return replace(answer, questions=(*left, replace(one, **changes), *right))
    return None


def _test_without(answer: Answer, **changes: Any) -> Answer | None:
    weighed = (one.test for one in answer.reliances if isinstance(one.test, PublicInterestTest))
    first = next(weighed, None)
    if first is None:
        return None
    broken = replace(first, **changes)
    return _first_reliance(answer, lambda one, _: one.test is first, test=broken)


def _unmapped(answer: Answer) -> Answer | None:
    """Cite an exemption that answers no question."""
    free = [
        one for one in CITATIONS[answer.regime] if one not in {r.citation for r in answer.reliances}
    ]
    return replace(answer, reliances=(*answer.reliances, Reliance(free[0], why="It is so.")))


def _bare(citation: str) -> str:
    return citation.partition("(")[0]


def _with_bare_citation(answer: Answer) -> Answer | None:
    """Name the section alone, everywhere."""
    for one in answer.reliances:
        bare = _bare(one.citation)
        read_as = read_citation(answer.regime, bare)
        if read_as is None or read_as.is_full:
            continue
        swap = {one.citation: bare}
        asked = tuple(
            replace(
                q,
                withheld=tuple(
                    replace(p, under=tuple(swap.get(c, c) for c in p.under)) for p in q.withheld
                ),
                neither=tuple(swap.get(c, c) for c in q.neither),
            )
            for q in answer.questions
        )
        relied = tuple(
            replace(r, citation=swap.get(r.citation, r.citation)) for r in answer.reliances
        )
        return replace(answer, questions=asked, reliances=relied)
    return None


def _is_refusing(answer: Answer) -> bool:
    return answer.outcome in (Outcome.PART, Outcome.REFUSE)


def _in_refusal(change: Callable[[Answer], Answer]) -> Break:
    return lambda answer: change(answer) if _is_refusing(answer) else None


BREAKS: dict[str, tuple[tuple[str, str], Break]] = {
    "nobody says what the answer is": (
        ("s.17(1)(a)", "reg. 14(1)"), lambda a: replace(a, outcome=None)),
    "a refusal is called a disclosure": (
        ("s.17(1)(a)", "reg. 14(1)"), _in_refusal(lambda a: replace(a, outcome=Outcome.DISCLOSE))),
    "whether it is held is not said": (
        ("s.1(1)(a)", "reg. 12(4)(a)"),
        lambda a: _first_question(a, lambda q: not q.neither, held=None)),
    "what is held is neither given nor refused": (
        ("s.1(1)(b)", "reg. 5(1)"),
        lambda a: _first_question(
            a, lambda q: q.held is Held.HELD, disclosed="", elsewhere=None, withheld=())),
    "the place of published information is not said": (
        ("s.21(1)", "reg. 6(1)(b)"),
        lambda a: _first_question(
            a, lambda q: q.elsewhere is not None, elsewhere=Elsewhere("The figures", " "))),
    "an exemption has no limb": (("s.17(1)(b)", "reg. 14(3)(a)"), _with_bare_citation),
    "an exemption answers no question": (("s.17(1)(b)", "reg. 14(3)(a)"), _unmapped),
    "why it applies is not said": (
        ("s.17(1)(c)", "reg. 14(3)"), lambda a: _first_reliance(a, lambda *_: True, why=" ")),
    "an exemption is cited and not explained": (
        ("s.17(1)(c)", "reg. 14(3)"),
        lambda a: replace(a, reliances=a.reliances[1:]) if a.reliances else None),
    "the harm is not said": (
        ("s.17(1)(c)", "reg. 14(3)"),
        lambda a: _first_reliance(a, lambda _, c: c.row.basis in HARMFUL, harm="")),
    "how sure the harm is is not said": (
        ("s.17(1)(c)", "reg. 14(3)"),
        lambda a: _first_reliance(a, lambda _, c: needs_likelihood(c), likelihood=None)),
    "an adverse effect is only likely": (
        ("", "reg. 14(3)"),
        lambda a: _first_reliance(
            a, lambda _, c: c.row.basis is Basis.ADVERSE_EFFECT,
            likelihood=Likelihood.WOULD_BE_LIKELY)),
    "the public interest is not weighed": (
        ("s.17(3)", "reg. 14(3)(b)"),
        lambda a: _first_reliance(a, lambda r, _: r.test is not None, test=None)),
    "the balance has no reasons": (
        ("s.17(3)", "reg. 14(3)(b)"), lambda a: _test_without(a, reasons="")),
    "one side has no argument": (
        ("s.17(3)", "reg. 14(3)(b)"), lambda a: _test_without(a, for_disclosure=())),
    "the balance falls for disclosure": (
        ("s.17(3)", "reg. 14(3)(b)"), lambda a: _test_without(a, balance=Balance.DISCLOSE)),
    "the qualified person gave no opinion": (
        ("s.36(2)", ""), lambda a: _first_reliance(a, lambda r, _: bool(r.opinion), opinion=None)),
    "no time is stated": (("s.10(1)", "reg. 14(2)"), lambda a: replace(a, timing=None)),
    "it is late and nobody says why": (
        ("s.10(1)", "reg. 14(2)"),
        lambda a: replace(a, timing=Timing(RECEIVED, DUE, DUE + timedelta(days=1)))),
    "no review is offered": (
        ("s.17(7)(a)", "reg. 14(5)(a)"), _in_refusal(lambda a: replace(a, review=None))),
    "no time is given to ask for a review": (
        ("s.17(7)(a)", "reg. 14(5)(a)"),
        _in_refusal(lambda a: replace(a, review=replace(REVIEW, window=None)))),
    "no time is given for the review itself": (
        ("s.17(7)(a)", "reg. 14(5)(a)"),
        _in_refusal(lambda a: replace(a, review=replace(REVIEW, reply=None)))),
    "nobody says where to ask for a review": (
        ("s.17(7)(a)", "reg. 14(5)(a)"),
        _in_refusal(lambda a: replace(a, review=ReviewParticulars((), "")))),
    "the Commissioner is not named": (
        ("s.17(7)(b)", "reg. 14(5)(b)"), _in_refusal(lambda a: replace(a, commissioner=None))),
    "the Commissioner has no telephone": (
        ("s.17(7)(b)", "reg. 14(5)(b)"),
        _in_refusal(lambda a: replace(a, commissioner=replace(COMMISSIONER, telephone="")))),
    "the Commissioner has no address": (
        ("s.17(7)(b)", "reg. 14(5)(b)"),
        _in_refusal(lambda a: replace(a, commissioner=replace(COMMISSIONER, address=())))),
}  # fmt: skip
