"""App Home over real sockets: opened, searched, narrowed, paged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doors.buttons import labels

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Json, Page


def home(page: Page, who: str) -> Json:
    opened: Json = page.get("home", **{"as": who})
    return opened


def headers(view: Json) -> list[str]:
    return [one["text"]["text"] for one in view["blocks"] if one["type"] == "header"]


def change(page: Page, who: str, action_id: str, value: str, *, shows: str) -> Json:
    """Press, choose or type on a Home, and read it once it shows what was asked for."""
    before = home(page, who)
    body = {"as": who, "view_id": before["id"], "action_id": action_id, "value": value}
    page.post("click", **body)
    page.until(lambda: headers(home(page, who))[:1] == [shows])
    return home(page, who)


def test_a_manager_finds_what_falls_due_and_searches_all_teams(fresh: Demonstration) -> None:
    page = fresh.page
    first = home(page, "marcus")

    assert headers(first)[0].startswith("Overdue (")
    assert headers(first)[-1] == "What falls due in the next four weeks"

    one, none = "“speed cameras” (1)", "Digital and Technology, “speed cameras” (0)"
    found = change(page, "marcus", "home:words", "speed cameras", shows=f"Open requests: {one}")
    assert len(headers(found)) == 1
    narrowed = change(page, "marcus", "home:team", "digital", shows=f"Open requests: {none}")
    assert "Back to my page" in labels(narrowed["blocks"])
    back = change(page, "marcus", "home:back", "-", shows=headers(first)[0])
    assert headers(back) == headers(first)


def test_an_officer_sees_what_they_hold_and_shows_it(fresh: Demonstration) -> None:
    page = fresh.page
    page.says("amira", "/foi claim 002335/20")

    view = home(page, "amira")

    assert "You hold (1)" in headers(view)
    pressed = page.post(
        "click", **{"as": "amira", "view_id": view["id"], "action_id": "show", "value": "002335/20"}
    )
    assert pressed["error"] is None
    page.until(lambda: "002335/20" in str(page.messages(dm="amira")[-1:]))


def test_the_desk_narrows_its_home_to_a_stage(fresh: Demonstration) -> None:
    page = fresh.page
    home(page, "dana")

    shown = change(page, "dana", "home:stage", "review", shows="Open requests: review (1)")

    assert len(headers(shown)) == 1


def chart(view: Json) -> Json | None:
    """Give the image on a Home, if there is one."""
    return next((one for one in view["blocks"] if one["type"] == "image"), None)


def charted(page: Page, who: str) -> Json:
    """Open a manager's Home and wait for its chart: the words are there at once."""
    home(page, who)
    found: list[Json] = []

    def is_there() -> bool:
        found[:] = [image] if (image := chart(home(page, who))) else []
        return bool(found)

    page.until(is_there)
    return found[0]


def test_a_manager_sees_a_chart_of_what_falls_due_and_it_is_drawn_once(
    fresh: Demonstration,
) -> None:
    page = fresh.page
    words = str(home(page, "marcus")["blocks"][-1])
    assert "█" in words

    first = charted(page, "marcus")
    file_id = first["slack_file"]["id"]
    assert "Wed 12 August: 1" in first["alt_text"]
    assert page.file(file_id).startswith(b"\x89PNG")
    assert charted(page, "dana")["slack_file"]["id"] == file_id  # the same figures

    page.says("dana", "/foi withdraw 002335/20 They wrote again.")
    changed = charted(page, "marcus")
    page.until(lambda: charted(page, "marcus")["slack_file"]["id"] != file_id)
    changed = charted(page, "marcus")
    assert "Wed 12 August" not in changed["alt_text"]
    assert chart(home(page, "amira")) is None  # who manages nothing


def test_where_slack_takes_no_files_the_chart_is_in_words(fresh: Demonstration) -> None:
    page = fresh.page
    fault = {"fault": "fail_before", "method": "files.getUploadURLExternal", "times": 100}
    page.post("faults", **fault)

    home(page, "marcus")
    page.until(lambda: page.get("faults")["waiting"][0]["happened"] > 0)
    view = home(page, "marcus")

    assert chart(view) is None
    assert "█" in str(view["blocks"][-1])
