"""Two web processes on one PostgreSQL: renewed one by one, and their database under them."""

from __future__ import annotations

import json
import signal
import threading
import time
from copy import copy
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.doors.programs import free_port
from tests.doors.served import Served, command_body
from tests.postgres_server import NoPostgresServerError, own_server
from tests.store.databases import migrated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres_server import OwnServer

pytestmark = pytest.mark.postgres
DRAINS = 1.5  # seconds; the balancer looks every fifth of one


@pytest.fixture
def server() -> Iterator[OwnServer]:
    try:
        with own_server() as started:
            yield started
    except NoPostgresServerError as absence:
        pytest.skip(str(absence))


class Balancer:
    """Sends each request to one of several processes that say they are ready, in turn.

    As every balancer does: it asks /readyz now and then, and a connection that is refused (nothing
    was sent) goes to the next one. Whatever else goes wrong is a failure.
    """

    def __init__(self, desks: list[Served]) -> None:
        self._desks = desks
        self._ready = list(desks)
        self._turn = 0
        self._ended = threading.Event()
        self._looker, self._sender = httpx.Client(), httpx.Client()
        self._looking = threading.Thread(target=self._look)
        self._looking.start()

    def end(self) -> None:
        self._ended.set()
        self._looking.join()
        self._looker.close()
        self._sender.close()

    def wait_for(self, number: int) -> None:
        ends = time.monotonic() + 30
        while len(self._ready) != number:
            assert time.monotonic() < ends, f"{len(self._ready)} of {number} are ready"
            time.sleep(0.05)

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self._ready = [one for one in self._desks if self._is_ready(one)]

    def _is_ready(self, desk: Served) -> bool:
        try:
            return self._looker.get(f"{desk.url}/readyz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def send(self, body: str) -> httpx.Response:
        for _ in range(50):
            ready = self._ready
            if ready:
                self._turn += 1
                try:
                    return ready[self._turn % len(ready)].send(body, via=self._sender)
                except httpx.ConnectError:
                    pass
            time.sleep(0.05)
        raise AssertionError("nobody is ready")


def beside(first: Served, folder: Path) -> Served:
    """Start a second web process on the same database and the same Slack."""
    port = free_port()
    second = copy(first)
    second.url = f"http://127.0.0.1:{port}"
    second.settings = first.settings | {"FOI_PORT": str(port)}
    second._folder = folder / "second"  # noqa: SLF001  # its log is its own
    second._folder.mkdir()  # noqa: SLF001  # as above
    second.start_desk()
    return second


def text_of(answer: httpx.Response) -> str:
    told: dict[str, Any] = json.loads(answer.text) if answer.text else {}
    return str(told.get("text", ""))


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_renewing_one_process_after_the_other_fails_no_request(
    server: OwnServer, tmp_path: Path
) -> None:
    url = migrated(server.create_database())
    first = Served(
        tmp_path, FOI_DATABASE_URL=url, FOI_DRAIN_SECONDS=str(DRAINS), FOI_TICK_SECONDS="5"
    )
    second = beside(first, tmp_path)
    balancer = Balancer([first, second])
    reference = first.new("While they are renewed")
    outcomes: list[tuple[int, str]] = []
    enough = threading.Event()

    def keep_asking() -> None:
        number = 0
        while not enough.wait(0.1):
            number += 1
            answer = balancer.send(command_body(f"update {reference} note {number}"))
            outcomes.append((answer.status_code, text_of(answer)))

    asking = threading.Thread(target=keep_asking)
    asking.start()
    try:
        statuses = []
        for desk in (first, second):
            statuses.append(desk.desk.stop())
            balancer.wait_for(1)
            desk.start_desk()
            balancer.wait_for(2)
    finally:
        enough.set()
        asking.join()
        balancer.end()
        told = first.request(reference)
        second.desk.end()
        first.end()

    # Nothing in it is the acknowledgement of what takes longer: its note counts all the same.
    failed = [
        one for one in outcomes if one[0] != 200 or (one[1] and not one[1].startswith(reference))
    ]
    notes = [one["sentence"] for one in told["history"] if "note" in one["sentence"]]
    assert statuses == [0, 0]
    assert failed == []
    assert len(outcomes) > 20
    assert len(notes) == len(set(notes)) == len(outcomes)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_database_that_restarts_costs_a_sentence_and_nothing_else(
    server: OwnServer, tmp_path: Path
) -> None:
    url = migrated(server.create_database())
    desk = Served(tmp_path, FOI_DATABASE_URL=url)
    try:
        reference = desk.new("While the database restarts")
        server.process.stop(signal.SIGINT)
        away = text_of(desk.send(command_body(f"claim {reference}")))
        unready = httpx.get(f"{desk.url}/readyz", timeout=20).status_code
        alive = httpx.get(f"{desk.url}/health").status_code
        unwell = httpx.get(f"{desk.url}/healthz", timeout=20).status_code
        server.process.start()
        back = text_of(desk.send(command_body(f"claim {reference}")))
        desk.page.until(
            lambda: httpx.get(f"{desk.url}/healthz", timeout=20).status_code == httpx.codes.OK
        )
        assert "Traceback" not in text_of(desk.send(command_body("list")))
    finally:
        desk.end()

    assert away == (
        "The database of FOI Desk does not answer. Wait a minute, look whether it was done, and "
        "try again."
    )
    assert (unready, alive, unwell) == (503, 200, 503)
    assert back.startswith(f"{reference}: Amira Hassan claimed it.")
