"""Slack's limits, to the character: what is just allowed and what is just too much."""

from typing import Any

import pytest

from bot.sandbox.block_checks import check_message, complaints_about_view
from bot.sandbox.limits import LIMITS
from bot.sandbox.refusals import SlackError


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def section(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def options(count: int) -> list[dict[str, Any]]:
    return [{"text": plain(f"{number}"), "value": f"{number}"} for number in range(count)]


def select(count: int) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "pick", "options": options(count)}


ACCEPTED_AND_REFUSED = [
    ("blocks", [section()] * 50, [section()] * 51),
    ("section text", [section("x" * 3000)], [section("x" * 3001)]),
    ("section fields", [section(fields=[plain("x")] * 10)], [section(fields=[plain("x")] * 11)]),
    ("field text", [section(fields=[plain("x" * 2000)])], [section(fields=[plain("x" * 2001)])]),
    (
        "header",
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "header", "text": plain("x" * 151)}],
    ),
    (
        "header in mrkdwn",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    ),
    (
        "actions",
        [actions(*(button(action_id=f"a{n}") for n in range(25)))],
        [actions(*(button(action_id=f"a{n}") for n in range(26)))],
    ),
    (
        "context",
        [{"type": "context", "elements": [plain("x")] * 10}],
        [{"type": "context", "elements": [plain("x")] * 11}],
    ),
    (
        "button text",
        [actions(button(text=plain("x" * 75)))],
        [actions(button(text=plain("x" * 76)))],
    ),
    ("button value", [actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
    ("action_id", [actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
    ("block_id", [section(block_id="x" * 255)], [section(block_id="x" * 256)]),
    ("select options", [actions(select(100))], [actions(select(101))]),
    ("no options", [actions(select(1))], [actions(select(0))]),
    (
        "overflow",
        [actions({"type": "overflow", "action_id": "o", "options": options(5)})],
        [actions({"type": "overflow", "action_id": "o", "options": options(6)})],
    ),
    (
        "checkboxes",
        [actions({"type": "checkboxes", "action_id": "o", "options": options(10)})],
        [actions({"type": "checkboxes", "action_id": "o", "options": options(11)})],
    ),
    (
        "duplicate action_id",
        [actions(button(), button(action_id="other"))],
        [actions(button(), button())],
    ),
    (
        "duplicate block_id",
        [section(block_id="a"), section(block_id="b")],
        [section(block_id="a"), section(block_id="a")],
    ),
    ("unknown type", [{"type": "divider"}], [{"type": "banner"}]),
    (
        "confirm",
        [actions(button(confirm=dict.fromkeys(("title", "text", "confirm", "deny"), plain("x"))))],
        [
            actions(
                button(
                    confirm={
                        **dict.fromkeys(("title", "text", "deny"), plain("x")),
                        "confirm": plain("x" * 31),
                    }
                )
            )
        ],
    ),
]


@pytest.mark.parametrize(
    ("accepted", "refused"),
    [row[1:] for row in ACCEPTED_AND_REFUSED],
    ids=[row[0] for row in ACCEPTED_AND_REFUSED],
)
def test_a_message_is_kept_within_its_limits(
    accepted: list[dict[str, Any]], refused: list[dict[str, Any]]
) -> None:
    check_message(accepted)

    with pytest.raises(SlackError) as why:
        check_message(refused)
    assert why.value.code == "invalid_blocks"
    assert why.value.extra["response_metadata"]["messages"][0].startswith("[ERROR] ")


def test_all_the_blocks_together_have_a_limit() -> None:
    with pytest.raises(SlackError) as why:
        check_message([section("x" * 2900)] * 5)
    assert why.value.code == "msg_blocks_too_long"


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Title"), "blocks": [section()], **more}


FIELD = {
    "type": "input",
    "label": plain("Name"),
    "element": {"type": "plain_text_input", "action_id": "name"},
}
VIEWS = [
    (modal(), []),
    (modal(title=plain("x" * 25)), ["must be less than 25 characters [json-pointer:/view/title]"]),
    (modal(blocks=[section()] * 100), []),
    (
        modal(blocks=[section()] * 101),
        ["no more than 100 items allowed [json-pointer:/view/blocks]"],
    ),
    (modal(blocks=[]), ["must be more than 0 items [json-pointer:/view/blocks]"]),
    (modal(blocks=[FIELD]), ["missing required field: submit [json-pointer:/view]"]),
    (modal(blocks=[FIELD], submit=plain("Save")), []),
    (
        modal(private_metadata="x" * 3001),
        ["must be less than 3001 characters [json-pointer:/view/private_metadata]"],
    ),
    (
        {"type": "modal", "blocks": [section()]},
        ["missing required field: title [json-pointer:/view]"],
    ),
    (
        {"type": "home", "blocks": [{"type": "alert", "text": plain("x")}]},
        ["unsupported type: alert [json-pointer:/view/blocks/0/type]"],
    ),
    ({"type": "drawer"}, ["unsupported type: drawer [json-pointer:/view/type]"]),
]


@pytest.mark.parametrize(("view", "complaints"), VIEWS)
def test_a_view_is_kept_within_its_limits(view: dict[str, Any], complaints: list[str]) -> None:
    assert complaints_about_view(view) == [f"[ERROR] {one}" for one in complaints]


def test_no_row_of_the_table_contradicts_itself() -> None:
    assert all(one.least <= one.most for rows in LIMITS.values() for one in rows)
