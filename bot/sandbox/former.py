"""What a person may still have before their eyes: a message as it stood before its last edits."""

import time
from collections import OrderedDict

from bot.sandbox.json_values import Json

STILL_SEEN = 30.0  # seconds in which a press may still be of what stood there before
REMEMBERED = 500


class Former:
    """Remembers the blocks that an edit replaced, for as long as somebody may yet press them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], list[tuple[float, list[Json]]]] = OrderedDict()

    def keep(self, channel: str, ts: str, blocks: list[Json]) -> None:
        """Remember blocks that are about to be replaced."""
        versions = self._kept.setdefault((channel, ts), [])
        versions.append((time.monotonic(), blocks))
        self._kept.move_to_end((channel, ts))
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)

    def versions(self, channel: str, ts: str) -> list[list[Json]]:
        """Give what stood there a moment ago, the latest first."""
        since = time.monotonic() - STILL_SEEN
        kept = [one for one in self._kept.get((channel, ts), []) if one[0] >= since]
        return [blocks for _, blocks in reversed(kept)]
