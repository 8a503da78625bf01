"""auth.*, apps.*, api.test, blocks.validate and oauth.v2.access: the app itself."""

import re

from bot.sandbox.block_checks import complaints_about_message, complaints_about_view
from bot.sandbox.installing import TEAMS
from bot.sandbox.json_values import Json
from bot.sandbox.refusals import SlackError
from bot.sandbox.web_api.call import Call, Method

COMPLAINT = re.compile(r"\[ERROR\] (?P<message>.*) \[json-pointer:(?P<pointer>.*)\]")


def auth_test(call: Call) -> Json:
    """Tell the app who it is."""
    app = call.workspace.app
    team = call.tokens.team(call.token)
    return {
        "url": f"{call.workspace.own_url}/",
        "team": TEAMS[team],
        "user": app.name,
        "team_id": team,
        "user_id": app.bot_person_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    """Give the address of a Socket Mode connection."""
    base = call.workspace.own_url.replace("http", "ws", 1)
    ticket = call.socket.ticket()
    return {"url": f"{base}/link/?ticket={ticket}&app_id={call.workspace.app.app_id}"}


def api_test(call: Call) -> Json:
    """Give the arguments back."""
    if call.maybe("error"):
        raise SlackError(call.text("error"))
    return {"args": call.args}


def validate_blocks(call: Call) -> Json:
    """List what Slack would refuse in blocks, a message or a view."""
    if call.args.get("view") is not None:
        found = complaints_about_view(call.args["view"])
    else:
        message = call.args.get("message") or {}
        blocks = call.args.get("blocks")
        found = complaints_about_message(message.get("blocks") if blocks is None else blocks)
    read = [COMPLAINT.fullmatch(one) for one in found]
    return {"errors": [one.groupdict() for one in read if one]}


def oauth_access(call: Call) -> Json:
    """Exchange a code of the authorize page, or a refresh token, for the app's token."""
    return call.installing.exchange(call.args)


def revoke(call: Call) -> Json:
    """Take the token back by which it is called, and tell the app of it."""
    team = call.tokens.team(call.token)
    call.tokens.end(call.token)
    call.events.tokens_revoked(team)
    return {"revoked": True}


PLATFORM: dict[str, Method] = {
    "auth.revoke": revoke,
    "auth.test": auth_test,
    "apps.connections.open": open_connection,
    "api.test": api_test,
    "blocks.validate": validate_blocks,
    "oauth.v2.access": oauth_access,
}
