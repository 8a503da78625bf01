"""What people read at the terminal. Everything is printed as text: nothing in it is obeyed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workflow.cli.plain_text import block, harmless, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A column narrower than this breaks words such as "consideration".
COMFORTABLE_COLUMN = 16
# Where there is no terminal (a file, a pipe) and nobody says how wide it is, lines are long.
WIDTH_OF_A_FILE = 160
WIDTH_OF_NAMES = 14
_WIDE_COLUMNS = ("Subject", "Words", "Guard, effect")
_NEVER_BROKEN = ("Reference", "Stage")


def _console() -> Console:
    width = shutil.get_terminal_size((WIDTH_OF_A_FILE, 25)).columns
    return Console(width=width, highlight=False, markup=False, emoji=False)


def say(*lines: str) -> None:
    """Print lines."""
    console = _console()
    for line in lines:
        console.print(Text(harmless(line)))


def heading(line: str) -> None:
    """Print a line that names what follows."""
    _console().print(Text(one_line(line), style="bold"))


def passage(text: str, *, indent: int = 2) -> None:
    """Print a longer text, such as the applicant's words, set in and shortened honestly."""
    console = _console()
    for line in Text(block(text)).wrap(console, max(console.width - indent, 10)):
        console.print(Text(" " * indent) + line)


def named(pairs: Iterable[tuple[str, str]]) -> None:
    """Print values beside their names, leaving out what there is nothing to say of."""
    console = _console()
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=WIDTH_OF_NAMES)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        if value:
            grid.add_row(Text(name, style="dim"), Text(one_line(value)))
    console.print(grid)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, nothing: str) -> None:
    """Print a table, or `nothing`; on a narrow terminal each row becomes a few lines."""
    console = _console()
    if not rows:
        console.print(Text(nothing))
    elif console.width < COMFORTABLE_COLUMN * len(columns):
        _print_stacked(console, columns, rows)
    else:
        console.print(_drawn(columns, rows))


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    drawn = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        width = 1 if column in _WIDE_COLUMNS else None
        whole = column in _NEVER_BROKEN
        drawn.add_column(column, no_wrap=whole, overflow="fold", ratio=width)
    for row in rows:
        drawn.add_row(*(Text(one_line(cell)) for cell in row))
    return drawn


def _print_stacked(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for first, *others in rows:
        console.print(Text(one_line(first), style="bold"))
        for column, cell in zip(columns[1:], others, strict=True):
            if cell:
                console.print(Text(f"  {column}: {one_line(cell)}"), overflow="fold")
