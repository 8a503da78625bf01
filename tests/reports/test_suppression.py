"""What publication withholds cannot be worked out from what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.reports.suppression import Cell, Sum, Withheld, withheld

SMALL, LINKED = Withheld.SMALL, Withheld.LINKED
_MOST = 200  # no number of these tables is greater


def cells(**values: int) -> dict[Cell, int]:
    return {(name,): value for name, value in values.items()}


def adds(whole: str, *parts: str) -> Sum:
    return Sum((whole,), tuple((part,) for part in parts))


def plain(hidden: Mapping[Cell, Withheld]) -> dict[str, Withheld]:
    return {"|".join(cell): kind for cell, kind in hidden.items()}


@pytest.mark.parametrize(("value", "kind"), [(0, SMALL), (4, SMALL), (5, None), (6, None)])
def test_a_number_under_five_is_withheld_and_five_is_shown(
    value: int, kind: Withheld | None
) -> None:
    assert withheld(cells(a=value), []).get(("a",)) is kind


def test_one_small_part_of_a_total_takes_the_smallest_other_with_it() -> None:
    hidden = withheld(cells(all=20, a=2, b=12, c=6), [adds("all", "a", "b", "c")])

    assert plain(hidden) == {"a": SMALL, "c": LINKED}


def test_two_small_parts_hide_one_another() -> None:
    hidden = withheld(cells(all=23, a=2, b=3, c=18), [adds("all", "a", "b", "c")])

    assert plain(hidden) == {"a": SMALL, "b": SMALL}


def test_two_small_parts_at_their_most_are_given_away_by_their_sum() -> None:
    # Each is at most four, so eight in all could only be four and four.
    hidden = withheld(cells(all=8, a=4, b=4), [adds("all", "a", "b")])

    assert plain(hidden) == {"a": SMALL, "b": SMALL, "all": LINKED}


def test_what_stands_alone_takes_nothing_with_it() -> None:
    assert plain(withheld(cells(a=2, b=9), [])) == {"a": SMALL}


Ranges = dict[Cell, tuple[int, int]]


def known(values: Mapping[Cell, int], hidden: Mapping[Cell, Withheld]) -> Ranges:
    """Give what a reader knows: what is shown, that "<5" is 0 to 4, that "[c]" is 5 or more."""
    meant = {SMALL: (0, 4), LINKED: (5, _MOST)}
    return {
        cell: meant[hidden[cell]] if cell in hidden else (value, value)
        for cell, value in values.items()
    }


def narrowed(ranges: Ranges, sums: Sequence[Sum]) -> Ranges | None:
    """Narrow each range by every sum until nothing changes; None when no table is left."""
    ranges = dict(ranges)
    changed = True
    while changed:
        changed = False
        for one in sums:
            for cell in (one.whole, *one.parts):
                low, high = bounds(cell, one, ranges)
                low, high = max(low, ranges[cell][0]), min(high, ranges[cell][1])
                if low > high:
                    return None
                changed |= (low, high) != ranges[cell]
                ranges[cell] = (low, high)
    return ranges


def bounds(cell: Cell, one: Sum, ranges: Ranges) -> tuple[int, int]:
    """Give the least and the most that a sum leaves to one of its cells."""
    others = [part for part in one.parts if part != cell]
    least, most = (sum(ranges[part][end] for part in others) for end in (0, 1))
    if cell == one.whole:
        return least, most
    return ranges[one.whole][0] - most, ranges[one.whole][1] - least


def is_possible(ranges: Ranges, sums: Sequence[Sum]) -> bool:
    """Say whether any table lies within the ranges: by narrowing, then by trying every value."""
    left = narrowed(ranges, sums)
    if left is None:
        return False
    open_cells = [cell for cell, (low, high) in left.items() if low < high]
    if not open_cells:
        return True
    cell = min(open_cells, key=lambda one: left[one][1] - left[one][0])
    low, high = left[cell]
    return any(is_possible(left | {cell: (n, n)}, sums) for n in range(low, high + 1))


def one_way(parts: Sequence[int]) -> tuple[dict[Cell, int], list[Sum]]:
    values: dict[Cell, int] = {("part", str(n)): value for n, value in enumerate(parts)}
    values["all",] = sum(parts)
    return values, [Sum(("all",), tuple(cell for cell in values if cell != ("all",)))]


def two_ways(rows: Sequence[Sequence[int]]) -> tuple[dict[Cell, int], list[Sum]]:
    values: dict[Cell, int] = {}
    sums: list[Sum] = []
    for r, row in enumerate(rows):
        values |= {("cell", str(r), str(c)): value for c, value in enumerate(row)}
        values["row", str(r)] = sum(row)
        sums.append(Sum(("row", str(r)), tuple(("cell", str(r), str(c)) for c in range(len(row)))))
    for c in range(len(rows[0])):
        values["column", str(c)] = sum(row[c] for row in rows)
        down = tuple(("cell", str(r), str(c)) for r in range(len(rows)))
        sums.append(Sum(("column", str(c)), down))
    values["all",] = sum(map(sum, rows))
    sums.append(Sum(("all",), tuple(("row", str(r)) for r in range(len(rows)))))
    sums.append(Sum(("all",), tuple(("column", str(c)) for c in range(len(rows[0])))))
    return values, sums


def assert_nothing_is_given_away(values: dict[Cell, int], sums: list[Sum]) -> None:
    """Let a reader try: each small number must be able to be another, for all that is shown."""
    hidden = withheld(values, sums)

    small = {cell for cell, kind in hidden.items() if kind is SMALL}
    assert small == {cell for cell, value in values.items() if value < 5}
    for cell in small:
        ranges = known(values, hidden)
        others = [n for n in range(5) if n != values[cell]]
        assert any(is_possible(ranges | {cell: (n, n)}, sums) for n in others), (cell, hidden)


def test_a_small_number_is_not_given_away_by_another_table() -> None:
    # 30 less 27 is 3; and 27 is 13 and 14, and 30 is 10 and 20.
    sums = [adds("all", "a", "b"), adds("all", "x", "y"), adds("b", "p", "q")]

    assert_nothing_is_given_away(cells(all=30, a=3, b=27, x=10, y=20, p=13, q=14), sums)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_no_small_number_of_a_list_can_be_worked_out_by_subtraction(parts: list[int]) -> None:
    assert_nothing_is_given_away(*one_way(parts))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3))
def test_no_small_number_of_a_table_can_be_worked_out_by_subtraction(rows: list[list[int]]) -> None:
    assert_nothing_is_given_away(*two_ways(rows))
