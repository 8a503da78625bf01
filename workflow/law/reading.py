"""What the clock says, and the ledger of how it came to say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from workflow.law.limits import Span
    from workflow.law.regime import Regime
    from workflow.law.working_days import BankHoliday


class ClockState(StrEnum):
    """Whether the clock runs, and if not, what it waits for."""

    RUNNING = "running"
    AWAITING_CLARIFICATION = "awaiting clarification"
    AWAITING_IDENTITY = "awaiting identity"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Step:
    """One event and what it did: a line of the ledger.

    `day` is the working day of the count on which it happened (0 on the day of receipt), `due` the
    date after it, `due_before` the date before it, and `skipped` the bank holidays that the count
    passes over from here to `due`. `rolled_from` is the end of a month that was no working day.
    """

    on: date
    what: str
    authority: str
    effect: str
    due: date | None
    due_before: date | None
    skipped: tuple[BankHoliday, ...]
    day: int = 0
    rolled_from: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock says at the end of a day, and the ledger of how it came to say so.

    `left` counts working days to the due date: 0 on the last day, negative when late (-1 from the
    first day after it, working or not); while a fee is awaited, the days that payment will leave;
    None when there is no count. `day` counts the working days that have run. `original_due` is
    the date that receipt alone gave, `pay_by` the last day to pay an outstanding fee.

    `day_zero` is the day the count as it stands began, `suspended` the days left out of it, and
    `notice_by` the last day for a refusal, fees or extension notice, which an extension does not
    move. `asked_on` is when clarification that is still awaited was last sought. `code_due` is the
    date by the Code's rule of receipt, where the authority works to it: never the statutory limit.
    `warnings` tell what had no effect, or breaks the law.
    """

    state: ClockState
    due: date | None
    original_due: date
    left: int | None
    day: int
    stopped_on: date | None
    pay_by: date | None
    provisional: bool
    calendar_version: str
    ledger: tuple[Step, ...]
    regime: Regime
    day_zero: date
    notice_by: date | None = None
    asked_on: date | None = None
    code_due: date | None = None
    suspended: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Tell whether the due date had passed on the day of the reading, or when it stopped."""
        return self.left is not None and self.left < 0
