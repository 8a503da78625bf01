"""What goes to Slack goes through one of two doors, which keep its limits: no third is opened."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT, tracked_files

# A method of Slack's that shows something to people, as slack_sdk names it or in an `api_call`.
SHOWS = re.compile(
    r"chat[._](post\w*|update|schedule\w*|\w*stream|me_message|meMessage|unfurl)"
    r"|views[._](open|push|update|publish)|files[._]upload\w*|files\.(getUploadURL|complete)\w*"
    r"|dialog[._]open",
    re.IGNORECASE,
)
# Where they are called, and what is called there. Blocks are fitted to Slack's limits in both.
DOORS = {
    "bot/listeners/edge.py": {
        "chat_postEphemeral",
        "chat_postMessage",
        "respond",
        "views_open",
        "views_publish",
        "views_push",
        "views_update",
    },
    "bot/messenger.py": {"chat_postMessage", "chat_update", "files_upload_v2"},
    "bot/pictures.py": {"files_upload_v2"},  # the bytes of a chart, shown to nobody by themselves
}
TABLE = "bot/scopes.py"  # names every method that is called, and calls none: it imports no client
FITTING = "bot.blocks.fitting"


def called(source: str) -> set[str]:
    """Find the methods of Slack's that a program's text names, by attribute or in a word of it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and SHOWS.fullmatch(node.attr):
            found.add(node.attr)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "respond":
            found.add("respond")
        elif isinstance(node, ast.Constant) and SHOWS.fullmatch(str(node.value)):
            found.add(str(node.value))
    return found


def product() -> dict[str, Path]:
    """Give the modules of the product: the sandbox is Slack's side, and no sender."""
    named = {path.relative_to(ROOT).as_posix(): path for path in tracked_files()}
    return {
        name: path
        for name, path in named.items()
        if name.endswith(".py")
        and name.startswith(("bot/", "workflow/"))
        and not name.startswith("bot/sandbox/")
        and name != TABLE
    }


def test_slack_is_told_something_at_its_two_doors_only() -> None:
    found = {name: called(path.read_text("utf-8")) for name, path in product().items()}

    assert {name: methods for name, methods in found.items() if methods} == DOORS


def test_the_table_of_methods_calls_none_of_them() -> None:
    assert "slack_sdk" not in (ROOT / TABLE).read_text("utf-8")


@pytest.mark.parametrize("door", ["bot/listeners/edge.py", "bot/messenger.py"])
def test_each_door_keeps_the_limits_of_slack(door: str) -> None:
    imported = {
        node.module
        for node in ast.walk(ast.parse((ROOT / door).read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    }

    assert FITTING in imported


@pytest.mark.parametrize(
    ("line", "method"),
    [
        ("client.chat_postMessage(channel=c, text=t)", "chat_postMessage"),
        ("send = client.views_open", "views_open"),
        ("client.api_call('chat.update', json=b)", "chat.update"),
        ("respond(text)", "respond"),
        ("client.chat_startStream()", "chat_startStream"),
    ],
)
def test_a_new_sender_is_found(line: str, method: str) -> None:
    assert called(line) == {method}
