"""Small numbers withheld from publication, and as many others as keep them from being worked out.

A number under five may point at a person. Withholding it is no use where the others give it away:
nine in all less eight is one. So further numbers are withheld until every small one could also be
another number, for all that is shown and all that adds up.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

LEAST_SHOWN = 5
# How many ways of moving numbers are tried before a number counts as given away. Giving up early
# withholds more than is needed, never less.
_PATIENCE = 1500


class Withheld(StrEnum):
    """What stands in place of a number that is not shown."""

    SMALL = "<5"
    LINKED = "[c]"  # confidential: five or more, and shown it would give a small number away


Cell = tuple[str, ...]


class Sum(NamedTuple):
    """A cell that is the sum of others."""

    whole: Cell
    parts: tuple[Cell, ...]


def withheld(
    values: Mapping[Cell, int], sums: Iterable[Sum], *, dear: Collection[Cell] = ()
) -> dict[Cell, Withheld]:
    """Say which numbers are not shown, and why, so that no small one can be worked out.

    `values` are counts, `sums` all the ways in which they add up. A number under five reads "<5",
    nought included, so that "<5" may be anything from 0 to 4. `dear` are those that readers want
    most: they are withheld last.
    """
    system = _System(values, tuple(sums), frozenset(dear))
    hidden = {cell: Withheld.SMALL for cell, value in values.items() if 0 <= value < LEAST_SHOWN}
    safe: set[Cell] = set()
    for cell in sorted(hidden, key=lambda one: (-len(system.where[one]), one)):
        while cell not in safe:
            moved = system.another_way(cell, hidden)
            if moved:
                safe |= moved.keys()
                continue
            further = system.cheapest_beside(cell, hidden)
            if further is None:
                break  # nothing connected with it is shown any more
            hidden[further] = Withheld.LINKED
    return hidden


class _System:
    """Cells and the sums they stand in. In a sum the whole counts +1 and each part -1."""

    def __init__(
        self, values: Mapping[Cell, int], sums: Sequence[Sum], dear: frozenset[Cell]
    ) -> None:
        self.values, self._dear = values, dear
        self.sums = [[(one.whole, 1), *((part, -1) for part in one.parts)] for one in sums]
        self.where: dict[Cell, list[tuple[int, int]]] = defaultdict(list)
        for number, members in enumerate(self.sums):
            for cell, sign in members:
                self.where[cell].append((number, sign))

    def another_way(self, cell: Cell, hidden: Mapping[Cell, Withheld]) -> dict[Cell, int]:
        """Find hidden numbers that could each be one more or less, this cell among them.

        All that is shown, and every sum, would be the same. Nothing when none was found.
        """
        for step in (1, -1):
            search = _Search(self, hidden)
            if search.move(cell, step):
                return search.moved
        return {}

    def cheapest_beside(self, cell: Cell, hidden: Mapping[Cell, Withheld]) -> Cell | None:
        """Find the number shown that is missed least and, withheld too, would protect a cell.

        Where no single one would, the one that is missed least and stands in a sum with the cell,
        or with hidden ones that hang together with it.
        """
        beside = sorted(self._beside(cell, hidden), key=self._price)
        for one in beside:
            if self.another_way(cell, {**hidden, one: Withheld.LINKED}):
                return one
        return beside[0] if beside else None

    def _price(self, cell: Cell) -> tuple[bool, int, Cell]:
        return cell in self._dear, self.values[cell], cell

    def _beside(self, cell: Cell, hidden: Mapping[Cell, Withheld]) -> set[Cell]:
        """Give the numbers shown in all sums to which a way leads over hidden ones."""
        shown: set[Cell] = set()
        seen, ahead = {cell}, [cell]
        while ahead:
            for number, _ in self.where[ahead.pop()]:
                around = {other for other, _ in self.sums[number]} - seen
                shown |= around - hidden.keys()
                ahead += around & hidden.keys()
                seen |= around
        return shown


class _Search:
    """One attempt to move hidden numbers by one so that every sum still holds."""

    def __init__(self, system: _System, hidden: Mapping[Cell, Withheld]) -> None:
        self._system, self._hidden = system, hidden
        self._patience = _PATIENCE
        self._off: dict[int, int] = defaultdict(int)  # by how much each sum is out
        self.moved: dict[Cell, int] = {}

    def move(self, cell: Cell, step: int) -> bool:
        """Move a cell, then whatever has to follow it. Undoes itself where that cannot be."""
        if self._patience <= 0 or not self._could_be(cell, step):
            return False
        self._patience -= 1
        self._put(cell, step)
        out = next((number for number, off in self._off.items() if off), None)
        if out is None or self._mended(out):
            return True
        self._take_back(cell)
        return False

    def _mended(self, number: int) -> bool:
        wanted = -1 if self._off[number] > 0 else 1
        beside = self._system.sums[number]
        hidden = [one for one in beside if one[0] in self._hidden and one[0] not in self.moved]
        # Those that stand in fewest sums first: they disturb least.
        hidden.sort(key=lambda one: (len(self._system.where[one[0]]), one[0]))
        return any(self.move(cell, wanted * sign) for cell, sign in hidden)

    def _could_be(self, cell: Cell, step: int) -> bool:
        value = self._system.values[cell] + step
        if self._hidden[cell] is Withheld.SMALL:
            return 0 <= value < LEAST_SHOWN
        return value >= LEAST_SHOWN

    def _put(self, cell: Cell, step: int) -> None:
        self.moved[cell] = step
        for number, sign in self._system.where[cell]:
            self._off[number] += sign * step

    def _take_back(self, cell: Cell) -> None:
        step = self.moved.pop(cell)
        for number, sign in self._system.where[cell]:
            self._off[number] -= sign * step
