"""A messenger that is made when something is first to be said."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workflow.services.messenger import (
        File,
        Message,
        Messenger,
        Trouble,
        Undeliverable,
        Undelivered,
        Unknown,
    )
    from workflow.services.pictures import CardPicture
    from workflow.store.cards import Place


class OnDemand:
    """Passes everything on to a messenger that `make` gives, once, when it is first needed."""

    def __init__(self, make: Callable[[], Messenger]) -> None:
        self._make = make

    @cached_property
    def _messenger(self) -> Messenger:
        return self._make()

    def say(self, message: Message) -> Place:
        """Post words to a recipient."""
        return self._messenger.say(message)

    def file(self, file: File) -> Place:
        """Post a file to a thread."""
        return self._messenger.file(file)

    def draw(self, card: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Post a card, or change the one that stands at a place."""
        return self._messenger.draw(card, recipient=recipient, key=key, at=at)

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Look whether a message with this key was posted."""
        return self._messenger.find(recipient, key, since=since, thread=thread)

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Take a message of ours away, or a file."""
        self._messenger.delete(place, is_file=is_file)

    def is_mended(self, trouble: Trouble, about: str) -> bool:
        """Look whether what was amiss is over."""
        return self._messenger.is_mended(trouble, about)

    def refusal(self) -> Undelivered | Undeliverable | Unknown | None:
        """Say why nobody is there to speak to, if so."""
        return self._messenger.refusal()
