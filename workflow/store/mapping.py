"""Between frozen pictures and rows: one function each way."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from workflow.casework.complaint import Appeal, Complaint
from workflow.casework.events import Event
from workflow.casework.finding import Finding, Found
from workflow.casework.referral import Referral
from workflow.casework.request import (
    AnswerPart,
    Escalation,
    Estimate,
    Exemption,
    InformationRequest,
    Nature,
    Search,
    Treatment,
)
from workflow.casework.stages import Act, Stage
from workflow.law import clock, reviews
from workflow.law.cost_limit import Activity
from workflow.law.regime import Regime
from workflow.store.mapping_chains import chain_from, snoozes_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from _typeshed import DataclassInstance
    from sqlalchemy import RowMapping

    from workflow.law.clock import ClockEvent
    from workflow.law.reviews import ReviewEvent

_COLUMNS = tuple(field.name for field in fields(InformationRequest))
_COMPLAINT_DAYS = (
    *("on", "asked_on", "answer_by", "answered_on", "decided_on", "steps_by", "steps_done_on"),
)


_OTHER = object()  # what no field is equal to


def legible(text: str) -> str:
    """Leave out of somebody's words what no database keeps: NUL, and half a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def columns_of(
    request: InformationRequest, *, changed_from: InformationRequest | None = None
) -> dict[str, Any]:
    """Give the columns of a request's row. The names are those of the picture.

    With an earlier picture only the columns in which the two differ.
    """
    values = {
        name: value
        for name in _COLUMNS
        if (value := getattr(request, name)) != getattr(changed_from, name, _OTHER)
    }
    for name, written in _WRITTEN.items():
        if values.get(name) is not None:
            values[name] = written(values[name])
    return values


def request_from(row: Mapping[str, Any] | RowMapping) -> InformationRequest:
    """Make the picture of a request from its row."""
    values = {name: row[name] for name in _COLUMNS}
    escalation = values["escalation"]
    return InformationRequest(
        **values
        | {
            "stage": Stage(values["stage"]),
            "regime": Regime(values["regime"]),
            "left": Stage(values["left"]) if values["left"] else None,
            "questions": tuple(values["questions"]),
            "restricted_to": tuple(one for one in values["restricted_to"].split("|") if one),
            "clock": tuple(_read(event) for event in values["clock"]),
            "review_clock": tuple(_read_review(event) for event in values["review_clock"]),
            "estimates": tuple(
                Estimate(Activity(one["activity"]), one["hours"]) for one in values["estimates"]
            ),
            "searches": tuple(_search(one) for one in values["searches"]),
            "exemptions": tuple(
                Exemption(**_dated(one, "weighed_on", "opinion_on")) for one in values["exemptions"]
            ),
            "answers": tuple(_answer(one) for one in values["answers"]),
            # None where an older program wrote the row.
            "findings": tuple(_finding(one) for one in values["findings"] or ()),
            "referrals": tuple(_referral(one) for one in values["referrals"] or ()),
            "complaints": tuple(_complaint(one) for one in values["complaints"] or ()),
            "escalation": Escalation(**_dated(escalation, "on", "until")) if escalation else None,
            "chain": chain_from(values["chain"]),
            "snoozes": snoozes_from(values["snoozes"]),
        }
    )


def _between_bars(handles: tuple[str, ...]) -> str:
    return f"|{'|'.join(handles)}|" if handles else ""


def event_from(row: RowMapping) -> Event:
    """Make an event from its row."""
    return Event(
        act=Act(row["act"]), by=row["by"], on=row["on"], particulars=dict(row["particulars"])
    )


def _answer(written: Mapping[str, Any]) -> AnswerPart:
    nature = written.get("nature")
    read = {
        "treatment": Treatment(written["treatment"]),
        "sections": tuple(written["sections"]),
        "nature": Nature(nature) if nature else None,
    }
    return AnswerPart(**{**written, **read})


def _finding(written: Mapping[str, Any]) -> Finding:
    return Finding(**{**written, "finding": Found(written["finding"])})


def _referral(written: Mapping[str, Any]) -> Referral:
    return Referral(**_dated(written, "asked_on", "wanted_by", "replied_on"))


def _complaint(written: Mapping[str, Any]) -> Complaint:
    values = _dated(written, *_COMPLAINT_DAYS)
    appeal = values["appeal"]
    return Complaint(
        **values | {"appeal": Appeal(**_dated(appeal, "on", "decided_on")) if appeal else None}
    )


def _search(written: Mapping[str, Any]) -> Search:
    values = _dated(written, "on")
    return Search(**values | {"activity": Activity(values["activity"])})


def _written(event: ClockEvent | ReviewEvent) -> dict[str, Any]:
    return {"event": type(event).__name__} | _plain(asdict(event))


def _read(written: Mapping[str, Any]) -> ClockEvent:
    values = dict(written)
    kind = getattr(clock, values.pop("event"))
    made: ClockEvent = kind(**_dated(values, "on"))
    return made


def _read_review(written: Mapping[str, Any]) -> ReviewEvent:
    values = dict(written)
    kind = getattr(reviews, values.pop("event"))
    made: ReviewEvent = kind(**_dated(values, "on"))
    return made


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Write days as text, however deep."""
    return {
        k: v.isoformat() if isinstance(v, date) else _plain(v) if isinstance(v, dict) else v
        for k, v in values.items()
    }


def _dated(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {
        k: date.fromisoformat(v) if k in names and v is not None else v for k, v in values.items()
    }


def _enum(value: Enum) -> Any:  # noqa: ANN401  # its value: text
    return value.value


def _each(pictures: tuple[DataclassInstance, ...]) -> list[dict[str, Any]]:
    return [_plain(asdict(one)) for one in pictures]


def _one(picture: DataclassInstance) -> dict[str, Any]:
    return _plain(asdict(picture))


def _events(events: tuple[ClockEvent | ReviewEvent, ...]) -> list[dict[str, Any]]:
    return [_written(event) for event in events]


# How a field is written that is no plain value.
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("stage", "regime", "left"), _enum),
    **dict.fromkeys(("clock", "review_clock"), _events),
    **dict.fromkeys(("escalation", "chain"), _one),
    **dict.fromkeys(("estimates", "searches", "exemptions", "answers"), _each),
    **dict.fromkeys(("findings", "referrals", "complaints", "snoozes"), _each),
    "questions": list,
    "restricted_to": _between_bars,
}
