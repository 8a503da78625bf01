"""Questions about deadlines: read, answered, told, and refused in a sentence."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.bank_holidays import load
from workflow.law.clock import ClockState, Limit, ReceiptPolicy, Span
from workflow.law.regime import Regime
from workflow.services.due import LONGEST_LINE, answers, batch, lines_of
from workflow.services.due_questions import (
    Ask,
    Nation,
    Question,
    QuestionUnclear,
    read_day,
    read_question,
)
from workflow.services.due_spreadsheet import spreadsheet_day, with_due_dates

CALENDARS = load()
RECEIVED = {"event": "received", "on": "2026-01-12"}
ANSWERED = {"event": "responded", "on": "2026-02-02"}
REVIEW = {"event": "review_requested", "on": "2026-02-16"}


def told(*events: object, **more: object) -> dict[str, Any]:
    line = json.dumps({"id": "a", "regime": "foia", "events": [RECEIVED, *events], **more})
    (one,) = batch([line], CALENDARS)
    return dict(json.loads(one))


# --- what comes out ---


def test_an_answer_has_its_id_date_state_and_ledger() -> None:
    assert told(
        {"event": "extended", "on": "2026-02-09", "ground": "s.31", "further_working_days": 20}
    ) == {
        "id": "a",
        "date": "2026-03-09",
        "state": "running",
        "ledger": [
            {
                "on": "2026-01-12",
                "what": "Request received",
                "authority": "s.10(1) FOIA",
                "effect": "this is day 0 of 20 working days",
                "day": 0,
                "due": "2026-02-09",
                "due_before": None,
                "skipped": [],
            },
            {
                "on": "2026-02-09",
                "what": "Time extended",
                "authority": "s.10(3) FOIA",
                "effect": "the end moves by 20 working days (s.31)",
                "day": 20,
                "due": "2026-03-09",
                "due_before": "2026-02-09",
                "skipped": [],
            },
        ],
        "original_date": "2026-02-09",
        "calendar": CALENDARS.version,
    }


def test_a_skipped_holiday_comes_with_its_name_and_nations() -> None:
    line = {"id": 1, "regime": "foia", "events": [{"event": "received", "on": "2020-07-14"}]}

    (one,) = answers([json.dumps(line)], CALENDARS)

    assert json.loads(json.dumps(one))["ledger"][0]["skipped"] == [
        {"on": "2020-08-03", "name": "Summer bank holiday", "nations": ["Scotland"]}
    ]


def test_while_the_applicant_has_something_to_do_there_is_no_date() -> None:
    awaited = told({"event": "clarification_sought", "on": "2026-01-14"})

    assert (awaited["date"], awaited["state"]) == (None, "awaiting clarification")


def test_a_warning_and_a_provisional_date_are_marked_and_nothing_else_is() -> None:
    late = told({"event": "fees_notice_given", "on": "2026-02-10"})
    far = {"id": 1, "regime": "foia", "events": [{"event": "received", "on": "2028-12-20"}]}

    assert late["warnings"] == [
        (
            "The fees notice of Tuesday 10 February 2026 has no effect: it was due by Monday 9 "
            "February 2026."
        )
    ]
    (one,) = answers([json.dumps(far)], CALENDARS)
    assert one["provisional"] is True
    assert {"provisional", "warnings", "statutory_limit"} & set(told()) == set()


def test_the_codes_date_comes_with_the_statutory_limit() -> None:
    saturday = {"event": "received", "on": "2026-01-10"}

    line = {"id": 1, "regime": "foia", "events": [saturday], "receipt_policy": "next_working_day"}
    (one,) = answers([json.dumps(line)], CALENDARS)

    assert (one["date"], one["statutory_limit"]) == ("2026-02-09", "2026-02-06")
    assert "statutory_limit" not in told(receipt_policy="next_working_day")


def test_another_clock_adds_its_line_to_the_ledger() -> None:
    replied = told(ANSWERED, REVIEW, ask="review_reply_by")

    assert (replied["date"], replied["state"]) == ("2026-03-16", "stopped")
    assert replied["ledger"][-1] == {
        "on": "2026-03-16",
        "what": "Last day to reply to the review",
        "authority": "chapter 5 of the s.45 Code 2018",
        "effect": "20 working days after Monday 16 February 2026, when the review was asked for",
        "note": "",
    }


def test_an_answer_may_be_asked_for_as_of_a_day() -> None:
    answered = told(ANSWERED, on="2026-01-20")

    assert answered["state"] == "running"
    assert len(answered["ledger"]) == 1


@pytest.mark.parametrize(
    ("events", "ask", "by"),
    [
        ((), "extension_notice_by", "2026-02-09"),
        ((ANSWERED,), "request_review_by", "2026-03-31"),
        ((ANSWERED,), "complain_to_ico_by", "2026-03-16"),
        # A review that stays unanswered: six weeks from the last day for it.
        ((ANSWERED, REVIEW), "complain_to_ico_by", "2026-04-27"),
        (
            (ANSWERED, REVIEW, {"event": "review_decided", "on": "2026-03-09"}),
            "complain_to_ico_by",
            "2026-04-20",
        ),
        (({"event": "fees_notice_given", "on": "2026-01-15"},), "pay_fee_by", "2026-04-14"),
        # Of two notices, the later.
        (
            (
                {"event": "fees_notice_given", "on": "2026-01-15"},
                {"event": "fee_received", "on": "2026-01-16"},
                {"event": "fees_notice_given", "on": "2026-01-20"},
            ),
            "pay_fee_by",
            "2026-04-19",
        ),
    ],
)
def test_each_date_can_be_asked_for(events: tuple[object, ...], ask: str, by: str) -> None:
    assert told(*events, ask=ask)["date"] == by


@pytest.mark.parametrize(
    ("events", "more", "error"),
    [
        ((), {"ask": "pay_fee_by"}, "No fees notice was given, so there is no last day to pay."),
        (
            ({"event": "fees_notice_given", "on": "2026-02-10"},),
            {"ask": "pay_fee_by"},
            (
                "The fees notice of Tuesday 10 February 2026 has no effect: it was due by Monday 9 "
                "February 2026."
            ),
        ),
        (
            ({"event": "fees_notice_given", "on": "2026-01-14"},),
            {"ask": "pay_fee_by", "regime": "sar"},
            "The law sets no last day to pay.",
        ),
        (
            (),
            {"ask": "extension_notice_by", "regime": "foisa"},
            (
                "Freedom of Information (Scotland) Act 2002 knows no extension for this request, "
                "so no notice of one."
            ),
        ),
        (
            ({"event": "clarification_sought", "on": "2026-01-14"},),
            {"ask": "extension_notice_by"},
            "The clock is awaiting clarification: no day for a notice is set until it runs.",
        ),
        ((), {"ask": "review_reply_by"}, "No review was asked for, so no reply to one is due."),
        (
            (),
            {"ask": "complain_to_ico_by"},
            "Nothing was answered yet, so no last day to complain has been set.",
        ),
        (
            (ANSWERED, REVIEW, {"event": "review_requested", "on": "2026-02-17"}),
            {},
            (
                "A review was asked for on Monday 16 February 2026 and again on Tuesday 17 "
                "February 2026: give one."
            ),
        ),
        (
            (ANSWERED, {"event": "review_extended", "on": "2026-02-10"}, REVIEW),
            {},
            (
                "Something happened in a review on Tuesday 10 February 2026, before one was asked "
                "for: record the request for a review, or correct the date."
            ),
        ),
        (
            (ANSWERED, {"event": "review_decided", "on": "2026-03-10"}),
            {},
            (
                "Something happened in a review on Tuesday 10 March 2026, before one was asked "
                "for: record the request for a review, or correct the date."
            ),
        ),
        (
            ({"event": "review_requested", "on": "2026-01-20"},),
            {},
            (
                "A review was asked for on Tuesday 20 January 2026, before the request was "
                "answered or overdue: correct the date, or record the answer first."
            ),
        ),
        (
            (),
            {"limit": "school", "regime": "eir"},
            (
                "Environmental Information Regulations 2004 has no limit for school: leave the "
                "limit out."
            ),
        ),
    ],
)
def test_a_question_without_an_answer_gets_one_sentence(
    events: tuple[object, ...], more: dict[str, object], error: str
) -> None:
    assert told(*events, **more) == {"id": "a", "error": error}


def test_part_3_has_no_notice_of_an_extension_before_it_had_extensions() -> None:
    def asked(on: str) -> dict[str, object]:
        line = {
            "id": 1,
            "regime": "dpa part 3",
            "events": [{"event": "received", "on": on}],
            "ask": "extension_notice_by",
        }
        (one,) = answers([json.dumps(line)], CALENDARS)
        return one

    assert "error" in asked("2025-11-03")
    assert asked("2026-01-14")["date"] == "2026-02-16"


# --- nonsense ---


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"id": "a"}', "The line has no regime: give one of foia, eir, foisa, sar, dpa part 3."),
        (
            '{"id": "a", "regime": "martian", "events": []}',
            "'martian' is not a regime: use one of foia, eir, foisa, sar, dpa part 3.",
        ),
        (
            '{"id": "a", "regime": 7, "events": []}',
            "'7' is not a regime: use one of foia, eir, foisa, sar, dpa part 3.",
        ),
        (
            '{"id": "a", "regime": "foia"}',
            "The line has no events: give a list that begins with received.",
        ),
        (
            '{"id": "a", "regime": "foia", "events": []}',
            "The line has no events: give a list that begins with received.",
        ),
        (
            '{"id": "a", "regime": "foia", "events": ["received"]}',
            """'received' is not an event: write {"event", "on"}.""",
        ),
        (
            '{"id": "a", "regime": "foia", "events": [{"event": "recieved", "on": "2026-01-12"}]}',
            (
                "'recieved' is not an event: use received, clarification_sought, "
                "clarification_received, fees_notice_given, fee_received, identity_requested, "
                "identity_received, responded, review_requested, review_decided, extended, "
                "review_extended."
            ),
        ),
        (
            '{"id": "a", "regime": "foia", "events": [{"event": "received"}]}',
            "'NoneType' is not a date: write it as 2020-07-14.",
        ),
        (
            '{"id": "a", "regime": "foia", "events": [{"event": "received", "on": "2025-02-29"}]}',
            "'2025-02-29' is not a day of the calendar: correct the date.",
        ),
        (
            '{"id": "a", "regime": "foia", "events": [{"event": "received", "on": "1899-02-27"}]}',
            (
                "The calendar knows the bank holidays from Saturday 1 January 2005 to Wednesday 31 "
                "December 2036, and this needs Monday 27 February 1899: correct the date, or add "
                "the missing years to the calendar."
            ),
        ),
    ],
)
def test_a_line_that_makes_no_sense_gets_one_sentence(line: str, error: str) -> None:
    (one,) = map(json.loads, batch([line], CALENDARS))

    assert one == {"id": "a", "error": error}


@pytest.mark.parametrize(
    ("event", "error"),
    [
        (
            {"further_working_days": "20"},
            "'20' is not a whole number: correct further_working_days.",
        ),
        (
            {"further_working_days": 2.5},
            "'2.5' is not a whole number: correct further_working_days.",
        ),
        (
            {"further_working_days": True},
            "'True' is not a whole number: correct further_working_days.",
        ),
        ({"further_months": [2]}, "'list' is not a whole number: correct further_months."),
        ({"ground": 31}, "'31' is not a ground: write it in words."),
        ({"on": "12/01/2026"}, "'12/01/2026' is not a date: write it as 2020-07-14."),
        ({"on": 20260112}, "'20260112' is not a date: write it as 2020-07-14."),
        (
            {"on": "2026-01-12T25:00"},
            "'2026-01-12T25:00' is not a day of the calendar: correct the date.",
        ),
        ({"on": "x" * 60}, f"'{'x' * 40}…' is not a date: write it as 2020-07-14."),
    ],
)
def test_a_field_that_makes_no_sense_is_quoted(event: dict[str, object], error: str) -> None:
    assert told({"event": "extended", "on": "2026-01-13", **event}) == {"id": "a", "error": error}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        (
            {"ask": "when"},
            (
                "'when' is not a ask: use one of respond_by, pay_fee_by, extension_notice_by, "
                "request_review_by, review_reply_by, complain_to_ico_by."
            ),
        ),
        (
            {"nation": "Cornwall"},
            "'Cornwall' is not a nation: use one of england, wales, scotland, northern ireland.",
        ),
        (
            {"limit": "hospital"},
            (
                "'hospital' is not a limit: use one of standard, school, archive, armed forces, "
                "overseas."
            ),
        ),
        (
            {"receipt_policy": "x"},
            "'x' is not a receipt_policy: use one of statute, next_working_day.",
        ),
        (
            {"non_school_days": [["2026-02-16", "2026-02-20"]]},
            'non_school_days matter to a school only: give "limit": "school".',
        ),
        ({"non_school_days": "all"}, "non_school_days must be a list of [from, to]."),
        (
            {"limit": "school", "non_school_days": ["2026-02-16"]},
            "'2026-02-16' is not a span of days: write [from, to].",
        ),
        (
            {"limit": "school", "non_school_days": [["2026-02-16"]]},
            "'list' is not a span of days: write [from, to].",
        ),
        (
            {"limit": "school", "non_school_days": [["2026-02-20", "2026-02-16"]]},
            "The days from 2026-02-20 to 2026-02-16 run backwards: swap them.",
        ),
        ({"on": "soon"}, "'soon' is not a date: write it as 2020-07-14."),
        ({"commissioner_day": "soon"}, "'soon' is not a date: write it as 2020-07-14."),
    ],
)
def test_a_fact_that_makes_no_sense_is_told(more: dict[str, object], error: str) -> None:
    assert told(**more) == {"id": "a", "error": error}


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("nonsense", {"id": None, "line": 2}),
        ("[1, 2]", {"id": None, "line": 2}),
        ('{"id": "half a line", "regime":', {"id": "half a line"}),
        ('{"id": -12, "regime":', {"id": -12}),
        ('{"id": "a \\"quoted\\" one"', {"id": 'a "quoted" one'}),
        ('{"id": "a \\xff"', {"id": None, "line": 2}),
        ('{"id": 007', {"id": None, "line": 2}),
        ("[" * 100_000, {"id": None, "line": 2}),
        ("9" * 10_000, {"id": None, "line": 2}),
    ],
)
def test_what_is_no_object_is_told_and_its_neighbours_are_answered(
    line: str, ids: dict[str, object]
) -> None:
    good = json.dumps({"id": "a", "regime": "foia", "events": [RECEIVED]})

    first, middle, last = map(json.loads, batch([good, line, "", "  ", good], CALENDARS))

    assert first["date"] == last["date"] == "2026-02-09"
    error = middle.pop("error")
    assert middle == ids
    assert error.startswith(("The line is not JSON", "The line is not a JSON object"))


def test_the_id_comes_back_as_it_was_whatever_it_was() -> None:
    for given_id in ("x", 7, None, [1, {"a": 2}], "\u202eevil\x00"):
        (one,) = answers(
            [json.dumps({"id": given_id, "regime": "foia", "events": [RECEIVED]})], CALENDARS
        )
        assert one["id"] == given_id
    (nameless,) = batch([json.dumps({"id": "\u202eevil\x00", "regime": "x"})], CALENDARS)
    assert nameless.isascii()


def test_without_a_calendar_the_batch_reads_its_own() -> None:
    (one,) = batch([json.dumps({"id": 1, "regime": "foia", "events": [RECEIVED]})])

    assert json.loads(one)["date"] == "2026-02-09"


@given(st.sampled_from(["", '{"id": ', '{"id": "', '{"id": "\\']), st.text())
def test_no_line_whatever_stops_the_batch(begins: str, line: str) -> None:
    for one in batch([begins + line], CALENDARS):
        assert "error" in json.loads(one)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": JSON,
            "regime": st.sampled_from([*Regime, "x"]) | JSON,
            "events": st.lists(
                st.fixed_dictionaries(
                    {"event": st.sampled_from(["received", "extended", "fee_received"]) | JSON},
                    optional={
                        "on": st.dates().map(str) | JSON,
                        "ground": JSON,
                        "further_working_days": JSON,
                        "further_months": JSON,
                    },
                ),
                max_size=3,
            )
            | JSON,
            "ask": st.sampled_from([*Ask]) | JSON,
            "limit": st.sampled_from([*Limit]) | JSON,
            "non_school_days": JSON,
        },
    )
)
def test_no_object_whatever_stops_the_batch(line: dict[str, object]) -> None:
    (one,) = map(json.loads, batch([json.dumps(line)], CALENDARS))

    assert ("error" in one) != ("ledger" in one)


# --- what comes in ---


def test_a_line_becomes_a_question() -> None:
    line = {
        "regime": "FOIA",
        "events": [RECEIVED],
        "ask": "pay fee by",
        "nation": "Northern_Ireland",
        "limit": "School",
        "non_school_days": [["2026-02-16", "2026-02-20"]],
        "receipt_policy": "Next Working Day",
        "commissioner_day": "2026-03-20",
        "on": "2026-02-01",
        "source": "anything else is left alone",
    }

    question = read_question(line)

    assert isinstance(question, Question)
    assert (question.regime, question.ask, question.nation) == (
        Regime.FOIA,
        Ask.PAY_FEE_BY,
        Nation.NORTHERN_IRELAND,
    )
    assert (question.limit, question.closed) == (
        Limit.SCHOOL,
        (Span(date(2026, 2, 16), date(2026, 2, 20)),),
    )
    assert question.receipt_policy is ReceiptPolicy.NEXT_WORKING_DAY
    assert (question.set_by_commissioner, question.on) == (date(2026, 3, 20), date(2026, 2, 1))


def test_a_moment_counts_as_the_day_it_was_in_london() -> None:
    def due(on: str) -> object:
        line = {"id": 1, "regime": "foia", "events": [{"event": "received", "on": on}]}
        return next(answers([json.dumps(line)], CALENDARS))["date"]

    assert due("2026-07-03T22:40:00Z") == due("2026-07-03")
    assert due("2026-07-05T23:30:00Z") == due("2026-07-06") != due("2026-07-05")
    assert due("2026-07-05T23:30:00") == due("2026-07-05")
    assert read_day("2026-01-01T03:00:00+09:00") == date(2025, 12, 31)


@pytest.mark.parametrize("written", ["2026-W03-1", "20260112", "12 January 2026", "", None])
def test_only_one_way_to_write_a_day_is_taken(written: object) -> None:
    with pytest.raises(QuestionUnclear):
        read_day(written)


# --- reading lines without taking the machine down ---


def test_lines_come_out_as_they_were() -> None:
    stream = io.BytesIO("\ufeffone\n\ntwo\u00e9\nthree".encode())

    assert list(lines_of(stream)) == ["one\n", "\n", "two\u00e9\n", "three"]


def test_a_line_of_any_length_is_never_held_whole_and_the_rest_is_answered() -> None:
    good = json.dumps({"id": "a", "regime": "foia", "events": [RECEIVED]}).encode() + b"\n"
    long = b'{"id": "huge", "x": "' + b"\xc3\xa9" * (2 * LONGEST_LINE) + b'"}\n'
    stream = io.BytesIO(good + long + good)

    lines = list(lines_of(stream))

    assert [len(line) <= LONGEST_LINE + 1 for line in lines] == [True, True, True]
    first, middle, last = answers(lines, CALENDARS)
    assert first["date"] == last["date"] == "2026-02-09"
    assert middle == {
        "id": "huge",
        "error": f"The line is longer than {LONGEST_LINE} characters: a line is one request.",
    }


def test_the_longest_line_allowed_is_read_whole() -> None:
    line = b"x" * (LONGEST_LINE - 1) + b"\n"

    assert list(lines_of(io.BytesIO(line + b"y"))) == [line.decode(), "y"]
    assert list(lines_of(io.BytesIO(b"x" * LONGEST_LINE))) == ["x" * LONGEST_LINE]
    # One more character, and its end, still fit; a line is too long when its end is out of sight.
    edge = b"x" * LONGEST_LINE + b"\n"
    assert list(lines_of(io.BytesIO(edge + b"y"))) == [edge.decode(), "y"]


def test_a_long_last_line_without_an_end_is_passed_over_too() -> None:
    (line,) = lines_of(io.BytesIO(b"x" * (3 * LONGEST_LINE)))

    assert len(line) == LONGEST_LINE + 1


def test_what_is_not_utf_8_is_told_not_fatal() -> None:
    line = json.dumps({"id": "a?", "regime": "foia", "events": [RECEIVED]}).encode()

    (one,) = answers(lines_of(io.BytesIO(line.replace(b"?", b"\xff"))), CALENDARS)

    assert (one["id"], one["date"]) == ("a\ufffd", "2026-02-09")


# --- spreadsheets ---


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-12",
        "2026-01-12 09:30",
        "2026-01-12 09:30:00",
        "2026-01-12T09:30:00Z",
        "12/01/2026",
        "12/1/2026",
        "12/01/26",
        "12-01-2026",
        "12.01.2026",
        "12 January 2026",
        "12 Jan 2026",
        "12-Jan-2026",
        "12/01/2026 09:30",
    ],
)
def test_a_spreadsheet_writes_days_in_its_own_ways_the_day_first(written: str) -> None:
    assert spreadsheet_day(written) == date(2026, 1, 12)


@pytest.mark.parametrize(
    "written", ["01/13/2026", "soon", "46034", "2026-02-30", "12 Janvier 2026"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(QuestionUnclear):
        spreadsheet_day(written)


def filled(
    rows: list[list[str]], column: str = "Received", **more: object
) -> list[tuple[str, ...]]:
    question = read_question({"regime": "foia", "events": [RECEIVED], **more})
    return list(with_due_dates(rows, column, question, CALENDARS))


def test_a_spreadsheet_gets_a_due_date_and_a_note() -> None:
    rows = [
        ["Ref", " received ", "Subject"],
        ["1", "12/01/2026", "=cmd()"],
        ["2", "29/02/2025", "x"],
        ["3", "", "x"],
        ["4"],
        [],
        ["5", "20/12/2028", "x"],
    ]

    assert filled(rows) == [
        ("Ref", " received ", "Subject", "Due date", "Due date note"),
        ("1", "12/01/2026", "=cmd()", "2026-02-09", ""),
        ("2", "29/02/2025", "x", "", "'29/02/2025' is not a date: write it as 14/07/2020."),
        ("3", "", "x", "", ""),
        ("4", "", "", "", ""),
        ("5", "20/12/2028", "x", "2029-01-23", "provisional"),
    ]


def test_a_spreadsheet_may_be_of_another_regime() -> None:
    rows = [["Received"], ["30/01/2026"]]

    assert filled(rows, regime="sar")[1] == ("30/01/2026", "2026-03-02", "")


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(QuestionUnclear) as told_:
        filled([["Ref", "Date"]], "Received")
    assert str(told_.value) == "There is no column 'Received': the first row has 'Ref', 'Date'."
    with pytest.raises(QuestionUnclear, match="the first row has none"):
        filled([], "Received")


def test_the_states_are_those_of_the_clock() -> None:
    assert told(ANSWERED)["state"] == ClockState.STOPPED.value
