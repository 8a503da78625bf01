"""From rows to the chain that follows an escalation, and to the rests of reminders."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workflow.casework.ladder import Anchor, Audience, Rule, Step, Wait
from workflow.casework.request import RunningChain, Snooze
from workflow.casework.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def chain_from(written: Mapping[str, Any] | None) -> RunningChain | None:
    """Make the chain of an escalation from its row, or None where none follows."""
    if written is None:
        return None
    return RunningChain(
        began=datetime.fromisoformat(written["began"]),
        last=datetime.fromisoformat(written["last"]),
        steps=tuple(_step(one) for one in written["steps"]),
        cause=_rule(written["cause"]) if written["cause"] else None,
        anchor=date.fromisoformat(written["anchor"]) if written["anchor"] else None,
        taken=written["taken"],
    )


def snoozes_from(written: Sequence[Mapping[str, Any]] | None) -> tuple[Snooze, ...]:
    """Make the rests of reminders from a row; one of before they were kept has none."""
    return tuple(
        Snooze(
            by=one["by"],
            at=datetime.fromisoformat(one["at"]),
            until=date.fromisoformat(one["until"]),
            reason=one["reason"],
        )
        for one in written or ()
    )


def _step(written: Mapping[str, Any]) -> Step:
    to = tuple(Audience(one) for one in written["to"])
    return Step(**{**written, "after": Wait(*written["after"]), "to": to})


def _rule(written: Mapping[str, Any]) -> Rule:
    values = {
        "anchor": Anchor(written["anchor"]),
        "stages": tuple(Stage(one) for one in written["stages"]),
        "to": tuple(Audience(one) for one in written["to"]),
    }
    return Rule(**{**written, **values})
