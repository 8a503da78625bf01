"""What a simulated request may want next: somebody's minutes, or a day to come."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import NamedTuple

from workflow.casework.roles import Officer


class Work(NamedTuple):
    """Some minutes of somebody: of a pool, or one person, "@amira". Not of those barred.

    `handed_on`: another person of the team may take it over.
    """

    pool: str
    minutes: int
    barred: frozenset[str] = frozenset()
    handed_on: bool = False


class Wait(NamedTuple):
    """Nothing is done until a day."""

    until: date


# It yields what it wants, and is sent the officer who came.
Life = Generator[Work | Wait, Officer, None]
