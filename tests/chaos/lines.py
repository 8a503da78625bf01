"""A messenger that posts by adding a line to a file: what was posted before a power cut stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.chaos.accounts import Stands
from workflow.store.cards import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from workflow.services.messenger import File, Message, Trouble
    from workflow.services.pictures import CardPicture


class Lines:
    """Each post is a line, its key, synced. `write` is told of each before it is made and after."""

    def __init__(self, path: Path, write: Callable[[str], None]) -> None:
        self._path, self._write = path, write
        path.touch()

    def say(self, message: Message) -> Place:
        """Post words to a recipient."""
        return self._post(message.recipient, message.key)

    def file(self, file: File) -> Place:
        """Post a file to a thread."""
        return self._post(file.recipient, file.key)

    def draw(self, card: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Post a card, or leave the one that stands at a place."""
        del card
        return at or self._post(recipient, key)

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Leave the line: what was said is what is counted here."""
        del place, is_file

    def is_mended(self, trouble: Trouble, about: str) -> bool:
        """Say that nothing was amiss."""
        del trouble, about
        return True

    def refusal(self) -> None:
        """Say that the file is there."""

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Look whether a message with this key was posted."""
        del since, thread
        at = self._path.read_bytes().find(_line(key))
        return Place(recipient, str(at)) if at >= 0 else None

    def _post(self, recipient: str, key: str) -> Place:
        self._write("post")
        with self._path.open("ab") as file:
            at = file.tell()
            file.write(_line(key))
            file.flush()
            os.fsync(file.fileno())
        return Place(recipient, str(at))


def standing(path: Path) -> list[Stands]:
    """Give what was posted, in order."""
    lines = path.read_bytes().decode().splitlines()
    return [Stands(key.strip("\t"), f"{number:09}") for number, key in enumerate(lines)]


def _line(key: str) -> bytes:
    return f"\t{key}\t\n".encode()
