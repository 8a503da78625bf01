"""The picture of what falls due: figures by day, drawn as bars with their numbers.

Slack shows PNG and no SVG. The words that say the same are drawn beside it: see `blocks.home`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# Larger than it is shown, so that it is sharp on a good screen; its words are large enough for a
# narrow one.
WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 60, 108
PAPER, INK, SOFT, LINE, BAR = "#ffffff", "#1d2528", "#586468", "#ddd9cf", "#0f6b66"
GAP = 0.3  # of a day's width, between two bars
LEAST_SCALE = 4  # so that one request is no tower


def drawn(days: Sequence[tuple[date, int]]) -> bytes:
    """Draw how many fall due on each day. Gives the bytes of a PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    large, small = ImageFont.load_default(27), ImageFont.load_default(22)
    width = (WIDTH - LEFT - RIGHT) / max(len(days), 1)
    floor = HEIGHT - BOTTOM
    most = max((count for _, count in days), default=0)
    unit = (floor - TOP) / max(most, LEAST_SCALE)
    pen.line((LEFT, floor, WIDTH - RIGHT, floor), fill=LINE, width=2)
    for n, (day, count) in enumerate(days):
        middle = LEFT + width * (n + 0.5)
        if count:
            half, top = width * (1 - GAP) / 2, floor - unit * count
            pen.rounded_rectangle(
                (middle - half, top, middle + half, floor - 1),
                radius=6,
                fill=BAR,
                corners=(True, True, False, False),
            )
            pen.text((middle, top - 8), str(count), fill=INK, font=large, anchor="mb")
        ink = INK if count else SOFT
        pen.text((middle, floor + 14), f"{day:%a}"[:2], fill=SOFT, font=small, anchor="mt")
        pen.text((middle, floor + 42), str(day.day), fill=ink, font=large, anchor="mt")
        if n == 0 or day.month != days[n - 1][0].month:
            start = LEFT + width * n + 6
            pen.text((start, floor + 76), f"{day:%B}", fill=INK, font=small, anchor="lt")
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
