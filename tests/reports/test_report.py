"""The report as tables, as a page and as a spreadsheet: the same numbers, harmless, withheld."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.situations import PLAIN, many, received
from tests.reports.test_suppression import known, narrowed
from workflow.law.regime import Regime
from workflow.reports import report as reports
from workflow.reports.atoms import Atom, Ending, Standing
from workflow.reports.contents import tables
from workflow.reports.page import page
from workflow.reports.period import year_of
from workflow.reports.report import Report
from workflow.reports.spreadsheet import lines
from workflow.reports.suppression import Withheld
from workflow.reports.tables import Table, Value

LATE = received().answered("Thu 2020-08-13", "refuse", "s.31(1)(a)").at("Wed 2020-12-30")
GIVEN = received().answered("Wed 2020-08-12").at("Wed 2020-12-30")
OPEN = received("Mon 2020-12-14").at("Wed 2020-12-30")


def report(*atoms: Atom, publish: bool = False) -> Report:
    return reports.make(
        many(atoms),
        authority="Midshire Police",
        period=year_of(2020),
        as_at=received().request.received_on.replace(month=12, day=30),
        team_names={"control-room": "Control Room"},
        publish=publish,
    )


def table(made: Report, key: str) -> Table:
    return next(one for one in tables(made) if one.key == key)


def value(made: Report, key: str, row: str, column: int = 0) -> Value:
    return next(one for one in table(made, key).rows if one.key == row).values[column]


def test_the_two_sets_differ_where_nothing_was_held() -> None:
    not_held = replace(GIVEN, ending=Ending.NOT_HELD)
    made = report(LATE, not_held)

    assert value(made, "code", "refused_all") == 2
    assert value(made, "cabinet_office", "refused") == 1
    assert value(made, "cabinet_office", "resolvable") == 1


def test_in_time_is_a_share_of_what_was_processed_not_of_what_came() -> None:
    waiting = replace(OPEN, standing=Standing.WAITING)

    assert value(report(GIVEN, GIVEN, GIVEN, LATE, OPEN, waiting), "rates", "in_time_rate") == 75.0


def test_of_nothing_there_is_no_share_and_no_median() -> None:
    made = report(OPEN)

    assert value(made, "rates", "in_time_rate") is None
    assert value(made, "days", "taken") is None


def test_the_ninetieth_percentile_is_the_ninth_of_ten() -> None:
    ten = [replace(GIVEN, taken=days) for days in (1, 2, 3, 4, 5, 6, 7, 8, 19, 20)]

    (taken, *_) = table(report(*ten), "days").rows
    assert taken.values == ("5.5", 19, 20)


def test_an_exemption_counts_requests_and_not_limbs() -> None:
    limbs = replace(LATE, exemptions=("s.31(1)(a)", "s.31(1)(b)", "s.24(1)"))

    told = {row.label: row.values[0] for row in table(report(limbs, LATE), "exemptions").rows}

    assert told == {"s.31 Law enforcement": 2, "s.24 National security": 1}


def test_an_exemption_behind_nothing_withheld_is_not_counted() -> None:
    assert table(report(replace(GIVEN, exemptions=("s.24(1)",))), "exemptions").rows == ()


def test_other_regimes_are_in_neither_set() -> None:
    made = report(GIVEN, replace(GIVEN, regime=Regime.SAR), replace(GIVEN, regime=Regime.FOISA))

    assert value(made, "code", "received") == 1
    assert made.left_out == {"sar": 1, "foisa": 1}


def test_what_is_late_is_named_for_the_office_and_never_for_the_public() -> None:
    assert [row.values[:3] for row in table(report(LATE, GIVEN), "late").rows] == [
        ("answered late", "2020-08-12", 1)
    ]
    assert "late" not in {one.key for one in tables(report(LATE, publish=True))}
    assert "FOI-0" not in page(report(LATE, publish=True)) + lines(report(LATE, publish=True))


def test_publication_shows_no_number_under_five() -> None:
    made = report(*[GIVEN] * 12, *[LATE] * 3, publish=True)

    shown = [value for one in tables(made) for row in one.rows for value in row.values]
    assert [one for one in shown if isinstance(one, int) and one < 5] == []
    assert value(made, "code", "late") is Withheld.SMALL


def test_a_share_that_would_tell_a_withheld_number_is_left_out() -> None:
    made = report(*[GIVEN] * 12, *[LATE] * 3, publish=True)

    assert value(made, "code", "answered") == 15
    assert isinstance(value(made, "cabinet_office", "in_time"), Withheld)
    assert value(made, "rates", "in_time_rate") is None


ENDINGS = st.sampled_from(
    [GIVEN, LATE, OPEN, replace(GIVEN, ending=Ending.PART), replace(GIVEN, ending=Ending.S12)]
)
TEAMS = st.sampled_from(["control-room", "digital", None])
MONTHS = st.sampled_from([1, 2, 7])


@st.composite
def an_atom(draw: st.DrawFn) -> Atom:
    on = PLAIN.received_on.replace(month=draw(MONTHS))
    return replace(draw(ENDINGS), team=draw(TEAMS), received_on=on)


@settings(max_examples=40, deadline=None)
@given(st.lists(an_atom(), min_size=1, max_size=80))
def test_no_small_number_of_a_published_report_can_be_narrowed_to_itself(
    atoms: Sequence[Atom],
) -> None:
    made = report(*atoms, publish=True)
    values, sums = reports._values(made), reports._sums(made)  # noqa: SLF001  # what is published

    left = narrowed(known(values, made.hidden), sums)

    assert left is not None
    small = [cell for cell, kind in made.hidden.items() if kind is Withheld.SMALL]
    assert [cell for cell in small if left[cell][0] == left[cell][1]] == []


class Looked(HTMLParser):
    """Keeps the tags of a page that stand open, its links, and the ids it has and names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.named: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, told in attrs:
            if name in ("href", "src", "xlink:href"):
                self.addresses.append(told or "")
            if name == "id":
                self.ids.append(told or "")
            if name == "aria-labelledby":
                self.named.update((told or "").split())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing() -> None:
    told = page(report(GIVEN, LATE, OPEN))
    looked = Looked()
    looked.feed(told)

    assert looked.open == []
    assert looked.addresses == []
    assert "<script" not in told
    assert re.findall(r"url\((?!#)", told) == []
    assert '<html lang="en-GB">' in told


