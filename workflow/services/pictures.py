"""What is shown of a request, in plain values and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from workflow.casework.request import InformationRequest
    from workflow.law.clock import Reading


class CardPicture(NamedTuple):
    """Everything a card shows of a request, in plain values and names.

    `is_veiled` says that this is a restricted request, shown where others see it.
    """

    request: InformationRequest
    reading: Reading
    team: str
    holder: str | None
    reviewer: str | None
    targets: Mapping[str, date]
    today: date
    is_veiled: bool = False


class HistoryLine(NamedTuple):
    """One line of the history: when, and what happened in a sentence."""

    at: datetime
    on: date
    sentence: str
