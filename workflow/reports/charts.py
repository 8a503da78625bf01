"""Charts as SVG, each from a few numbers: bars, and stacks of several kinds, lying or standing.

A chart only shows what the table beside it says, so its text alternative is that sentence and the
table. Kinds are told apart by pattern as well as by colour. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from workflow.reports.tables import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workflow.reports.tables import Value

WIDTH, LABELS, NUMBERS = 670, 260, 60
BAR, GAP, TOP = 22, 10, 8
COLUMN_HEIGHT, FOOT = 180, 44
_LONGEST_LABEL = 32
# A column narrower than this has no room for its name written level.
_ROOM_FOR_A_NAME = 58

# One class for each kind, in the page's style: fills in light and dark, and a hatch for two.
KINDS = ("in-time", "late", "open", "none")
WITHHELD = "withheld"


class Bar(NamedTuple):
    """A row of a chart: its name, the number of each kind, and the number told at its end."""

    label: str
    parts: tuple[Value, ...]
    total: Value


def bars(
    name: str, title: str, told: str, rows: Sequence[Bar], kinds: Sequence[str] = ("plain",)
) -> str:
    """Draw lying bars, each of one or more kinds. `told` is the sentence in the chart's stead."""
    most = max((_length(row) for row in rows), default=0) or 1
    room = WIDTH - LABELS - NUMBERS
    drawn: list[str] = []
    for number, row in enumerate(rows):
        y = TOP + number * (BAR + GAP)
        middle = y + BAR / 2 + 5
        drawn.append(_text(LABELS - 10, middle, _short(row.label), "end"))
        x = float(LABELS)
        for part, kind in zip(row.parts, kinds, strict=True):
            long = room * _number(part) / most
            drawn.extend(_rect(name, x, y, long, BAR, kind))
            x += long
        drawn.append(_text(x + 8, middle, shown(row.total), "start"))
    height = TOP * 2 + len(rows) * (BAR + GAP) - GAP
    return _svg(name, title, told, WIDTH, height, drawn)


def columns(
    name: str, title: str, told: str, rows: Sequence[Bar], kinds: Sequence[str] = ("plain",)
) -> str:
    """Draw standing stacks in order of time. `told` is the sentence in the chart's stead."""
    most = max((_length(row) for row in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    wide = min(step * 0.7, 60)
    drawn = [f'<path class="axis" d="M0 {_n(TOP + 20 + COLUMN_HEIGHT)}H{WIDTH}"/>']
    for number, row in enumerate(rows):
        left = number * step + (step - wide) / 2
        y = float(TOP + 20 + COLUMN_HEIGHT)
        for part, kind in zip(row.parts, kinds, strict=True):
            high = COLUMN_HEIGHT * _number(part) / most
            y -= high
            drawn.extend(_rect(name, left, y, wide, high, kind))
        drawn.append(_text(left + wide / 2, y - 6, shown(row.total), "middle"))
        drawn.extend(_foot(left + wide / 2, row.label, level=step >= _ROOM_FOR_A_NAME))
    return _svg(name, title, told, WIDTH, TOP + 20 + COLUMN_HEIGHT + FOOT, drawn)


def _foot(middle: float, label: str, *, level: bool) -> Iterator[str]:
    """Write the name under a column: month above year, the month shortened where it is narrow."""
    first, _, second = label.partition(" ")
    y = TOP + 20 + COLUMN_HEIGHT
    yield _text(middle, y + 18, first if level else first[:3], "middle")
    yield _text(middle, y + 36, second if level else f"’{second[-2:]}", "middle")


def _length(row: Bar) -> int:
    return sum(_number(part) for part in row.parts)


def _number(value: Value) -> int:
    """Give the number to draw: what is withheld is not drawn."""
    return value if isinstance(value, int) else 0


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _rect(name: str, x: float, y: float, wide: float, high: float, kind: str) -> Iterator[str]:
    if wide <= 0 or high <= 0:
        return
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}"'
    yield f'<rect class="{escape(kind)}" {place}/>'
    if kind in ("late", "open"):
        yield f'<rect {place} fill="url(#{escape(name)}-{escape(kind)})"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(words)}</text>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _svg(name: str, title: str, told: str, wide: float, high: float, drawn: Sequence[str]) -> str:
    """Put a drawing together, with its title, its sentence, and the hatches of its own name."""
    key = escape(name)
    return (
        f'<svg role="img" aria-labelledby="{key}-title {key}-told" '
        f'viewBox="0 0 {_n(wide)} {_n(high)}">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-told">{escape(told)}</desc>'
        f'<defs><pattern id="{key}-late" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern>'
        f'<pattern id="{key}-open" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<circle class="dot" cx="3" cy="3" r="1.2"/></pattern></defs>'
        f"{''.join(drawn)}</svg>"
    )
