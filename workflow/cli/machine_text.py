"""What a machine may read: JSON of plain values, in ASCII, so that no terminal can be harmed."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.casework.request import InformationRequest
    from workflow.law.clock import Reading
    from workflow.services.pictures import CardPicture

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def printed(value: object) -> str:
    """Write a value as JSON, two spaces deep."""
    return json.dumps(plain(value), indent=2)


def plain(value: object) -> Json:  # noqa: PLR0911  # a row for each kind of value
    """Turn values of the house into those of JSON: dates as 2020-07-14, moments with their zone.

    Raises TypeError for what has no plain form.
    """
    match value:
        case Enum():
            return str(value.value)
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case dict():
            return {str(key): plain(one) for key, one in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return plain(value._asdict())
        case tuple() | list():
            return [plain(one) for one in value]
        case frozenset():
            return [plain(one) for one in sorted(value)]
        case _ if is_dataclass(value):
            return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no plain form")


def request_plain(request: InformationRequest) -> dict[str, Json]:
    """Give everything that is kept of a request; each event of its clocks with its name."""
    kept: dict[str, Json] = {one.name: plain(getattr(request, one.name)) for one in fields(request)}
    return kept | {
        "clock": [_event(one) for one in request.clock],
        "review_clock": [_event(one) for one in request.review_clock],
    }


def _event(event: object) -> Json:
    values = plain(event)
    return {"event": type(event).__name__, **values} if isinstance(values, dict) else values


def summary_plain(card: CardPicture) -> dict[str, Json]:
    """Give what a list shows of a request."""
    request, reading = card.request, card.reading
    return {
        "reference": request.reference,
        "subject": request.subject,
        "stage": request.stage.value,
        "team": request.team,
        "holder": request.holder,
        "reviewer": request.reviewer,
        "received_on": plain(request.received_on),
        "clock": reading.state.value,
        "due": plain(reading.due),
        "left": reading.left,
    }


def reading_plain(reading: Reading, explanation: tuple[str, ...]) -> dict[str, Json]:
    """Give a reading of the clock with its ledger, and the same in sentences."""
    values = {one.name: plain(getattr(reading, one.name)) for one in fields(reading)}
    return values | {"explanation": list(explanation)}
