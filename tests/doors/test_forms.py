"""Forms over real sockets: drafts that are not lost, two who fill in the same, menus to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doors.buttons import labels, press_on_card

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Json, Page

FLEET = "FOI-2020-0027"  # in consideration
CAMS = "FOI-2020-0031"  # in searching, held by Siân
WHERE = "the shared drive of the fleet team"


def fill(page: Page, who: str, view_id: str, name: str, value: str) -> None:
    """Type into a field, or choose: Slack tells the app of it."""
    page.post(
        "click", **{"as": who, "view_id": view_id, "action_id": f"fill:{name}", "value": value}
    )


def opened(page: Page, who: str, command: str) -> str:
    view_id = page.command(who, command)["view_id"]
    assert view_id
    return str(view_id)


def view(page: Page, who: str) -> Json:
    found: list[Json] = page.get("views", **{"as": who})
    return found[-1]


def fields(page: Page, who: str) -> dict[str, Any]:
    """Read what each field of the open form holds at first."""
    begins = ("initial_value", "initial_date", "initial_option")
    return {
        one["block_id"]: next(
            (one["element"][key] for key in begins if key in one["element"]), None
        )
        for one in view(page, who)["blocks"]
        if one["type"] == "input"
    }


def words(page: Page, who: str) -> str:
    return str([one for one in view(page, who)["blocks"] if one["type"] != "input"])


def close(page: Page, who: str, view_id: str) -> None:
    page.post("close", **{"as": who, "view_id": view_id})


def log_search(page: Page, *, close_it: bool = True) -> str:
    view_id = opened(page, "sian", f"/foi search {CAMS}")
    fill(page, "sian", view_id, "where", WHERE)
    fill(page, "sian", view_id, "hours", "1.5")
    if close_it:
        close(page, "sian", view_id)
    return view_id


def test_a_draft_is_there_again_after_its_form_was_closed(fresh: Demonstration) -> None:
    log_search(fresh.page)

    opened(fresh.page, "sian", f"/foi search {CAMS}")

    assert fields(fresh.page, "sian")["where"] == WHERE
    assert fields(fresh.page, "sian")["hours"] == "1.5"
    assert "Your draft of Tuesday 14 July 2020, 09:00, is filled in." in words(fresh.page, "sian")


def test_a_draft_outlives_a_power_cut(fresh: Demonstration) -> None:
    log_search(fresh.page)
    fresh.program.kill()

    fresh.start_again()

    opened(fresh.page, "sian", f"/foi search {CAMS}")
    assert fields(fresh.page, "sian")["where"] == WHERE


def test_a_draft_is_kept_though_its_form_was_never_closed(fresh: Demonstration) -> None:
    log_search(fresh.page, close_it=False)
    fresh.page.until(lambda: bool(opened(fresh.page, "sian", f"/foi search {CAMS}")))

    fresh.page.until(
        lambda: (
            bool(opened(fresh.page, "sian", f"/foi search {CAMS}"))
            and fields(fresh.page, "sian")["where"] == WHERE
        )
    )


def test_a_draft_is_its_writers_alone_and_gone_once_it_is_sent(fresh: Demonstration) -> None:
    page = fresh.page
    note = opened(page, "dana", f"/foi update {FLEET}")
    fill(page, "dana", note, "note", "Not for others")
    close(page, "dana", note)

    opened(page, "tom", f"/foi update {FLEET}")
    assert fields(page, "tom")["note"] is None
    again = opened(page, "dana", f"/foi update {FLEET}")
    outcome = page.submit("dana", again, note="Not for others, and sent")
    assert not outcome["errors"]

    opened(page, "dana", f"/foi update {FLEET}")
    assert fields(page, "dana")["note"] is None


def test_one_may_begin_afresh(fresh: Demonstration) -> None:
    page = fresh.page
    log_search(page)
    view_id = opened(page, "sian", f"/foi search {CAMS}")

    page.post("click", **{"as": "sian", "view_id": view_id, "action_id": "afresh"})

    page.until(lambda: "Your draft" not in words(page, "sian"))
    assert set(fields(page, "sian").values()) == {None}
    opened(page, "sian", f"/foi search {CAMS}")
    assert set(fields(page, "sian").values()) == {None}


def test_what_identifies_the_applicant_is_never_kept_in_a_draft(fresh: Demonstration) -> None:
    page = fresh.page
    view_id = opened(page, "dana", "/foi new Parking fines")
    for name in ("description", "applicant_name", "applicant_address"):
        fill(page, "dana", view_id, name, "Jane Q. Applicant")
    close(page, "dana", view_id)

    opened(page, "dana", "/foi new")

    shown = fields(page, "dana")
    assert shown["description"] == "Jane Q. Applicant"
    assert (shown["applicant_name"], shown["applicant_address"]) == (None, None)


def test_the_second_of_two_is_told_what_the_first_did_and_may_go_on(fresh: Demonstration) -> None:
    page = fresh.page
    view_id = opened(page, "dana", f"/foi exempt {FLEET}")
    page.says("tom", f"/foi update {FLEET} The supplier objects")

    first = page.submit("dana", view_id, section="s.43(2)", why="Prices")

    assert first["open_views"] == [view_id]
    assert "This request has changed since you began." in words(page, "dana")
    assert f"{page_name(page, 'tom')} noted: The supplier objects." in words(page, "dana")
    again = page.submit("dana", view_id, section="s.43(2)", why="Prices")
    assert again["open_views"] == []
    page.let_it_settle()
    assert "engaged s.43(2): Prices." in page.thread(FLEET)[-1]


def page_name(page: Page, handle: str) -> str:
    return next(str(one["name"]) for one in page.get("people") if one["handle"] == handle)


def test_what_one_did_oneself_is_no_surprise(fresh: Demonstration) -> None:
    page = fresh.page
    view_id = opened(page, "dana", f"/foi exempt {FLEET}")
    page.says("dana", f"/foi update {FLEET} Mine")

    assert page.submit("dana", view_id, section="s.43(2)", why="Prices")["open_views"] == []


def test_an_exemption_is_found_by_its_section_and_by_its_words(fresh: Demonstration) -> None:
    page = fresh.page
    view_id = opened(page, "dana", f"/foi exempt {FLEET}")

    def offered(typed: str) -> list[str]:
        asked = {"as": "dana", "view_id": view_id, "action_id": "fill:section", "text": typed}
        found: list[Json] = page.post("options", **asked)
        return [one["value"] for one in found]

    assert offered("commercial") == ["s.43(2)"]
    assert offered("s.43") == ["s.43(1)", "s.43(2)"]
    assert offered("31(1)(a)")[:2] == ["s.31(1)(a)", "s.31(1)(b)"]
    assert offered("nothing of the kind") == []
    assert len(offered("")) > 30


def test_who_logs_a_search_sees_how_much_of_the_limit_is_used(fresh: Demonstration) -> None:
    opened(fresh.page, "sian", f"/foi search {CAMS}")

    told = words(fresh.page, "sian")

    assert "3 h logged so far. With what is estimated £75.00 of £450.00 (s.12)." in told


def test_an_approver_sees_what_is_signed_off_before_it_is(fresh: Demonstration) -> None:
    page = fresh.page
    page.says("dana", f"/foi decide {FLEET} disclose The table is attached.")
    page.let_it_settle()
    assert "Approve" in labels(page.card(FLEET)["blocks"])

    pressed = press_on_card(page, "grace", FLEET, "Approve")

    assert pressed["view_id"]
    assert "You sign off:* disclose" in words(page, "grace")
    page.submit("grace", pressed["view_id"])
    page.let_it_settle()
    assert "approved the response." in page.thread(FLEET)[-1]
