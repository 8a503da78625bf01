"""A line of the doctor's: what was looked at, and how it is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a part is. What is missing is not wrong: it is only needed for some commands."""

    OK = "ok"
    MISSING = "missing"
    WRONG = "wrong"


class Check(NamedTuple):
    """One line of the doctor's: what was looked at, how it is, and what it says or how to cure."""

    name: str
    state: State
    says: str
