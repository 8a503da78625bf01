"""Whether Slack would take these blocks: walks them against the table of limits."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox import limits
from bot.sandbox.json_values import Json, dump
from bot.sandbox.refusals import SlackError

Complaint = tuple[str, str]  # what is wrong, and the JSON pointer to it


def complaints_about_message(blocks: Any) -> list[str]:
    """List what Slack would refuse in a message's blocks, in its own manner of speaking."""
    return _told(_blocks(blocks, "message", limits.BLOCKS_PER_MESSAGE, "/blocks"))


def complaints_about_view(view: Any) -> list[str]:
    """List what Slack would refuse in a modal or an App Home."""
    if not isinstance(view, dict):
        return ["[ERROR] must be an object [json-pointer:/view]"]
    kind = str(view.get("type"))
    if kind not in {"modal", "home"}:
        return [f"[ERROR] unsupported type: {kind} [json-pointer:/view/type]"]
    found = [*_fields(view, kind, "/view")]
    if view.get("blocks") == []:
        found.append(("must be more than 0 items", "/view/blocks"))
    found += _blocks(view.get("blocks"), kind, limits.BLOCKS_PER_VIEW, "/view/blocks")
    has_input = any(_kind(one) == "input" for one in view.get("blocks") or [])
    if kind == "modal" and has_input and not view.get("submit"):
        found.append(("missing required field: submit", "/view"))
    return _told(found)


def check_message(blocks: Any) -> None:
    """Raise `SlackError` where Slack would refuse a message's blocks."""
    found = complaints_about_message(blocks)
    if found:
        raise SlackError("invalid_blocks", *found)
    if len(dump(blocks)) > limits.BLOCK_CHARACTERS_PER_MESSAGE:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any) -> None:
    """Raise `SlackError` where Slack would refuse a view."""
    found = complaints_about_view(view)
    if found:
        raise SlackError("invalid_arguments", *found)


def with_block_ids(blocks: list[Json], number: Iterator[int]) -> list[Json]:
    """Give every block the id that Slack gives where the app gave none."""
    return [{"block_id": f"b{next(number)}", **one} for one in blocks]


def _told(found: list[Complaint]) -> list[str]:
    return [f"[ERROR] {what} [json-pointer:{where}]" for what, where in found]


def _kind(one: Any) -> str:
    return str(one.get("type")) if isinstance(one, dict) else ""


def _blocks(blocks: Any, surface: str, most: int, where: str) -> list[Complaint]:
    if not isinstance(blocks, list):
        return [("must be an array", where)]
    found: list[Complaint] = []
    if len(blocks) > most:
        found.append((f"no more than {most} items allowed", where))
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        found += _block(block, surface, f"{where}/{number}", seen)
    return found


def _block(block: Any, surface: str, where: str, seen: set[str]) -> list[Complaint]:
    kind = _kind(block)
    if kind not in limits.ALLOWED_BLOCKS[surface]:
        return [(f"unsupported type: {kind}", f"{where}/type")]
    found = [*_fields(block, kind, where), *_identifier(block, "block_id", where)]
    block_id = block.get("block_id")
    if block_id in seen:
        found.append(("block_id already exists", f"{where}/block_id"))
    if block_id:
        seen.add(block_id)
    actions: set[str] = set()
    for path, element in _elements(block):
        found += _element(element, f"{where}/{path}", actions)
    return found


def _elements(block: Json) -> Iterator[tuple[str, Any]]:
    kind = block["type"]
    if kind in {"actions", "context_actions"} and isinstance(block.get("elements"), list):
        yield from ((f"elements/{number}", one) for number, one in enumerate(block["elements"]))
    if kind == "section" and "accessory" in block:
        yield "accessory", block["accessory"]
    if kind == "input" and "element" in block:
        yield "element", block["element"]


def _element(element: Any, where: str, actions: set[str]) -> list[Complaint]:
    kind = _kind(element)
    if kind not in limits.ELEMENTS:
        return [(f"unsupported type: {kind}", f"{where}/type")]
    found = [*_fields(element, kind, where), *_identifier(element, "action_id", where)]
    action_id = element.get("action_id")
    if action_id in actions:
        found.append((f"duplicate action_id: {action_id}", f"{where}/action_id"))
    if action_id:
        actions.add(action_id)
    if "confirm" in element:
        found += _fields(element["confirm"], "confirm", f"{where}/confirm")
    for number, option in enumerate(_listed(element, "options")):
        found += _fields(option, "option", f"{where}/options/{number}")
    for number, group in enumerate(_listed(element, "option_groups")):
        found += _option_group(group, f"{where}/option_groups/{number}")
    return found


def _option_group(group: Any, where: str) -> list[Complaint]:
    found = [*_fields(group, "option_group", where)]
    for number, option in enumerate(_listed(group, "options")):
        found += _fields(option, "option", f"{where}/options/{number}")
    return found


def _listed(holder: Any, field: str) -> list[Any]:
    entries = holder.get(field) if isinstance(holder, dict) else None
    return entries if isinstance(entries, list) else []


def _identifier(holder: Json, field: str, where: str) -> Iterator[Complaint]:
    if len(str(holder.get(field, ""))) > limits.IDENTIFIER:
        yield f"must be less than {limits.IDENTIFIER + 1} characters", f"{where}/{field}"


def _fields(holder: Any, kind: str, where: str) -> Iterator[Complaint]:
    """Compare an object's fields with its rows in the table."""
    if not isinstance(holder, dict):
        yield "must be an object", where
        return
    for names in limits.REQUIRED.get(kind, ()):
        if not any(name in holder for name in names):
            yield f"missing required field: {names[0]}", where
    for limit in limits.LIMITS.get(kind, ()):
        yield from _lengths(holder, kind, limit, where)


def _lengths(holder: Json, kind: str, limit: limits.Limit, where: str) -> Iterator[Complaint]:
    name = limit.field.removesuffix("[]")
    if holder.get(name) is None:
        return
    values = [holder[name]]
    if limit.field.endswith("[]"):
        values = _listed(holder, name)
    for value in values:
        yield from _text_object(value, (kind, name), f"{where}/{name}")
        length = _length(value)
        if length < limit.least:
            yield f"must be more than {limit.least - 1} characters", f"{where}/{name}"
        if length > limit.most and isinstance(value, list):
            yield f"no more than {limit.most} items allowed", f"{where}/{name}"
        elif length > limit.most:
            yield f"must be less than {limit.most + 1} characters", f"{where}/{name}"


def _text_object(value: Any, place: tuple[str, str], where: str) -> Iterator[Complaint]:
    if not isinstance(value, dict) or "text" not in value:
        return
    kind = value.get("type")
    if kind not in {"plain_text", "mrkdwn"}:
        yield f"unsupported type: {kind}", f"{where}/type"
    elif kind == "mrkdwn" and place in limits.ONLY_PLAIN_TEXT:
        yield "must be plain_text", f"{where}/type"


def _length(value: Any) -> int:
    if isinstance(value, dict):
        return len(str(value.get("text", "")))
    return len(value) if isinstance(value, list | str) else 0
