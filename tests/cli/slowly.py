"""The command `foi` with a messenger that takes its time: `python -m tests.cli.slowly FILE worker`.

Each post is a line of FILE. It is slow as a Slack far away is slow.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.services.desk import OPENED_AT
from tests.services.file_messenger import FileMessenger
from workflow.cli.app import build, run
from workflow.services.messenger import Message
from workflow.store.cards import Place

SECONDS_A_MESSAGE = 0.25


class SlowMessenger(FileMessenger):
    """Takes a while over each message, before it is posted and after."""

    def say(self, message: Message) -> Place:
        time.sleep(SECONDS_A_MESSAGE / 2)
        place = super().say(message)
        time.sleep(SECONDS_A_MESSAGE / 2)
        return place


if __name__ == "__main__":
    _, file_name, *words = sys.argv
    messenger = SlowMessenger(Path(file_name))
    run(build(lambda _settings, _roster: messenger, now=lambda: OPENED_AT), words)
