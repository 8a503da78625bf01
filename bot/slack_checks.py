"""What `foi doctor` asks Slack: is the token good, are scopes and channels there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.pages import help_all, menu
from bot.manifest import scopes_of
from bot.slack_errors import code_of
from workflow.cli.doctor import Check, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workflow.casework.roles import Roster

SECONDS = 5
COPY_ANEW = "Copy the bot token anew from the app's page, OAuth & Permissions."


def examine(
    *, token: str, api_url: str, config_dir: Path, roster: Roster, mend: str = COPY_ANEW
) -> list[Check]:
    """Ask Slack what is well, missing or wrong, and give the cure. Nothing is changed.

    `roster` is who works here today: the file, and what was changed since. `mend` says what to do
    where Slack does not accept the token.
    """
    client = WebClient(token, base_url=api_url, timeout=SECONDS, retry_handlers=[])
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = code_of(error) or "nothing"
        return [Check("Slack token", State.WRONG, f"Slack says {code}. {mend}")]
    except (URLError, OSError) as error:
        why = getattr(error, "reason", error)
        told = getattr(why, "strerror", None) or why
        cure = "Correct SLACK_API_URL, or look at the network."
        return [Check("Slack", State.WRONG, f"{api_url} does not answer: {told}. {cure}")]
    team = f"{answer.get('team', '?')} ({answer['team_id']})"
    return [
        Check("Slack token", State.OK, f"workspace {team}, as {answer.get('user', '?')}"),
        _scopes(config_dir, answer.headers),
        *_channels(roster, client),
        _people(roster, client),
        *_blocks(client),
    ]


def _scopes(config_dir: Path, headers: dict[str, Any]) -> Check:
    wanted = set(scopes_of(config_dir))
    found = {key.casefold(): value for key, value in headers.items()}.get("x-oauth-scopes", "")
    if not found:
        return Check("Slack scopes", State.MISSING, "Slack did not say which scopes it gave.")
    lacking = sorted(wanted - {one.strip() for one in found.split(",")})
    if lacking:
        cure = "Paste config/slack_manifest.json and install the app again."
        return Check("Slack scopes", State.WRONG, f"lacking {', '.join(lacking)}. {cure}")
    return Check("Slack scopes", State.OK, "all that the manifest asks for")


def _channels(roster: Roster, client: WebClient) -> Iterator[Check]:
    """Look whether every channel of teams.toml is there."""
    try:
        is_archived = {
            name: bool(channel.get("is_archived"))
            for page in client.conversations_list(types="public_channel,private_channel", limit=200)
            for channel in page["channels"]
            for name in (channel["name"], channel["id"])
        }
    except SlackApiError as error:
        yield Check("Slack channels", State.WRONG, f"Slack says {code_of(error)}.")
        return
    wanted = dict.fromkeys((roster.desk_channel, *(one.channel for one in roster.teams)))
    lacking = [name for name in wanted if name.removeprefix("#") not in is_archived]
    archived = [name for name in wanted if is_archived.get(name.removeprefix("#"))]
    if lacking:
        cure = "Create them, invite the bot, or correct config/teams.toml."
        yield Check("Slack channels", State.WRONG, f"not found: {', '.join(lacking)}. {cure}")
    if archived:
        cure = "Unarchive them, or name others in config/teams.toml."
        yield Check("Slack channels", State.WRONG, f"archived: {', '.join(archived)}. {cure}")
    if not lacking and not archived:
        yield Check("Slack channels", State.OK, ", ".join(wanted))


def _people(roster: Roster, client: WebClient) -> Check:
    """Look whether everybody who works here has a Slack account that can be written to."""
    gone = []
    for one in (one for one in roster.officers if one.slack):
        try:
            if client.users_info(user=one.slack)["user"].get("deleted"):
                gone.append(f"{one.name} is deactivated")
        except SlackApiError as error:
            gone.append(f"{one.name} ({one.slack}): {code_of(error)}")
    if gone:
        cure = "Correct the member IDs, or hand over what they hold: foi people."
        return Check("Slack people", State.WRONG, f"{'; '.join(gone)}. {cure}")
    return Check("Slack people", State.OK, "everybody has an account")


def _blocks(client: WebClient) -> Iterator[Check]:
    """Ask Slack whether it would take what the desk draws. Where it cannot say, nothing is told."""
    try:
        answer = client.api_call("blocks.validate", json={"blocks": [*menu(), *help_all()]})
    except SlackApiError as error:
        if code_of(error) not in {"unknown_method", "not_allowed_token_type"}:
            yield Check("Slack blocks", State.WRONG, f"Slack says {code_of(error)}.")
        return
    wrong = [f"{one.get('pointer', '?')}: {one.get('message', '?')}" for one in answer["errors"]]
    if wrong:
        yield Check("Slack blocks", State.WRONG, f"{'; '.join(wrong)}. Report this as a bug.")
    else:
        yield Check("Slack blocks", State.OK, "Slack takes what the desk draws")
