"""Whether Slack would take what is drawn: asked of slack_sdk's models and of the local Slack."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.block_checks import check_message, check_view
from bot.sandbox.refusals import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]


def refused(blocks: list[Json]) -> list[str]:
    """List what Slack would refuse in a message's blocks."""
    return [*_by_the_models(blocks), *_asked(check_message, blocks), *_doubled(blocks)]


def refused_view(view: Json) -> list[str]:
    """List what Slack would refuse in a modal or an App Home."""
    made = [*_asked(check_view, view), *_by_the_models(view["blocks"]), *_doubled(view["blocks"])]
    try:
        View(**view).validate_json()
    except SlackObjectFormationError as error:
        made.append(str(error))
    return made


def _asked(check: Callable[[Any], None], drawn: Any) -> list[str]:
    try:
        check(drawn)
    except SlackError as error:
        told: Any = error.extra.get("response_metadata", {"messages": []})
        return [error.code, *told["messages"]]
    return []


def _by_the_models(blocks: list[Json]) -> Iterator[str]:
    for block in blocks:
        known = Block.parse(block)
        if known is None:
            yield f"slack_sdk knows no block of type {block['type']}"
            continue
        try:
            known.to_dict()
        except SlackObjectFormationError as error:
            yield str(error)


def _doubled(blocks: list[Json]) -> list[str]:
    """An action id must be unique in its block, or the app cannot tell which was pressed."""
    return [
        f"{action_id} stands {n} times in one block"
        for block in blocks
        for action_id, n in Counter(_action_ids(block)).items()
        if n > 1
    ]


def _action_ids(block: Json) -> Iterator[str]:
    for one in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
        if one and "action_id" in one:
            yield one["action_id"]
