"""What Slack's refusals mean for a message: its error codes become the delivery's four answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from bot import scopes
from bot.slack_errors import code_of
from workflow.services.messenger import (
    PlaceGone,
    SlowDown,
    Trouble,
    Undeliverable,
    Undelivered,
    Unknown,
)

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

# What each of Slack's codes means for the message. One not named here may or may not have been
# obeyed, so it is looked after as unknown.
GONE = {
    *("message_not_found", "cant_update_message", "edit_window_closed"),
    *("file_not_found", "file_deleted"),
}
# The recipient cannot be reached, and will not be until somebody mends it.
UNREACHED = {
    "is_archived": Trouble.ARCHIVED,
    "channel_not_found": Trouble.NO_CHANNEL,
    "not_in_channel": Trouble.NOT_IN_CHANNEL,
    "user_not_found": Trouble.NO_ACCOUNT,
    "users_not_found": Trouble.NO_ACCOUNT,
    "user_disabled": Trouble.NO_ACCOUNT,
    "user_not_visible": Trouble.NO_ACCOUNT,
    "cannot_dm_bot": Trouble.NO_ACCOUNT,
}
NEVER = {
    "messages_tab_disabled",
    "restricted_action",
    "cant_delete_message",
    "cant_delete_file",
    "compliance_exports_prevent_deletion",
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
}
# Nothing was posted, and nothing will be until somebody mends the installation: foi doctor tells.
BROKEN = {
    "invalid_auth": Trouble.INSTALLATION,
    "not_authed": Trouble.INSTALLATION,
    "account_inactive": Trouble.INSTALLATION,
    "token_revoked": Trouble.INSTALLATION,
    "token_expired": Trouble.INSTALLATION,
    "tokens_revoked": Trouble.INSTALLATION,  # these two are events: see `InForce.token`
    "app_uninstalled": Trouble.INSTALLATION,
    "team_access_not_granted": Trouble.INSTALLATION,
    "missing_scope": Trouble.SCOPE,
    "no_permission": Trouble.SCOPE,
}
# Slack itself is unwell, and says so: it will be well again.
OUTAGE = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
BROKEN_WAITS = 300.0
REFUSED_WAITS = 5.0


def unreached() -> Undelivered:
    """Say that nothing was posted, for nobody is there."""
    why = "Slack could not be reached"
    return Undelivered(why, retry_after=REFUSED_WAITS, trouble=Trouble.AWAY)


def meaning(error: SlackApiError) -> Exception:
    """Give one of the delivery's answers for what Slack said."""
    code, status = code_of(error), getattr(error.response, "status_code", HTTPStatus.OK)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        code = ""  # a page, be it a proxy's, and no word of Slack's
    if code == "ratelimited":
        seconds = float(error.response.headers.get("Retry-After", "1"))
        why = "Slack asks to slow down"
        return SlowDown(why, retry_after=seconds, trouble=Trouble.SLOWED)
    if code in GONE:
        return PlaceGone(code)
    if code in UNREACHED or code in NEVER:
        return Undeliverable(f"Slack says {code}", trouble=UNREACHED.get(code))
    if code in BROKEN:
        lacks = _lacks(error) if code == "missing_scope" else ""
        told = f"{code} ({lacks})" if lacks else code
        why = f"Slack says {told}: run foi doctor"
        return Undelivered(why, retry_after=BROKEN_WAITS, trouble=BROKEN[code], lacks=lacks)
    if not code or code in OUTAGE:
        return Unknown(f"Slack says {code or 'nothing that can be read'}")
    return Unknown(f"Slack says {code}", answered=True)


def _lacks(error: SlackApiError) -> str:
    response = error.response
    method = str(getattr(response, "api_url", "")).rpartition("/")[2]
    given = scopes.given_by(getattr(response, "headers", {}))
    return scopes.lacking(method, str(response.get("needed") or ""), given)
