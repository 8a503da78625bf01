"""The permissions: each method that is called has its own, and the manifest asks for no others."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from slack_sdk import WebClient

from bot.manifest import scopes_of
from bot.sandbox.administration import NEEDS
from bot.scopes import NEEDED_BY, OF_NO_METHOD, given_by, lacking
from tests.architecture.checkout import ROOT, tracked_files

if TYPE_CHECKING:
    from collections.abc import Iterator

# A file is uploaded by two methods; slack_sdk has one function for both.
UPLOADING = {"files.getUploadURLExternal", "files.completeUploadExternal"}
NAMED = re.compile(r"[a-z]\w*(\.[a-z]\w*)+", re.IGNORECASE)


def methods_of_slack() -> dict[str, str]:
    """Give the function of slack_sdk's client for each method that the desk could call."""
    return {
        name: name.replace("_", ".")
        for name in vars(WebClient)
        if re.match(
            r"(admin|apps|auth|blocks|bookmarks|canvases|chat|conversations|dnd|emoji)_", name
        )
        or re.match(
            r"(files|oauth|pins|reactions|reminders|search|team|usergroups|users|views)_", name
        )
    }


def called(source: str) -> Iterator[str]:
    """Find the methods that a program's text calls, by slack_sdk's functions or by `api_call`."""
    known = methods_of_slack()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "files_upload_v2":
            yield from UPLOADING
        elif isinstance(node, ast.Attribute) and node.attr in known:
            yield known[node.attr]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "api_call":
            yield from (
                str(one.value)
                for one in node.args
                if isinstance(one, ast.Constant) and NAMED.fullmatch(str(one.value))
            )


def plain(method: str) -> str:
    return re.sub(r"[._]", "", method).casefold()


def test_every_method_that_is_called_has_its_permissions_and_no_other_has() -> None:
    texts = [
        path.read_text("utf-8")
        for path in tracked_files()
        if path.suffix == ".py"
        and path.is_relative_to(ROOT / "bot")
        and not path.is_relative_to(ROOT / "bot" / "sandbox")
    ]
    found = {plain(method) for text in texts for method in called(text)}

    assert found == {plain(method) for method in NEEDED_BY}


@pytest.mark.parametrize(
    ("line", "method"),
    [
        ("client.reactions_add(name=n)", "reactions.add"),
        ("look = client.conversations_info", "conversations.info"),
        ("client.api_call('usergroups.list')", "usergroups.list"),
    ],
)
def test_a_new_method_is_found(line: str, method: str) -> None:
    assert list(called(line)) == [method]


def test_the_manifest_asks_for_what_is_needed_and_no_more() -> None:
    needed = frozenset[str]().union(*NEEDED_BY.values())

    assert set(scopes_of(ROOT / "config")) == needed | OF_NO_METHOD


def test_the_local_slack_wants_for_each_method_what_the_desk_thinks_it_needs() -> None:
    wants = {method: set(scopes) for method, scopes in NEEDS.items()}

    assert {method for method in wants if not wants[method] <= NEEDED_BY[method]} == set()
    assert {method for method in NEEDED_BY if NEEDED_BY[method] and method not in wants} == set()


@pytest.mark.parametrize(
    ("method", "needed", "given", "lacks"),
    [
        ("conversations.list", "groups:read", "channels:read", "groups:read"),
        # Slack names every kind of channel; the desk has two of them.
        (
            "conversations.list",
            "channels:read,groups:read,mpim:read",
            "groups:read",
            "channels:read",
        ),
        ("users.info", "", "chat:write", "users:read"),  # Slack says nothing
        ("pins.add", "pins:write", "chat:write", "pins:write"),  # the table says nothing
        ("users.info", "users:read", "users:read", ""),  # nobody can tell
    ],
)
def test_what_lacks_is_named_as_closely_as_can_be(
    method: str, needed: str, given: str, lacks: str
) -> None:
    assert lacking(method, needed, given_by({"X-OAuth-Scopes": given})) == lacks
