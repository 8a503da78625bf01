"""The words of the product: in one place to each room, none said twice, and in plain English."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from bot.blocks.modal import title
from bot.blocks.text import named
from tests.architecture.checkout import ROOT
from tests.architecture.sentences import is_sentence, sentences
from workflow.casework.events import BESIDES, SAID
from workflow.casework.roles import Role
from workflow.casework.stages import Act, Relation, Stage
from workflow.services.forms import FORMS
from workflow.services.verb_help import help_of
from workflow.services.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

# The glossary of README: a request is never one of the first, nor an applicant one of the second.
NOT_OUR_WORDS = re.compile(
    r"\b(tickets?|tasks?|cases?|items?|users?|requesters?|assignees?|workflows?)\b",
    re.IGNORECASE,
)
# What gov.uk's style leaves out: pleading, blaming, and long words for short ones.
NOT_PLAIN = re.compile(
    r"\b(please|sorry|oops|invalid|illegal|successfully|utilise|commence|prior to|in order to|"
    r"regarding|whilst|upon|via|e\.g|i\.e|etc|and/or|n't)\b",
    re.IGNORECASE,
)
# A spreadsheet program is one in British English, too; a programme is what is on at the theatre.
AMERICAN = re.compile(
    r"\b(\w+iz(?:e|ed|es|ing|ation)|colors?|centers?|cancel(?:ed|ing)|behaviors?|licenses|favors?|"
    r"fulfill|labor|defense|offense|honor|catalog|gray)\b",
    re.IGNORECASE,
)
SPELT_SO = {"size", "sized", "sizes", "resize", "seize", "seized", "prize", "anonymize"}
CODE = re.compile(r"`[^`]*`|\{[^}]*\}")
APOSTROPHE = re.compile(r"(?<=[\w…])'(?=\w|\s|$|[.,;:?])")
SHORT = 5  # words: a remark with fewer is cheaper to say twice than to look up
MOST_WORDS = 35  # of one sentence; what is filled in counts as one


def texts() -> Iterator[tuple[str, str]]:
    """Give all that is said to people, each with where it stands: sentences, tables, settings."""
    yield from ((f"{one.module}:{one.line}", one.text) for one in sentences())
    yield from ((f"SAID[{act.name}]", words) for act, words in SAID.items())
    yield from (
        (f"BESIDES[{act.name}]", words) for act, more in BESIDES.items() for words in more.values()
    )
    for act, fields in FORMS.items():
        yield from (
            (f"FORMS[{act.name}]", words) for one in fields for words in (one.label, one.hint)
        )
    for verb in VERBS:
        told = help_of(verb)
        yield from ((f"help {verb.name}", words) for words in (told.purpose, *told.who))
    yield from (("config/reminders.toml", words) for words in _rules())


def _rules() -> Iterator[str]:
    read = tomllib.loads((ROOT / "config" / "reminders.toml").read_text("utf-8"))
    yield from (one["words"] for one in read["rule"])


TEXTS = tuple(texts())


def against(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (where, text)
        for where, text in TEXTS
        for found in pattern.findall(CODE.sub("", text))
        if str(found).casefold() not in SPELT_SO
    ]


def test_the_texts_are_read() -> None:
    """Two that everybody knows are among them, so that the claims below are about something."""
    assert len(TEXTS) > 1000
    said = {text for _, text in TEXTS}
    assert "You already hold …." in said
    assert "claimed it" in said


def test_nothing_is_called_what_the_glossary_calls_otherwise() -> None:
    assert against(NOT_OUR_WORDS) == []


def test_nobody_is_begged_blamed_or_told_in_long_words() -> None:
    assert against(NOT_PLAIN) == []


def test_the_spelling_is_british() -> None:
    assert against(AMERICAN) == []


def test_there_is_no_shouting_and_no_double_space() -> None:
    assert [one for one in TEXTS if "!" in CODE.sub("", one[1]) or "  " in one[1].strip()] == []


def test_quotation_marks_are_typographic() -> None:
    straight = [
        (where, text)
        for where, text in TEXTS
        if re.search(r"[\"']", APOSTROPHE.sub("", CODE.sub("", text)))
    ]

    assert straight == []


def test_no_sentence_is_longer_than_one_breath() -> None:
    long = [
        (where, text)
        for where, text in TEXTS
        for one in re.split(r"(?<=[.?;])\s", text)
        if len(one.split()) > MOST_WORDS
    ]

    assert long == []


# --- one place ----------------------------------------------------------------------------------

# Where a room says its sentences. The floors below speak where the rule stands that they explain:
# a refusal beside its guard, with its section; the door has one module for all its own.
ONE_PLACE = {"bot": "bot/wording.py"}
# What is said in `bot` to nobody in Slack, and why it stands where it does.
APART = {
    "bot/__main__.py": "the help of the terminal's own commands",
    "bot/web.py": "told to a program that is not Slack",
    "bot/health_pages.py": "names of figures, for a monitoring program",
    "bot/server.py": "told at the terminal to whoever starts it",
    "bot/serving.py": "told at the terminal to whoever starts it",
    "bot/slack_checks.py": "lines of `foi doctor`, beside the check each tells of",
}


def test_a_room_says_its_sentences_in_one_place() -> None:
    """Whoever fails here writes the sentence into the room's one place, or says why it is apart."""
    elsewhere = [
        one
        for one in sentences()
        if one.room in ONE_PLACE and one.module not in {ONE_PLACE[one.room], *APART}
    ]

    assert elsewhere == []


def test_what_stands_apart_still_says_something() -> None:
    assert set(APART) - {one.module for one in sentences()} == set()


def test_no_sentence_is_written_down_twice() -> None:
    """One written twice is corrected once, and then says two things."""
    places = defaultdict(list)
    for one in sentences():
        if len(re.findall(r"\w+", one.text)) < SHORT:
            continue
        places[one.text].append(f"{one.module}:{one.line}")

    assert {text: where for text, where in places.items() if len(where) > 1} == {}


# --- every act, stage and notice has its words --------------------------------------------------

PEOPLES = [act for act in Act if act is not Act.RECKON_ANEW]  # that one is the clock's


@pytest.mark.parametrize("act", Act, ids=str)
def test_every_act_is_said_once_it_has_happened(act: Act) -> None:
    assert SAID[act][0].islower()
    assert not SAID[act].endswith(".")
    assert act in {row for row in Act if named(row)}
    assert act not in PEOPLES or (title(act) and [one for one in VERBS if act in one.acts])


@pytest.mark.parametrize("kind", [Stage, Relation, Role], ids=lambda one: one.__name__)
def test_stages_and_people_are_called_by_words(kind: type[Stage | Relation | Role]) -> None:
    assert [one for one in kind if not re.fullmatch(r"[a-z][a-zFOI ]+", one.value)] == []


def test_every_reminder_is_a_sentence() -> None:
    # Some end in what is to be typed, and a full stop there would be typed, too.
    filled = [re.sub(r": /foi .*$", ".", CODE.sub("…", words)) for words in _rules()]

    assert [words for words in filled if not is_sentence(words)] == []
