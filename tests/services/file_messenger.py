"""A messenger that posts by appending to a file: what a killed worker has said stays said.

Run as a program it is a worker that stops where it is told to, and waits there to be killed:
`python -m tests.services.file_messenger DATABASE_URL FILE before|after`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.casework.examples import CONFIG, moment
from workflow.bootstrap import open_office
from workflow.services import delivery
from workflow.services.messenger import File, Message, Trouble
from workflow.services.pictures import CardPicture
from workflow.store.cards import Place


class FileMessenger:
    """Appends each post to a file, synced, as a line of JSON. `stop` names where it stops."""

    def __init__(self, path: Path, *, stop: str = "nowhere", on: str = "") -> None:
        self.path, self.stop, self.on = path, stop, on

    def say(self, message: Message) -> Place:
        """Post words to a recipient."""
        return self._post(message.recipient, message.key)

    def file(self, file: File) -> Place:
        """Post a file, having made it."""
        file.content()
        return self._post(file.recipient, file.key)

    def draw(self, card: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Post a card, or leave the one that stands at a place."""
        del card
        return at or self._post(recipient, key)

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Look whether a message with this key was posted."""
        del since, thread
        numbers = (n for n, one in enumerate(self.posted()) if one == [recipient, key])
        number = next(numbers, None)
        return None if number is None else Place("file", str(number))

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Leave the line: what was said is what is counted here."""
        del place, is_file

    def is_mended(self, trouble: Trouble, about: str) -> bool:
        """Say that nothing was amiss."""
        del trouble, about
        return True

    def refusal(self) -> None:
        """Say that the file is there."""

    def posted(self) -> list[list[str]]:
        """Give recipient and key of every post, in order."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [json.loads(line) for line in lines]

    def _post(self, recipient: str, key: str) -> Place:
        self._wait_to_be_killed("before", key)
        with self.path.open("a") as file:
            file.write(json.dumps([recipient, key]) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._wait_to_be_killed("after", key)
        return Place("file", str(len(self.posted()) - 1))

    def _wait_to_be_killed(self, where: str, key: str) -> None:
        if (where, key) != (self.stop, self.on):
            return
        self.path.with_suffix(".stopped").touch()
        time.sleep(600)


if __name__ == "__main__":
    database_url, file_name, stop, on = sys.argv[1:]
    messenger = FileMessenger(Path(file_name), stop=stop, on=on)
    office = open_office(
        database_url=database_url,
        config_dir=CONFIG,
        messenger=messenger,
        now=lambda: moment("Tue 2020-07-14 10:00"),
    )
    delivery.deliver(office)
