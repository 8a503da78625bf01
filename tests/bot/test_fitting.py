"""Whatever goes out fits what Slack takes: nothing is refused, and nothing is left out unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks import card, home, pages, people
from bot.blocks.about import above, concerned, meanwhile
from bot.blocks.again import again
from bot.blocks.fields import Setting
from bot.blocks.fitting import fitted_message, fitted_options, fitted_view
from bot.blocks.home import Asked
from bot.blocks.limits import HOLDS
from bot.blocks.modal import Carried, act_modal
from bot.blocks.notice import notice
from bot.blocks.text import actions, button, context, header, plain, said, section
from bot.blocks.which import options, which_modal
from bot.sandbox.limits import LIMITS, REQUIRED
from tests.bot.offices import CALLS, AtWork
from tests.bot.slack_says import refused, refused_view
from workflow.casework.roles import Officer, Role, Roster
from workflow.casework.stages import Act, Stage
from workflow.law.cost_limit import AuthorityClass
from workflow.services.board import Found, Look, Part
from workflow.services.forms import FORMS
from workflow.services.pictures import CardPicture, HistoryLine
from workflow.services.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def taken(blocks: list[Json] | None, text: str = "words") -> tuple[str, list[Json]]:
    """Make a message fit and see that Slack takes it."""
    text, made = fitted_message(text, blocks)
    assert made is not None
    assert refused(made) == []
    return text, made


def words(one: Any) -> str:
    return str(one)


# --- what is shortened, and how it says so -----------------------------------------------------


def test_what_fits_goes_out_as_it_is() -> None:
    blocks = [header("A"), said("B"), actions(button("Show", "show", "002335/20"))]

    assert fitted_message("A", blocks) == ("A", blocks)


def test_words_that_are_too_long_say_where_the_whole_is() -> None:
    blocks = [section("x" * 3001), actions(button("Show", "show", "002335/20"))]
    blocks[0]["text"]["text"] = "x" * 3001

    _, made = taken(blocks)

    assert made[0]["text"]["text"].endswith("x … (shortened; the whole: /foi show 002335/20)")
    assert len(made[0]["text"]["text"]) == 3000


def test_what_a_builder_shortened_says_where_the_whole_is_too() -> None:
    _, made = taken([said("x" * 5000), actions(button("Show", "show", "002335/20"))])

    assert made[0]["text"]["text"].endswith("… (shortened; the whole: /foi show 002335/20)")


def test_a_cut_leaves_no_half_of_an_escaped_sign() -> None:
    one = section("a")
    for length in range(2985, 3010):
        one["text"]["text"] = "x" * (length - 60) + "&amp;" * 40
        _, made = taken([one])
        shown = made[0]["text"]["text"].partition(" … (")[0]
        assert re.sub("&amp;", "", shown).count("&") == 0


def test_too_many_blocks_become_one_line_that_counts_them() -> None:
    rows = [said(f"row {n}") for n in range(60)]

    _, made = taken([header("Sixty"), *rows, actions(button("Help", "menu:help", "help"))])

    assert len(made) == 50
    assert made[47] == said("row 46")
    assert made[48] == context("… and 13 more: `/foi list`")
    assert made[49]["type"] == "actions"


def test_too_much_in_one_message_is_cut_at_a_block_and_counted() -> None:
    _, made = taken([said("x" * 2900) for _ in range(7)])

    assert made[-1] == context("… and 3 more: `/foi list`")
    assert len(made) == 5


def test_a_form_keeps_every_field_where_what_stands_above_is_too_much() -> None:
    field = {
        "type": "input",
        "label": plain("Why", 20),
        "element": {"type": "plain_text_input", "action_id": "why"},
    }
    view = notice("") | {"submit": plain("Go", 24)}
    view["blocks"] = [*(context("above") for _ in range(140)), *([field] * 20)]

    made = fitted_view(view)

    assert refused_view(made) == []
    assert sum(one["type"] == "input" for one in made["blocks"]) == 20
    assert made["blocks"][79] == context("… and 61 more: `/foi list`")


def test_rows_of_more_buttons_than_a_row_holds_become_two() -> None:
    _, made = taken([actions(*(button(f"{n}", f"act:{n}", "x") for n in range(60)))])

    assert [len(one["elements"]) for one in made] == [25, 25, 10]


def test_fields_and_small_print_over_a_block_go_into_the_next() -> None:
    small = {"type": "context", "elements": [plain(f"{n}", 20) for n in range(21)]}
    fields = {"type": "section", "fields": [plain(f"{n}", 20) for n in range(11)]}

    _, made = taken([small, fields])

    assert [len(one.get("elements") or one["fields"]) for one in made] == [10, 10, 1, 10, 1]


def test_a_menu_of_more_than_it_holds_says_so_and_keeps_what_is_chosen() -> None:
    entries = [{"text": plain(f"Officer {n}", 75), "value": f"{n}"} for n in range(140)]
    menu = {"type": "static_select", "action_id": "who", "options": entries}

    _, made = taken([actions(menu | {"initial_option": entries[120]})])

    assert len(made[0]["elements"][0]["options"]) == 100
    assert made[0]["elements"][0]["options"][-1] == entries[120]
    assert made[1] == context(
        "The menu shows 100 of 140. For another one type the command: `/foi list`"
    )


def test_a_field_with_nothing_to_choose_from_says_so() -> None:
    menu = {"type": "static_select", "action_id": "cover", "options": []}
    view = notice("Away") | {
        "blocks": [{"type": "input", "label": plain("Who <covers>?", 50), "element": menu}]
    }

    assert fitted_view(view)["blocks"] == [
        context("Who &lt;covers&gt;? There is nothing to choose from yet.")
    ]


def test_a_button_whose_value_is_too_long_is_not_sent_with_another_value() -> None:
    _, made = taken([actions(button("A", "a", "x" * 2001), button("B", "b", "y"))])

    assert [one["text"]["text"] for one in made[0]["elements"]] == ["B"]


def test_a_form_that_carries_too_much_says_so_instead() -> None:
    made = fitted_view(notice("Hello") | {"private_metadata": "x" * 3001})

    assert refused_view(made) == []
    assert "This form holds more than Slack takes." in words(made)


def test_a_home_that_carries_too_much_shows_all_the_same() -> None:
    made = fitted_view({"type": "home", "private_metadata": "x" * 3001, "blocks": [said("Hello")]})

    assert made == {"type": "home", "private_metadata": "", "blocks": [said("Hello")]}


def test_words_alone_are_shortened_where_slack_would_cut_them_off_unsaid() -> None:
    text, blocks = fitted_message("x" * 50_000, None, about="002335/20")

    assert blocks is None
    assert len(text) == 40_000
    assert text.endswith("(shortened; the whole: /foi show 002335/20)")


def test_the_desks_limits_are_not_above_those_of_the_local_slack() -> None:
    """Two tables written apart, for the rooms may not lean on each other."""
    there = {
        (kind, one.field.removesuffix("[]")): one.most
        for kind, rows in LIMITS.items()
        for one in rows
        if not one.field.endswith("[]")
    }
    ours = {
        (kind, name): most
        for kind, holds in HOLDS.items()
        for table in (holds.words, holds.ids, holds.entries)
        for name, most in table.items()
    }

    both = ours.keys() & there.keys()
    assert {one: ours[one] for one in both} == {one: there[one] for one in both}
    assert len(both) > 40
    assert set(REQUIRED) - set(HOLDS) <= {"markdown", "table", "rich_text"}


# --- whatever our own builders draw ------------------------------------------------------------

HOSTILE = st.one_of(
    st.sampled_from(["<!channel> & <@U1> *b* `c` ~", "\u202e rtl", "é" * 40, "&" * 90, "-", "😀"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
)
LONG = st.builds(
    lambda part, times, end: part * times + end,
    HOSTILE,
    st.sampled_from([1, 2, 40, 400, 4000]),
    st.text(max_size=5),
)


def big(text: str) -> str:
    return text[:20_000]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    at_work = AtWork(Path(tmp_path_factory.mktemp("office")))
    at_work.log()
    yield at_work
    at_work.office.store.close()


ALL = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def hostile_picture(work: AtWork, text: str, stage: Stage) -> CardPicture:
    picture = work.picture(CALLS)
    request = picture.request
    hostile = replace(
        request,
        subject=big(text),
        description=big(text),
        questions=tuple(big(text) for _ in range(30)),
        letter=big(text),
        stage=stage,
    )
    return picture._replace(request=hostile, team=big(text), holder=big(text), reviewer=big(text))


@ALL
@given(text=LONG, stage=st.sampled_from(list(Stage)), many=st.sampled_from([0, 1, 9, 90, 300]))
def test_slack_takes_whatever_is_drawn_of_a_hostile_request(
    work: AtWork, text: str, stage: Stage, many: int
) -> None:
    picture = hostile_picture(work, text, stage)
    at = datetime(2020, 7, 14, tzinfo=UTC)
    lines = [text] * (many + 1)
    told = [HistoryLine(at, date(2020, 7, 14), text)] * many

    drawn = [
        card.blocks(picture),
        card.blocks(picture._replace(is_veiled=True)),
        card.blocks_for("team:elsewhere", picture),
        pages.whole(picture, told, lines),
        pages.listing(text, [picture] * many, empty=text),
        pages.ledger(text, lines, title=text),
        pages.everything(text, list(Act)),
        again(text, lines, text, "x"),
        people.listing(text, lines, may_change=True),
        people.history(lines),
        people.handover(text, lines, value=text),
        concerned(lines[:20]),
        meanwhile(lines),
    ]
    for blocks in drawn:
        taken(blocks, card.summary(picture))


@ALL
@given(text=LONG, act=st.sampled_from(list(FORMS)), many=st.sampled_from([1, 99, 300]))
def test_slack_takes_whatever_form_or_home_is_drawn(
    work: AtWork, text: str, act: Act, many: int
) -> None:
    picture = hostile_picture(work, text, Stage.CONSIDERATION)
    roster = crowd(work, text, many)
    carried = Carried(act, CALLS, "C1", 3, tuple(f"{n}" for n in range(many)))
    setting = Setting(roster, date(2020, 7, 14), engaged=tuple(f"s.{n}" for n in range(1, many)))
    filled = {one.name: text for one in FORMS[act] if one.kind.value != "day"}
    over = [said(text), *above(act, picture.request, authority=AuthorityClass.OTHER)]
    officer = roster.officers[0]
    found = Found([picture] * 20, many)
    asked = Asked(Look(Part.ALL, words=text[:100]), 2)

    views = [
        act_modal(carried, setting, given=filled, above=over),
        which_modal(VERBS[0], channel=text[:20]),
        people.absent_modal(officer, roster, today=date(2020, 7, 14), channel="C1"),
        people.add_modal(roster, channel="C1"),
        people.change_modal(roster, officer.handle, channel="C1"),
        people.leave_modal(roster, officer.handle, channel="C1"),
        people.handover_modal(roster, channel="C1"),
        notice(text),
        home.view(
            asked,
            [
                *home.top(officer, roster, asked.look),
                *home.results(asked, found, roster),
                *home.board(dict.fromkeys(Part, found)),
            ],
        ),
    ]
    for view in views:
        assert refused_view(fitted_view(view)) == []
    assert len(fitted_options(options([picture.request] * many))) <= 100


def crowd(work: AtWork, text: str, many: int) -> Roster:
    """Make a roster of many people and teams with unpleasant names."""
    roster = work.office.roster
    team = roster.teams[0]
    teams = tuple(replace(team, key=f"team-{n}", name=text[:200]) for n in range(many))
    officers = tuple(
        Officer(f"officer-{n}", text[:200], f"U{n}", "team-0", frozenset({Role.DESK, Role.MANAGER}))
        for n in range(many)
    )
    return replace(roster, teams=teams, officers=officers)
