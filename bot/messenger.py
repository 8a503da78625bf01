"""Slack as the office's messenger. What its refusals mean stands in `bot.meanings`."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot import ids, scopes
from bot.blocks import card
from bot.blocks.fitting import fitted_message
from bot.blocks.text import (
    SECTION,
    Block,
    actions,
    button,
    escape,
    named,
    parted,
    said,
    section,
)
from bot.meanings import meaning, unreached
from workflow.casework.errors import UnknownOfficer, UnknownTeam
from workflow.casework.stages import Act
from workflow.services.messenger import (
    File,
    Message,
    Trouble,
    Undeliverable,
    Undelivered,
    Unknown,
    file_name,
)
from workflow.store.cards import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from slack_sdk import WebClient

    from workflow.casework.roles import Roster
    from workflow.services.pictures import CardPicture

MOST_IN_BLOCKS = 12_000  # characters; Slack refuses blocks of about 13,200 (bolt-js issue 2509)
# How often a page that could not be read is asked for again, and how long it may have to wait.
READ_AGAIN, READ_WAITS = 4, 2.0
# By so much Slack's clock and ours may differ.
CLOCKS_DIFFER = timedelta(minutes=5)


class SlackMessenger:
    """Posts as the bot. `client` must not retry by itself: a retried post could stand twice."""

    def __init__(self, client: WebClient, roster: Callable[[], Roster]) -> None:
        self._client = client
        self._roster = roster
        self._channels: dict[str, str] = {}
        self._guard = threading.Lock()

    def say(self, message: Message) -> Place:
        """Post words: to a thread as they are, to a person or channel with a button to look.

        What speaks of several requests is as long as it needs to be, and has no button. What is
        urgent begins with a mention of the channel's user group: in the words, for notifications,
        and in a block of its own, for ours are plain text, in which nothing is a mention.
        """
        blocks: list[Block] | None
        if message.reference:
            text, blocks = escape(message.text), [said(message.text)]
        else:
            text, blocks = _of_several(message.text)
        if group := self._group(message):
            mention = f"<!subteam^{group}>"
            text, blocks = f"{mention} {text}", blocks and [section(mention), *blocks]
        if blocks and message.reference and message.thread is None:
            blocks.append(actions(*_buttons(message)))
        about = message.reference
        return self._post(message.recipient, message.key, text, blocks, message.thread, about=about)

    def draw(self, picture: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Post a card or change the one at a place. Raises PlaceGone if it is not there."""
        drawn = card.blocks_for(recipient, picture)
        if at is None:
            return self._post(recipient, key, card.summary(picture), drawn, None)
        text, blocks = fitted_message(card.summary(picture), drawn)
        self._call(self._client.chat_update, channel=at.channel, ts=at.ts, text=text, blocks=blocks)
        return at

    def file(self, file: File) -> Place:
        """Upload a file and share it in its thread. Nobody sees one that is not shared yet."""
        content = file.content()
        answer = self._call(
            self._client.files_upload_v2,
            channel=file.thread.channel,
            thread_ts=file.thread.ts,
            filename=file.name,
            title=file.name,
            content=content,
            initial_comment=escape(file.text),
        )
        return Place(file.thread.channel, str(answer["files"][0]["id"]))

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Look through what the recipient was told since then for a message with the key."""
        channel = thread.channel if thread else self._channel(recipient)
        for message in self._read(channel, thread, oldest=since - CLOCKS_DIFFER):
            payload = message.get("metadata", {}).get("event_payload", {})
            if payload.get("key") == key or _file_of(message, key):
                return Place(channel, _file_of(message, key) or message["ts"])
        return None

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Take a message of ours away, or a file. Raises PlaceGone if it is gone already."""
        if is_file:
            self._call(self._client.files_delete, file=place.ts)
        else:
            self._call(self._client.chat_delete, channel=place.channel, ts=place.ts)

    def _read(
        self, channel: str, thread: Place | None, *, oldest: datetime
    ) -> Iterator[dict[str, Any]]:
        """Read page after page: much may have been said since."""
        wanted: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{oldest.timestamp():.6f}",
            "include_all_metadata": True,
            "limit": 200,
        }
        read: Callable[..., Any] = self._client.conversations_history
        if thread:
            read, wanted["ts"] = self._client.conversations_replies, thread.ts
        cursor = ""
        while True:
            page = self._patiently(read, cursor=cursor, **wanted)
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def _patiently(self, read: Callable[..., Any], **wanted: Any) -> Any:
        """Ask again where reading failed: it changes nothing, and of many pages one often fails."""
        for _ in range(READ_AGAIN):
            try:
                return self._call(read, **wanted)
            except Unknown:
                continue
            except Undelivered as error:
                if error.retry_after > READ_WAITS:
                    raise
                time.sleep(error.retry_after)
        return self._call(read, **wanted)

    def refusal(self) -> Undelivered | Undeliverable | Unknown | None:
        """Say why Slack is not there, or does not know the token; None where all is well."""
        try:
            self._call(self._client.auth_test)
        except (Undelivered, Undeliverable, Unknown) as error:
            return error
        return None

    def is_mended(self, trouble: Trouble, about: str) -> bool:
        """Look whether a permission is given, a channel open to us, an account active by now."""
        try:
            if trouble is Trouble.SCOPE:
                given = scopes.given_by(self._call(self._client.auth_test).headers)
                return scopes.read(about) <= given
            if trouble is Trouble.NO_ACCOUNT:
                return self._is_active(about)
            return self._is_open(about, trouble)
        except Undeliverable:
            return False

    def _is_active(self, recipient: str) -> bool:
        address = self._address(recipient)
        self._look_up(address)  # it can be written to
        known = self._call(self._client.users_info, user=address.removeprefix("user:"))
        return not known["user"].get("deleted")

    def _is_open(self, recipient: str, trouble: Trouble) -> bool:
        if trouble is Trouble.NO_CHANNEL:  # another one may have the name by now
            with self._guard:
                self._channels.pop(self._address(recipient), None)
        answer = self._call(self._client.conversations_info, channel=self._channel(recipient))
        channel = answer["channel"]
        if trouble is Trouble.ARCHIVED or channel.get("is_archived"):
            return not channel.get("is_archived")
        anywhere = scopes.ANYWHERE in scopes.given_by(answer.headers)
        return bool(channel.get("is_member") or (anywhere and not channel.get("is_private")))

    def _post(
        self,
        recipient: str,
        key: str,
        text: str,
        blocks: list[dict[str, Any]] | None,
        thread: Place | None,
        *,
        about: str = "",
    ) -> Place:
        text, blocks = fitted_message(text, blocks, about=about)
        answer = self._call(
            self._client.chat_postMessage,
            channel=thread.channel if thread else self._channel(recipient),
            thread_ts=thread.ts if thread else None,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": ids.EVENT_TYPE, "event_payload": {"key": key}},
        )
        return Place(answer["channel"], answer["ts"])

    def _channel(self, recipient: str) -> str:
        """Find the channel of a recipient, asking Slack once for each address."""
        address = self._address(recipient)
        with self._guard:
            if address not in self._channels:
                self._channels[address] = self._look_up(address)
            return self._channels[address]

    def _look_up(self, recipient: str) -> str:
        kind, _, name = recipient.partition(":")
        if kind == "user":
            opened = self._call(self._client.conversations_open, users=name)
            return str(opened["channel"]["id"])
        return self._channel_named(name)

    def _address(self, recipient: str) -> str:
        """Say where a recipient is to be looked for today: whose member ID, which channel's name.

        Raises Undeliverable for somebody who has left, or whom Slack does not know.
        """
        kind, _, name = recipient.partition(":")
        roster = self._roster()
        try:
            if kind == "person":
                user = roster.officer(name).slack
                if not user:
                    why = f"{roster.name_of(name)} has no Slack member ID here"
                    raise Undeliverable(why, trouble=Trouble.NO_ACCOUNT)
                return f"user:{user}"
            channel = roster.desk_channel if kind == "desk" else roster.team(name).channel
        except (UnknownOfficer, UnknownTeam):
            raise Undeliverable(f"{roster.name_of(name)} is not here any more") from None
        return f"channel:{channel.removeprefix('#')}"

    def _group(self, message: Message) -> str:
        """Give the id of the user group that a message calls, or nothing: a person is alone."""
        kind, _, name = message.recipient.partition(":")
        if not message.urgent or message.thread or kind == "person":
            return ""
        roster = self._roster()
        return roster.desk_group if kind == "desk" else roster.group_of(name)

    def _channel_named(self, name: str) -> str:
        cursor = ""
        while True:
            page = self._call(
                self._client.conversations_list,
                types="public_channel,private_channel",
                limit=200,
                cursor=cursor,
            )
            for channel in page["channels"]:
                if name in (channel["name"], channel["id"]):
                    return str(channel["id"])
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                why = f"there is no channel #{name} that FOI Desk is in"
                raise Undeliverable(why, trouble=Trouble.NO_CHANNEL)

    def _call(self, method: Callable[..., Any], **arguments: Any) -> Any:
        """Call Slack. Raises one of the delivery's answers instead of Slack's own errors."""
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise meaning(error) from error
        except ConnectionRefusedError as error:
            raise unreached() from error
        except URLError as error:
            if isinstance(error.reason, ConnectionRefusedError):
                raise unreached() from error
            raise Unknown(f"Slack did not answer: {error.reason}") from error
        except (SlackClientError, HTTPException, OSError) as error:
            raise Unknown(f"Slack did not answer: {type(error).__name__}") from error


def _of_several(text: str) -> tuple[str, list[Block] | None]:
    """Give the headline and the blocks of a long text. One too long for blocks goes as text."""
    if len(text) > MOST_IN_BLOCKS:
        return escape(text), None
    headline, _, _ = text.partition("\n")
    return escape(headline), [said(part) for part in parted(text, SECTION)]


def _buttons(message: Message) -> Iterator[dict[str, Any]]:
    """Offer the act that a notice asks for, if any, and a look."""
    if message.offers:
        act = Act[message.offers.upper()]
        yield button(named(act), ids.act_id(act), message.reference, primary=True)
    yield button("Show", ids.SHOW, message.reference)


def _file_of(message: dict[str, Any], key: str) -> str:
    """Give the id of the file of a key that a message shares: it carries no metadata but its name.

    Empty where it shares none.
    """
    names = {one.get("name"): str(one.get("id", "")) for one in message.get("files") or ()}
    return names.get(file_name(key), "") if key.startswith("file|") else ""
