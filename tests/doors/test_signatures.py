"""Who may speak to the desk: Slack, with the right secret, just now, from this workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.doors.served import FORM, command_body

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration
    from tests.doors.served import Served

HELP = command_body("help")


def test_a_request_with_the_right_signature_is_answered(served: Served) -> None:
    answer = served.send(HELP)

    assert answer.status_code == 200
    assert answer.json()["response_type"] == "ephemeral"
    assert answer.json()["text"] == "What you can type after /foi"


def test_a_wrong_secret_is_401(served: Served) -> None:
    answer = served.send(HELP, secret="somebody-elses-secret")

    assert (answer.status_code, answer.text) == (401, '{"error": "invalid request"}')


def test_a_request_without_any_signature_is_401(served: Served) -> None:
    answer = httpx.post(f"{served.url}/slack/events", content=HELP, headers={"content-type": FORM})

    assert answer.status_code == 401


@pytest.mark.parametrize(("age", "status"), [(290, 200), (301, 401), (-330, 401)])
def test_a_request_replayed_after_five_minutes_is_401(
    served: Served, age: int, status: int
) -> None:
    assert served.send(HELP, age=age).status_code == status


def test_a_body_changed_on_the_way_is_401(served: Served) -> None:
    right = served.send(HELP).request
    signed = {name: right.headers[name] for name in right.headers if name.startswith("x-slack-")}

    changed = httpx.post(
        right.url,
        content=command_body("help claim"),
        headers={**signed, "content-type": FORM},
    )

    assert changed.status_code == 401


def test_another_workspace_gets_no_answer_and_changes_nothing(served: Served) -> None:
    reference = served.new("Another workspace")

    answer = served.send(command_body(f"claim {reference}", team="T0ELSEWHERE"))

    assert answer.text == (
        "FOI Desk serves another workspace. Use it in the one where it is installed."
    )
    assert served.request(reference)["request"]["holder"] is None


def test_a_body_over_a_megabyte_is_refused_unread(served: Served) -> None:
    answer = served.send(command_body("help " + "x" * 1_000_000))

    assert answer.status_code == 413


def test_a_body_that_does_not_say_how_long_it_is_is_refused(served: Served) -> None:
    answer = httpx.post(
        f"{served.url}/slack/events",
        content=iter([HELP.encode()]),
        headers={"content-type": FORM},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("payload=%7Bnot-json", FORM),
        ("payload=", FORM),
        ("payload=%5B1%2C2%5D", FORM),
        ("payload=null", FORM),
        ("payload=7", FORM),
        ("", FORM),
        ("\x00\x01\x02", FORM),
        (b"\xff\xfe\xfd", FORM),
        ("{not json", "application/json"),
        ("[]", "application/json"),
        ("null", "application/json"),
        ("{}", "application/json"),
        ('{"type": "event_callback"}', "application/json"),
        ('{"type": "event_callback", "event": null}', "application/json"),
        ('{"type": "view_submission"}', "application/json"),
        ("[" * 5000, "application/json"),
        ("x", "text/plain"),
    ],
)
def test_garbage_with_a_good_signature_gets_no_traceback(
    served: Served, body: bytes | str, content_type: str
) -> None:
    answer = served.send(body, content_type=content_type)

    assert answer.status_code in {200, 400, 404}, answer.text
    assert "Something went wrong" not in answer.text
    assert "Traceback" not in served.desk.printed()


def test_the_demonstration_too_answers_nobody_without_the_secret(
    demonstration: Demonstration,
) -> None:
    answer = httpx.post(
        f"{demonstration.url}/slack/events", content=HELP, headers={"content-type": FORM}
    )

    assert answer.status_code == 401
