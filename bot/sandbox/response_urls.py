"""Response URLs: how an app answers a person's act later, five times within half an hour."""

import secrets
import time
from typing import Any

from bot.sandbox.block_checks import complaints_about_message
from bot.sandbox.faults import Faults
from bot.sandbox.grants import RESPONSE_URL_USES
from bot.sandbox.json_values import Json
from bot.sandbox.refusals import SlackError
from bot.sandbox.workspace import Workspace, from_app

CONTENT = ("text", "blocks", "attachments", "metadata")


class ResponseUrls:
    """Issues response URLs and does what is posted to them."""

    def __init__(self, workspace: Workspace, faults: Faults, seconds: float) -> None:
        self._workspace = workspace
        self._faults = faults
        self._seconds = seconds

    def issue(
        self,
        person: str,
        channel: str,
        *,
        act: str,
        original: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """Issue a URL for one act of one person, on a message where there was one."""
        token = secrets.token_urlsafe(18)
        grant = {
            "person": person,
            "channel": channel,
            "act": act,
            "original": original,
            "thread_ts": thread_ts,
        }
        self._workspace.store.save_response_url(
            token, grant, uses=RESPONSE_URL_USES, expires=time.time() + self._seconds
        )
        return f"{self._workspace.own_url}/respond/{token}"

    def post(self, token: str, body: Json) -> None:
        """Do what the app posts; raises `SlackError` for a spent, late or unknown URL."""
        found = self._workspace.store.response_url(token)
        if found is None:
            raise SlackError("invalid_url")
        grant, uses, expires = found
        if time.time() > expires:
            raise SlackError("expired_url")
        if uses < 1:
            raise SlackError("used_url")
        complaints = complaints_about_message(body.get("blocks") or [])
        if complaints:
            raise SlackError("invalid_blocks", *complaints)
        self.answer(grant, body)
        self._workspace.store.save_response_url(token, grant, uses=uses - 1, expires=expires)

    def answer(self, grant: Json, body: Json) -> None:
        """Show an app's answer to an act: a new message, or a change to the original."""
        channel, original = grant["channel"], grant["original"]
        if original and body.get("delete_original"):
            self._workspace.delete(channel, original)
        elif original and body.get("replace_original"):
            self._workspace.edit(channel, original, _content(body), act=grant["act"])
        elif body.get("text") or body.get("blocks"):
            self._show(grant, body)

    def _show(self, grant: Json, body: Json) -> None:
        message = from_app(self._workspace.app, _content(body))
        thread_ts = body.get("thread_ts") or grant["thread_ts"]
        if thread_ts:
            message["thread_ts"] = thread_ts
        private = body.get("response_type") != "in_channel"
        if private and self._faults.happens("drop_ephemeral"):
            return
        self._workspace.post(
            grant["channel"],
            message,
            only_for=grant["person"] if private else None,
            act=grant["act"],
        )


def _content(body: Json) -> dict[str, Any]:
    content = {key: body[key] for key in CONTENT if body.get(key) is not None}
    return {"blocks": [], "text": "", **content}
