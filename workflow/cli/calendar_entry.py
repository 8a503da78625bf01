"""A new entry of config/bank_holidays.toml: made from what was typed, tried, and written."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from workflow import bank_holidays
from workflow.casework.errors import Lacking
from workflow.proclamations import FILE_NAME, NATIONS
from workflow.services.fields import read_day

if TYPE_CHECKING:
    from collections.abc import Iterator


def entry_of(  # what an entry is made of
    day: str, name: str, nation: str, source: str, proclaimed: str | None, *, today: date
) -> str:
    """Write the entry of a new bank holiday in TOML. Raises Lacking for what makes no sense."""
    wanted = [one.strip().title() for one in nation.split(",")]
    nations = list(NATIONS) if [one.upper() for one in wanted] == ["UK"] else wanted
    unknown = [one for one in nations if one not in NATIONS]
    if unknown or not name.strip() or not source.strip():
        raise Lacking(
            what=f"{unknown[0]} is not a nation." if unknown else "A name and a source are needed.",
            cure=f"The nations are {', '.join(NATIONS)}, or UK for all.",
        )
    when = read_day(proclaimed) if proclaimed else today
    return (
        "\n[[add]]\n"
        f"on = {read_day(day).isoformat()}\n"
        f"name = {json.dumps(name.strip(), ensure_ascii=False)}\n"
        f"nations = {json.dumps(nations)}\n"
        f"source = {json.dumps(source.strip(), ensure_ascii=False)}\n"
        f"proclaimed = {when.isoformat()}\n"
    )


@contextmanager
def laid_over(config_dir: Path, entry: str) -> Iterator[Path]:
    """Give a folder whose calendar has the entry too, for as long as the block runs.

    Raises CalendarFileError when the entry cannot be used.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copy(config_dir / FILE_NAME, copy / FILE_NAME)
        with (copy / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(entry)
        bank_holidays.load(copy)
        yield copy


def write(config_dir: Path, entry: str) -> None:
    """Add the entry to the file, whole or not at all. Raises as `laid_over` does."""
    path = config_dir / FILE_NAME
    with laid_over(config_dir, entry) as folder:
        fresh = path.with_suffix(".new")
        shutil.copy(folder / FILE_NAME, fresh)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
