"""The chart on App Home: a picture that Slack shows, true to its figures."""

from __future__ import annotations

import io
from datetime import date, timedelta

from PIL import Image

from bot.blocks import home
from bot.chart import BAR, HEIGHT, WIDTH, drawn
from bot.wording import falls_due
from tests.bot.slack_says import refused_view

MONDAY = date(2020, 7, 13)
WORKING = [MONDAY + timedelta(n) for n in range(29) if (MONDAY + timedelta(n)).weekday() < 5]


def bars(counts: dict[int, int]) -> int:
    """Draw a chart and count what is bar in it, in hundredths of a full bar's area."""
    content = drawn([(day, counts.get(n, 0)) for n, day in enumerate(WORKING)])
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    colour = tuple(int(BAR[n : n + 2], 16) for n in (1, 3, 5))
    pixels = picture.convert("RGB").tobytes()
    return sum(tuple(pixels[at : at + 3]) == colour for at in range(0, len(pixels), 3))


def test_a_bar_is_as_high_as_its_figure() -> None:
    one, two, four = bars({3: 1}), bars({3: 2}), bars({3: 4})

    assert bars({}) == 0
    assert abs(two - 2 * one) < one / 10
    assert abs(four - 4 * one) < one / 5


def test_two_bars_are_twice_one_and_the_highest_fills_the_picture() -> None:
    assert bars({3: 4, 9: 4}) == 2 * bars({3: 4})
    assert abs(bars({3: 400}) - bars({3: 4})) < 50


def test_the_same_figures_are_the_same_picture() -> None:
    days = [(day, n % 3) for n, day in enumerate(WORKING)]

    assert drawn(days) == drawn(days)


def test_the_chart_says_in_words_what_it_shows_and_slack_takes_it() -> None:
    days = [(day, {2: 1, 5: 12}.get(n, 0)) for n, day in enumerate(WORKING)]

    blocks = home.falling_due(days, chart="F0123")

    assert [one["type"] for one in blocks] == ["header", "section", "image"]
    assert blocks[1]["text"]["text"] == "13 fall due, most of them on Monday 20 July 2020: 12."
    assert blocks[2]["alt_text"] == "How many requests fall due. Wed 15 July: 1; Mon 20 July: 12."
    assert refused_view({"type": "home", "blocks": blocks}) == []


def test_one_request_falls_due_and_several_fall() -> None:
    assert falls_due(1, "Friday 17 July 2020", 1) == "1 falls due, on Friday 17 July 2020."
    assert falls_due(2, "Friday 17 July 2020", 2) == "2 fall due, on Friday 17 July 2020."


def test_the_longest_alternative_fits() -> None:
    days = [(day, 99_999) for day in WORKING]

    assert len(home.in_words(days)) < 1000
