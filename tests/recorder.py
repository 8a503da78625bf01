"""A messenger that posts nothing: it keeps every message, and can meet every trouble Slack has.

It is a real implementation of `services.messenger.Messenger`, safe to use from many threads.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from workflow.services.messenger import (
    File,
    Message,
    PlaceGone,
    SlowDown,
    Undeliverable,
    Undelivered,
    Unknown,
)
from workflow.services.messenger import Trouble as Amiss
from workflow.services.pictures import CardPicture
from workflow.store.cards import Place


class Trouble(Enum):
    """What can go wrong with one call."""

    NONE = "nothing goes wrong"
    RATE_LIMITED = "too many calls: nothing was posted"
    GONE = "the recipient is gone: nothing will ever be posted"
    UNKNOWN_BEFORE = "no answer came, and nothing was posted"
    UNKNOWN_AFTER = "no answer came, though it was posted"


class Post(NamedTuple):
    """One message as it stands: what was posted, and over what it was drawn again."""

    place: Place
    key: str
    recipient: str
    text: str
    thread: Place | None
    drawn: int = 1
    urgent: bool = False


@dataclass
class Recorder:
    """Keeps posts in the order in which they came. `before` is called at the start of each call.

    `meets` puts troubles in a queue; each call of that kind ("say", "draw" or "find") takes one.
    """

    posts: list[Post] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    retry_after: float = 3.0
    away: bool = False
    refuses: Undelivered | None = None  # what every call meets while it is set
    mended: set[tuple[Amiss, str]] = field(default_factory=set)
    before: Callable[[str, str], None] | None = None
    _ahead: dict[str, deque[Trouble]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def meets(self, *troubles: Trouble, on: str = "say") -> None:
        """Let the next calls of a kind meet these troubles, one each."""
        self._ahead.setdefault(on, deque()).extend(troubles)

    def remove(self, place: Place) -> None:
        """Take a message away, as somebody may do in Slack."""
        self.posts = [post for post in self.posts if post.place != place]

    @property
    def keys(self) -> list[str]:
        """Give the keys of all posts, in order."""
        return [post.key for post in self.posts]

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Give recipient and words of every notice: neither cards nor lines of a thread."""
        return [
            (post.recipient, post.text)
            for post in self.posts
            if post.thread is None and not post.key.startswith("card|")
        ]

    def say(self, message: Message) -> Place:
        """Post words to a recipient."""
        with self._called("say", message.recipient, message.key) as trouble:
            place = self._post(
                *(message.key, message.recipient, message.text, message.thread),
                urgent=message.urgent,
            )
            return _answered(trouble, place)

    def file(self, file: File) -> Place:
        """Post a file: its bytes are made and kept."""
        with self._called("file", file.recipient, file.key) as trouble:
            self.files[file.name] = file.content()
            place = self._post(file.key, file.recipient, file.text, file.thread)
            return _answered(trouble, place)

    def draw(self, card: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Post a card, or change the one that stands at a place."""
        words = f"{card.request.reference} in {card.request.stage}, held by {card.holder}"
        with self._called("draw", recipient, key) as trouble:
            place = self._post(key, recipient, words, None) if at is None else self._over(at, words)
            return _answered(trouble, place)

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Look whether a message with this key was posted."""
        del since
        with self._called("find", recipient, key):
            found = (
                post.place
                for post in self.posts
                if (post.recipient, post.key, post.thread) == (recipient, key, thread)
            )
            return next(found, None)

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Take a message of ours away, or a file."""
        with self._called("delete", place.channel, place.ts) as trouble:
            if place not in {post.place for post in self.posts}:
                raise PlaceGone("file_not_found" if is_file else "message_not_found")
            self.remove(place)
            _answered(trouble, place)

    def is_mended(self, trouble: Amiss, about: str) -> bool:
        """Say whether it is among what was mended."""
        self.calls.append(("is mended", about))
        if self.refuses:
            raise self.refuses
        return (trouble, about) in self.mended

    def refusal(self) -> Undelivered | None:
        """Say why nobody is there, if so."""
        self.calls.append(("answers", ""))
        away = Undelivered("nobody is there", retry_after=1.0, trouble=Amiss.AWAY)
        return self.refuses or (away if self.away else None)

    def _called(self, kind: str, recipient: str, key: str) -> _Call:
        if self.before is not None:
            self.before(kind, key)
        if self.refuses:
            raise self.refuses
        return _Call(self, kind, recipient, key)

    def meet(self, kind: str, recipient: str, key: str) -> Trouble:
        """Take the next trouble of a kind, and raise it when nothing is posted because of it."""
        self.calls.append((kind, key))
        if self.away:
            raise Unknown("no answer")
        ahead = self._ahead.get(kind)
        trouble = ahead.popleft() if ahead else Trouble.NONE
        if recipient in self.gone or trouble is Trouble.GONE:
            raise Undeliverable(f"{recipient} is not here any more")
        if trouble is Trouble.RATE_LIMITED:
            raise SlowDown("rate limited", retry_after=self.retry_after)
        if trouble is Trouble.UNKNOWN_BEFORE:
            raise Unknown("no answer")
        return trouble

    def _post(
        self, key: str, recipient: str, text: str, thread: Place | None, *, urgent: bool = False
    ) -> Place:
        place = Place(f"channel of {recipient}", f"{len(self.calls)}.{len(self.posts)}")
        self.posts.append(Post(place, key, recipient, text, thread, urgent=urgent))
        return place

    def _over(self, at: Place, words: str) -> Place:
        for number, post in enumerate(self.posts):
            if post.place == at:
                self.posts[number] = post._replace(text=words, drawn=post.drawn + 1)
                return at
        raise PlaceGone("message_not_found")


class _Call:
    """One call at a time: a lock, and the trouble that the call meets."""

    def __init__(self, recorder: Recorder, kind: str, recipient: str, key: str) -> None:
        self._recorder, self._told = recorder, (kind, recipient, key)

    def __enter__(self) -> Trouble:
        self._recorder._lock.acquire()  # noqa: SLF001  # the two are one
        try:
            return self._recorder.meet(*self._told)
        except Exception:
            self._recorder._lock.release()  # noqa: SLF001  # the two are one
            raise

    def __exit__(self, *_: object) -> None:
        self._recorder._lock.release()  # noqa: SLF001  # the two are one


def _answered(trouble: Trouble, place: Place) -> Place:
    if trouble is Trouble.UNKNOWN_AFTER:
        raise Unknown("no answer")
    return place
