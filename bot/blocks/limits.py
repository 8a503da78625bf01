"""Slack's limits as the desk keeps them: what a message, a view and their parts may hold.

Source: Slack's Block Kit reference (docs.slack.dev/reference/block-kit) and the references of
views.open and chat.postMessage; how much all blocks of a message may be is not documented and was
measured by others (slackapi/bolt-js issue 2509).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCKS_OF_MESSAGE, BLOCKS_OF_VIEW = 50, 100
CHARACTERS_OF_BLOCKS = 13_000  # of one message, written as JSON; refused from about 13,200
MESSAGE_TEXT = 40_000  # of a message without blocks; Slack itself cuts the rest off unsaid
MESSAGE_SUMMARY = 4_000  # of the words that stand for blocks in a notification
PRIVATE_METADATA = 3_000
OPTIONS_OFFERED = 100  # answers to what was typed into a menu that is searched

_NONE: Mapping[str, int] = MappingProxyType({})


class Holds(NamedTuple):
    """What one kind of object may hold: characters of words, characters of ids, entries."""

    words: Mapping[str, int] = _NONE  # may be shortened, and says so
    ids: Mapping[str, int] = _NONE  # may not: one that is too long is of no use
    entries: Mapping[str, int] = _NONE


_NAMED: Mapping[str, int] = {"action_id": 255}
_SEARCHED = Holds({"placeholder": 150}, _NAMED)
_CHOSEN = Holds({"placeholder": 150}, _NAMED, {"options": 100, "option_groups": 100})
_TYPED = Holds({"placeholder": 150, "initial_value": 3000}, _NAMED)

HOLDS: dict[str, Holds] = {
    # blocks
    "section":         Holds({"text": 3000}, {}, {"fields": 10}),
    "header":          Holds({"text": 150}),
    "context":         Holds({}, {}, {"elements": 10}),
    "actions":         Holds({}, {}, {"elements": 25}),
    "input":           Holds({"label": 2000, "hint": 2000}),
    "image":           Holds({"alt_text": 2000, "title": 2000}, {"image_url": 3000}),
    # what stands in them
    "mrkdwn":          Holds({"text": 3000}),
    "plain_text":      Holds({"text": 3000}),
    "field":           Holds({"text": 2000}),
    "button":          Holds({"text": 75, "accessibility_label": 75},
                             {**_NAMED, "value": 2000, "url": 3000}),
    "overflow":        Holds({}, _NAMED, {"options": 5}),
    "checkboxes":      Holds({}, _NAMED, {"options": 10}),
    "radio_buttons":   Holds({}, _NAMED, {"options": 10}),
    "static_select":         _CHOSEN,
    "multi_static_select":   _CHOSEN,
    "external_select":       _SEARCHED,
    "multi_external_select": _SEARCHED,
    "users_select":          _SEARCHED,
    "multi_users_select":    _SEARCHED,
    "datepicker":            _SEARCHED,
    "plain_text_input":      _TYPED,
    "email_text_input":      _TYPED,
    "number_input":          _TYPED,
    "url_text_input":        _TYPED,
    "option":          Holds({"text": 75, "description": 75}, {"value": 150}),
    "option_group":    Holds({"label": 75}, {}, {"options": 100}),
    "confirm":         Holds({"title": 100, "text": 300, "confirm": 30, "deny": 30}),
    # views
    "modal":           Holds({"title": 24, "submit": 24, "close": 24},
                             {"private_metadata": PRIVATE_METADATA, "callback_id": 255}),
    "home":            Holds({}, {"private_metadata": PRIVATE_METADATA, "callback_id": 255}),
}  # fmt: skip

BLOCK_ID = 255