def test_every_chart_has_a_title_a_sentence_and_its_table() -> None:
    told = page(report(GIVEN, LATE, OPEN))
    looked = Looked()
    looked.feed(told)
    drawn = [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", told, re.DOTALL)]  # noqa: S314  # our own

    assert len(drawn) == 5
    for one in drawn:
        assert one.attrib["role"] == "img"
        sentence = one.findtext("desc") or ""
        assert sentence.endswith("The table below has the same numbers.")
    assert told.count("<table") == len(tables(report(GIVEN, LATE, OPEN)))
    assert looked.named <= set(looked.ids)
    assert len(looked.ids) == len(set(looked.ids))


def test_every_figure_of_the_two_sets_says_what_it_means_and_who_asks() -> None:
    made = report(GIVEN)

    rows = [row for key in ("code", "cabinet_office", "rates") for row in table(made, key).rows]
    assert [row.key for row in rows if not row.definition or not row.source] == []


def test_hostile_names_are_escaped_and_harmless() -> None:
    hostile = replace(LATE, team="<img src=x onerror=alert(1)>")

    assert "<img" not in page(report(hostile))
    assert "\r\n=" not in lines(report(replace(LATE, team="=1+1")))
    assert "'=1+1" in lines(report(replace(LATE, team="=1+1")))


def test_the_spreadsheet_has_a_line_for_every_number_of_every_table() -> None:
    made = report(GIVEN, LATE, OPEN)

    rows = list(csv.DictReader(io.StringIO(lines(made))))

    assert len(rows) == sum(len(row.values) for one in tables(made) for row in one.rows)
    (received_row,) = [r for r in rows if (r["table"], r["row"]) == ("code", "received")]
    assert received_row["value"] == "3"
