"""A question put to somebody outside: the national police unit, or a third party consulted.

Neither stops the clock: the Act gives no time for it, so each has a day of its own on which the
reply is wanted (s.45 Code, chapter 3, for third parties).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

DAYS_TO_REPLY = 5  # working days: a house rule, where config/authority.toml says nothing else


@dataclass(frozen=True, slots=True)
class Referral:
    """Who was asked what, when the reply is wanted, and what they said."""

    body: str
    asked_on: date
    wanted_by: date
    asked: str = ""
    replied_on: date | None = None
    reply: str = ""

    @property
    def is_awaited(self) -> bool:
        """Say whether no reply has come."""
        return self.replied_on is None


def awaited(referrals: Iterable[Referral]) -> tuple[Referral, ...]:
    """Give the referrals without a reply, the soonest wanted first."""
    return tuple(sorted((one for one in referrals if one.is_awaited), key=_wanted))


def _wanted(referral: Referral) -> tuple[date, str]:
    return referral.wanted_by, referral.body
