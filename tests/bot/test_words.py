"""Each act, stage and refusal has its words wherever Slack shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.apologies import apology
from bot.blocks.card import FOREMOST
from bot.blocks.modal import title
from bot.blocks.text import BUTTON, TITLE, named
from workflow.casework import errors
from workflow.casework.decide.people import NotYours
from workflow.casework.errors import Refusal
from workflow.casework.events import SAID
from workflow.casework.stages import Act, Relation, Stage, rows
from workflow.services.forms import FORMS, Missing
from workflow.services.verbs import VERBS, UnknownVerb, verb_for

ROOT = Path(__file__).parents[2]
PEOPLES = [act for act in Act if act is not Act.RECKON_ANEW]  # that one is the clock's
ONE = "002335/20"

# One of each kind of refusal that is made with words of its own.
REFUSALS: dict[type[Refusal], Refusal] = {
    one.__class__: one
    for one in (
        errors.UnknownRequest(reference="4711", near=["FOI-2020-4711"]),
        errors.Restricted(reference=ONE),
        errors.UnknownOfficer(handle="eve"),
        errors.UnknownTeam(team="atlantis", known=["legal"]),
        errors.ActNotOpen(
            reference=ONE, act=Act.ISSUE, stage=Stage.RECEIVED, can=[Act.CLAIM], at=[Stage.RESPONSE]
        ),
        errors.NotForYou(reference=ONE, act=Act.APPROVE, needs=[Relation.APPROVER], can=[]),
        errors.AlreadyHeld(reference=ONE, holder="Joel Barker", yours=False),
        errors.NotAllocated(reference=ONE),
        errors.SameHands(reference=ONE, act=Act.APPROVE, because="you drafted the letter"),
        errors.Lacking(what="A fee is more than £0.", cure="Give the amount in pounds: 12.50."),
        errors.AnswerIncomplete(reference=ONE, missing=["s.17(1)(c): why it applies"]),
        errors.Ambiguous(reference="20", options=[ONE, "FOI-2020-0020"]),
        errors.ChangedMeanwhile(reference=ONE),
        errors.ChangedSince(reference=ONE, version=4, changes=["Tom Price noted: a call."]),
        Missing(act=Act.DECIDE, fields=FORMS[Act.DECIDE][:1]),
        UnknownVerb(typed="clame"),
    )
}
ELSEWHERE = {NotYours}  # its words are tried where it is raised: tests/services/test_people.py


def kinds(of: type[Refusal] = Refusal) -> set[type[Refusal]]:
    return {one for kind in of.__subclasses__() for one in {kind, *kinds(kind)}}


def test_no_refusal_is_left_out_here() -> None:
    ours = {one for one in kinds() if one.__module__.startswith(("workflow.", "bot."))}

    assert ours - set(REFUSALS) - ELSEWHERE == set()


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=lambda one: type(one).__name__)
def test_a_refusal_is_told_in_whole_sentences_that_name_verbs(refusal: Refusal) -> None:
    words = apology(refusal)

    assert re.match(r"[A-Z“0-9]", words)
    assert words.endswith((".", "?"))
    assert not re.search(r"None|[<>{}_]|\bAct\.|Stage\.", words)


@pytest.mark.parametrize("act", PEOPLES, ids=str)
def test_each_act_has_a_label_a_title_a_verb_and_a_sentence(act: Act) -> None:
    assert 0 < len(title(act)) <= TITLE
    assert 0 < len(named(act)) <= BUTTON
    assert verb_for(act).summary
    assert SAID[act]
    assert act in FORMS


@pytest.mark.parametrize("stage", Stage, ids=str)
def test_the_card_of_each_stage_has_its_foremost_acts_and_all_of_them_are_open(
    stage: Stage,
) -> None:
    open_there = {row.act for row in rows(stage)}

    assert FOREMOST[stage]
    assert set(FOREMOST[stage]) <= open_there


@pytest.mark.parametrize("verb", VERBS, ids=lambda one: one.name)
def test_each_verb_says_what_it_is_for_in_words_of_the_glossary(verb: object) -> None:
    summary = str(getattr(verb, "summary", ""))

    assert summary[:1].islower()
    assert not summary.endswith(".")
    assert not re.search(r"\b(ticket|task|case|item|user|requester)\b", summary)


def test_every_sign_that_is_named_is_one_that_the_local_slack_shows() -> None:
    """A name that no client knows is shown as text: ":mega:"."""
    shown = (ROOT / "bot" / "sandbox" / "page" / "mrkdwn.js").read_text("utf-8")
    written = {
        sign
        for file in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "workflow").rglob("*.py")]
        for sign in re.findall(r"[\"' ]:([a-z_]{3,}):(?=[ \"'])", file.read_text("utf-8"))
    }

    assert written >= {"warning", "mega"}
    assert [one for one in sorted(written) if f" {one}: " not in shown] == []
