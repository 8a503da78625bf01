"""Each verb's help: a purpose, an example that can be typed as it stands, and who may use it."""

from __future__ import annotations

import re
from datetime import time

import pytest

from tests.casework.examples import ROSTER, day
from workflow.casework.decide.people import Changing
from workflow.casework.errors import Lacking
from workflow.casework.people import in_force
from workflow.casework.roles import Preferences
from workflow.casework.stages import TRANSITIONS, Act, Relation, Transition
from workflow.services import people_words
from workflow.services.agenda import whose
from workflow.services.forms import from_text
from workflow.services.handover import read
from workflow.services.letter_kinds import kind_named
from workflow.services.verb_help import REFERENCE, help_of
from workflow.services.verbs import LOOKS, VERBS, UnknownVerb, Verb, verb_for, verb_named

DOING = [one for one in VERBS if one.acts and one.acts != (Act.LOG,)]
PEOPLES = [row for row in TRANSITIONS if row.by != (Relation.CLOCK,)]
TODAY = day("Mon 2020-08-10")


@pytest.mark.parametrize("verb", VERBS, ids=lambda one: one.name)
def test_each_verb_says_what_it_is_for_how_it_is_typed_and_who_may(verb: Verb) -> None:
    told = help_of(verb)

    for sentence in (told.purpose, *told.who):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert told.example.split()[0] == verb.name
    assert (REFERENCE in told.example) is ("REF" in verb.form)


@pytest.mark.parametrize("verb", DOING, ids=lambda one: one.name)
def test_the_example_of_an_act_is_understood_as_it_stands(verb: Verb) -> None:
    _, _, words = help_of(verb).example.partition(f" {REFERENCE}")

    from_text(verb.acts[0], words.strip())


def test_the_examples_of_looks_are_understood_as_they_stand() -> None:
    example = {name: one.example for name, one in LOOKS.items()}

    assert verb_named(example["help"]).name == "claim"
    assert whose(ROSTER, example["agenda"]) == "team:control-room"
    assert kind_named(example["letter"].split()[1]).name == "REFUSAL"
    assert read(example["handover"])[:2] == ("@amira", "@joel")
    people_words.people(example["people"], ROSTER, on=TODAY)
    people_words.absent("amira", example["absent"], ROSTER, on=TODAY)
    people_words.prefer("amira", example["prefer"])


@pytest.mark.parametrize("row", PEOPLES, ids=lambda row: row.act)
def test_the_help_names_everybody_whom_the_table_lets_do_it(row: Transition) -> None:
    told = " ".join(help_of(verb_for(row.act)).who)

    assert [one for one in row.by if str(one) not in told] == []


def slips(name: str) -> set[str]:
    """Give what a hurried hand types for a word: a letter left out, doubled, or two exchanged."""
    left_out = {name[:n] + name[n + 1 :] for n in range(1, len(name))}
    doubled = {name[:n] + name[n] + name[n:] for n in range(len(name))}
    exchanged = {name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(len(name) - 1)}
    return (left_out | doubled | exchanged) - {one.name for one in VERBS}


@pytest.mark.parametrize("verb", VERBS, ids=lambda one: one.name)
def test_every_slip_of_the_hand_leads_to_the_verb_that_was_meant(verb: Verb) -> None:
    lost = []
    for typed in sorted(slips(verb.name)):
        with pytest.raises(UnknownVerb) as refused:
            verb_named(typed)
        if verb.name not in refused.value.near:
            lost.append((typed, refused.value.near))

    assert lost == []


@pytest.mark.parametrize(
    ("typed", "prefers"),
    [
        ("digest off", Preferences(digest=False)),
        ("early off", Preferences(early=False)),
        ("starts 10:30", Preferences(starts_at=time(10, 30))),
        ("starts usual", Preferences()),
    ],
)
def test_what_somebody_prefers_is_read(typed: str, prefers: Preferences) -> None:
    made = people_words.prefer("amira", typed)(Changing(ROSTER.officer("amira"), TODAY, ROSTER))

    assert in_force(ROSTER, [made]).officer("amira").prefers == prefers


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("starts noon", "“noon” is no time of day. Write it like 10:00."),
        ("hours 10:00-15:00", "Type: prefer digest|early on|off, or: prefer starts 10:00|usual."),
    ],
)
def test_what_is_no_preference_is_told_with_its_cure(typed: str, told: str) -> None:
    with pytest.raises(Lacking, match=re.escape(told)):
        people_words.prefer("amira", typed)
