"""Which permissions each method of Slack's needs, for what the desk calls it for.

Slack's reference names the scopes of each method (docs.slack.dev/reference/methods); those of
`conversations.*` go by the kind of channel, and the desk's may be public, private, or one person's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOKING = frozenset({"channels:read", "groups:read"})
_READING = frozenset({"channels:history", "groups:history", "im:history"})
_SPEAKING = frozenset({"chat:write"})
_FILES = frozenset({"files:write"})
_NOTHING: frozenset[str] = frozenset()

NEEDED_BY: dict[str, frozenset[str]] = {
    "apps.connections.open": _NOTHING,  # it goes by the app's token, not by the bot's
    "auth.revoke": _NOTHING,
    "auth.test": _NOTHING,
    "blocks.validate": _NOTHING,
    "chat.delete": _SPEAKING,
    "chat.postEphemeral": _SPEAKING,
    "chat.postMessage": _SPEAKING,
    "chat.update": _SPEAKING,
    "conversations.history": _READING,
    "conversations.info": _LOOKING,
    "conversations.list": _LOOKING,
    "conversations.open": frozenset({"im:write"}),  # with one person
    "conversations.replies": _READING,
    "files.completeUploadExternal": _FILES,
    "files.delete": _FILES,
    "files.getUploadURLExternal": _FILES,
    "oauth.v2.access": _NOTHING,
    "users.info": frozenset({"users:read"}),
    "views.open": _NOTHING,
    "views.publish": _NOTHING,
    "views.push": _NOTHING,
    "views.update": _NOTHING,
}
# To post in a public channel of which the app is no member.
ANYWHERE = "chat:write.public"
# What no method needs: the slash command and both shortcuts.
OF_NO_METHOD = {"commands", ANYWHERE}


def lacking(method: str, needed: str, given: frozenset[str]) -> str:
    """Name the permissions for want of which a method was refused, with commas between them.

    `needed` is what Slack says of it, which may be several of which one is enough, or nothing;
    `given` what the token may do. Nothing where it has all of them, and nobody can tell.
    """
    wanted = NEEDED_BY.get(method, _NOTHING)
    named = read(needed)
    return ",".join(sorted((named & wanted or named or wanted) - given))


def given_by(headers: Mapping[str, str]) -> frozenset[str]:
    """Read what the token may do out of any answer of Slack's; nothing where it does not say."""
    lowered = {name.casefold(): value for name, value in headers.items()}
    return read(lowered.get("x-oauth-scopes", ""))


def read(text: str) -> frozenset[str]:
    """Read permissions with commas between them."""
    return frozenset(one.strip() for one in text.split(",") if one.strip())
