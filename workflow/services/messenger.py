"""How the office speaks to people. The one Protocol: Slack, a recorder in tests, a dry run."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workflow.services.pictures import CardPicture
    from workflow.store.cards import Place


class Message(NamedTuple):
    """Words for a recipient: "person:amira", "team:control-room" or "desk:".

    `key` travels with the message, so that it can be found again: see `find`. `thread` is the
    message it answers. `reference` is the request it is about, or "" where it speaks of several.
    `offers` is an act on that request to be offered as a button. What is `urgent` calls the user
    group of its channel, if there is one. The words are plain text.
    """

    key: str
    recipient: str
    text: str
    reference: str
    thread: Place | None = None
    offers: str | None = None
    urgent: bool = False


class File(NamedTuple):
    """A file for a thread, with the words that go along. `content` makes its bytes when wanted.

    Making them raises Needless where nothing is to be posted any more. `name` follows from the key,
    so that the file can be found again by it.
    """

    key: str
    recipient: str
    text: str
    reference: str
    thread: Place
    content: Callable[[], bytes]

    @property
    def name(self) -> str:
        """Name the file."""
        return file_name(self.key)


def file_name(key: str) -> str:
    """Give the name of the file of a key: "002335-20 draft 7.docx"."""
    _, reference, version, word, *_ = (*key.split("|"), "", "", "")
    return f"{reference.replace('/', '-')} {word} {version}.docx"


class Trouble(StrEnum):
    """What may be amiss with the way to people. Each has its own consequence: see `troubles`."""

    SLOWED = "slowed"
    AWAY = "away"
    INSTALLATION = "installation"
    SCOPE = "scope"
    ARCHIVED = "archived"
    NO_CHANNEL = "no channel"
    NOT_IN_CHANNEL = "not in channel"
    NO_ACCOUNT = "no account"


class Undelivered(Exception):
    """A message was certainly not delivered now. `retry_after` is in seconds.

    `lacks` names the permission that is lacking, where that is the trouble.
    """

    def __init__(
        self, why: str, *, retry_after: float, trouble: Trouble | None = None, lacks: str = ""
    ) -> None:
        """Keep the reason and how long to wait before the next try."""
        self.why, self.retry_after = why, retry_after
        self.trouble, self.lacks = trouble, lacks
        super().__init__(why)


class SlowDown(Undelivered):
    """So many messages to one recipient are too many: it takes none for `retry_after` seconds."""


class Undeliverable(Exception):
    """A message can never be delivered as it stands: the recipient is gone, the words refused."""

    def __init__(self, why: str, *, trouble: Trouble | None = None) -> None:
        """Keep the reason."""
        self.why, self.trouble = why, trouble
        super().__init__(why)


class Needless(Exception):
    """There is nothing to be said any more: what it was about has moved on."""


class PlaceGone(Undeliverable):
    """The message to be changed is not there any more."""


class Unknown(Exception):
    """Nobody can tell whether the message was delivered: the answer never came.

    `answered` says that an answer came which nobody understands: it may never get better.
    """

    trouble = Trouble.AWAY

    def __init__(self, why: str, *, answered: bool = False) -> None:
        """Keep the reason."""
        self.why, self.answered = why, answered
        super().__init__(why)


class Messenger(Protocol):
    """Speaks for the office. Every method may raise Undelivered, Undeliverable or Unknown."""

    def say(self, message: Message) -> Place:
        """Post words to a recipient. Gives where they stand."""

    def file(self, file: File) -> Place:
        """Post a file to a thread. Gives where it stands: the channel and the file's own id."""

    def draw(self, card: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Post a card, or change the one that stands at a place. Raises PlaceGone if it is gone."""

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Look whether a message or file with this key was posted: what an unknown sending asks.

        It cannot have been posted before `since`, by the office's time.
        """

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Take a message of ours away, or a file. Raises PlaceGone if it is gone already."""

    def is_mended(self, trouble: Trouble, about: str) -> bool:
        """Look whether what was amiss is over, without telling anybody anything.

        `about` is a recipient, or permissions with commas between them. False where nobody can say.
        """

    def refusal(self) -> Undelivered | Undeliverable | Unknown | None:
        """Say why nobody is there to speak to, or None where somebody is. Raises nothing."""
