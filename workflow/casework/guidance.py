"""Questions to think about before an exemption is weighed: from the configuration, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERY = "every"


def questions_about(guidance: Mapping[str, tuple[str, ...]], section: str) -> tuple[str, ...]:
    """Give the questions for an exemption, those of its limb first, then its section's, then all.

    `section` is how the desk cites it: "s.31(1)(a)", "reg. 12(5)(b)", or a part of that.
    """
    wanted = _plain(section)
    keys = sorted(
        (key for key in guidance if key != EVERY and _is_of(wanted, _plain(key))),
        key=len,
        reverse=True,
    )
    return tuple(one for key in (*keys, EVERY) for one in guidance.get(key, ()))


def _is_of(section: str, key: str) -> bool:
    return section == key or section.startswith(f"{key}(")


def _plain(section: str) -> str:
    return "".join(section.split()).casefold().removeprefix("section")
