"""Files that leave the desk: made once, never over another, and for nobody else to read."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from workflow.casework.errors import Lacking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOR_ITS_OWNER = 0o600


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file for writing, readable by its owner alone; an unfinished one is taken away.

    Raises Lacking when there is a file already, OSError when there can be none.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FOR_ITS_OWNER)
    except FileExistsError:
        raise Lacking(
            what=f"{path} is there already.", cure="Name another, or take it away first."
        ) from None
    finished = False
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        finished = True
    finally:
        if not finished:
            path.unlink(missing_ok=True)


def new_folder(path: Path) -> None:
    """Make a folder, or take one that is empty. Raises Lacking when something is in it."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Lacking(what=f"{path} is there already.", cure="Name a folder that is new or empty.")
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
