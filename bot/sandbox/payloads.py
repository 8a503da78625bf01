"""What Slack sends an app, with the same keys as the real thing."""

import secrets
from collections.abc import Sequence

from bot.sandbox.directory import Person
from bot.sandbox.json_values import Json
from bot.sandbox.manifest import TEAM_DOMAIN, TEAM_ID, App

VERIFICATION_TOKEN = "sandbox-verification"  # noqa: S105 - Slack's long-deprecated key, not a secret
TEAM = {"id": TEAM_ID, "domain": TEAM_DOMAIN}


def person_of(person: Person) -> Json:
    """Name the person who acted, as interaction payloads do."""
    return {
        "id": person.id,
        "username": person.handle,
        "name": person.handle,
        "team_id": person.team_id,
    }


def channel_of(conversation: Json) -> Json:
    """Name a conversation, as payloads do; every direct message is called the same."""
    name = "directmessage" if conversation["kind"] == "im" else conversation["name"]
    return {"id": conversation["id"], "name": name}


def slash_command(app: App, person: Person, conversation: Json, *, command: str, text: str) -> Json:
    """Write a slash command; trigger and response URL are added when it is sent."""
    channel = channel_of(conversation)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel["id"],
        "channel_name": channel["name"],
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
    }


def interaction(app: App, person: Person, kind: str) -> Json:
    """Write what every interaction has."""
    return {
        "type": kind,
        "user": person_of(person),
        "api_app_id": app.app_id,
        "token": VERIFICATION_TOKEN,
        "team": TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def in_message(conversation: Json, message: Json, *, ephemeral: bool) -> Json:
    """Add where an element was: in a message (an ephemeral one is not repeated)."""
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": conversation["id"],
        "is_ephemeral": ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    where = {"container": container, "channel": channel_of(conversation)}
    return where if ephemeral else {**where, "message": message}


def in_view(view: Json) -> Json:
    """Add where an element was: in a modal or the App Home."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def shortcut(person: Person, callback_id: str, *, action_ts: str) -> Json:
    """Write a global shortcut."""
    return {
        "type": "shortcut",
        "token": VERIFICATION_TOKEN,
        "action_ts": action_ts,
        "team": TEAM,
        "user": {"id": person.id, "username": person.handle, "team_id": person.team_id},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
    }


def message_shortcut(
    person: Person, callback_id: str, conversation: Json, message: Json, *, action_ts: str
) -> Json:
    """Write a message shortcut."""
    return {
        "type": "message_action",
        "token": VERIFICATION_TOKEN,
        "action_ts": action_ts,
        "team": TEAM,
        "user": {
            "id": person.id,
            "username": person.handle,
            "team_id": person.team_id,
            "name": person.handle,
        },
        "channel": channel_of(conversation),
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": callback_id,
        "message_ts": message["ts"],
        "message": message,
    }


def event_callback(app: App, event: Json, *, at: int, team: str = TEAM_ID) -> Json:
    """Wrap an event as the Events API does."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": at,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": app.bot_person_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }


def message_event(conversation: Json, message: Json) -> Json:
    """Write a message as an event."""
    kind = "im" if conversation["kind"] == "im" else "channel"
    return {
        **message,
        "channel": conversation["id"],
        "event_ts": message["ts"],
        "channel_type": kind,
    }


def view_of(
    app: App,
    view: Json,
    *,
    view_id: str,
    blocks: Sequence[Json],
    state: Json,
    view_hash: str,
    root: str,
    previous: str | None,
) -> Json:
    """Write a view as Slack answers with it."""
    return {
        "id": view_id,
        "team_id": TEAM_ID,
        "type": view["type"],
        "blocks": list(blocks),
        "private_metadata": view.get("private_metadata") or "",
        "callback_id": view.get("callback_id") or "",
        "state": {"values": state},
        "hash": view_hash,
        "title": view.get("title"),
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "previous_view_id": previous,
        "root_view_id": root,
        "app_id": app.app_id,
        "external_id": view.get("external_id") or "",
        "app_installed_team_id": TEAM_ID,
        "bot_id": app.bot_id,
    }
