"""Pages for the machines that look after this one: alive, ready, well, and the numbers of it.

Being alive is not being ready: a process without its database lives, and restarting it mends
nothing. The numbers are in the plain text form that Prometheus reads; that is a few lines, and no
library is needed for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from workflow.cli import machine_text
from workflow.services.health import health
from workflow.services.troubles import no_way_into_slack
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from bot.desk import Desk
    from workflow.services.health import Health

WELL, UNWELL = 200, 503
METRICS_TYPE = "text/plain; version=0.0.4"


def health_routes(desk: Desk, is_leaving: Callable[[], bool]) -> list[Route]:
    """Make the pages: /readyz (send requests here), /healthz (all is well), /metrics (numbers).

    That the process lives is said by /health: see `web`.
    """

    async def ready(_request: Request) -> Response:
        if is_leaving():
            return JSONResponse({"ok": False, "why": "It is about to stop."}, status_code=UNWELL)
        try:
            trouble = await desk.ask(no_way_into_slack, desk.office)
        except DATABASE_TROUBLE:
            return _without_database()
        # Requests are to be sent here all the same: the page to install the app anew is here.
        return JSONResponse({"ok": True, **({"trouble": trouble} if trouble else {})})

    async def well(_request: Request) -> Response:
        found = await _health(desk)
        if found is None:
            return _without_database()
        told = {"ok": found.is_well, **found._asdict()}
        status = WELL if found.is_well else UNWELL
        return JSONResponse(machine_text.plain(told), status_code=status)

    async def metrics(_request: Request) -> Response:
        found = await _health(desk)
        lines = numbers(found) if found else iter(("foi_database_up 0",))
        return PlainTextResponse("\n".join(lines) + "\n", media_type=METRICS_TYPE)

    pages = {"/readyz": ready, "/healthz": well, "/metrics": metrics}
    return [Route(path, page, methods=["GET"]) for path, page in pages.items()]


def _without_database() -> Response:
    why = "The database cannot be used. See: foi doctor"
    return JSONResponse({"ok": False, "why": why}, status_code=UNWELL)


async def _health(desk: Desk) -> Health | None:
    try:
        return await desk.ask(health, desk.office)
    except DATABASE_TROUBLE:
        return None


def numbers(found: Health) -> Iterator[str]:
    """Write the numbers line by line, each kind with what it means."""
    yield "foi_database_up 1"
    kinds = {
        "foi_job_last_success_timestamp_seconds": "When the job last did its work.",
        "foi_job_age_seconds": "How long ago that is.",
        "foi_job_silent": "1 while the job is silent for longer than it may be.",
        "foi_job_failing": "1 while its runs fail.",
    }
    for kind, meaning in kinds.items():
        yield from _head(kind, meaning)
        for job in found.jobs:
            value = {
                "foi_job_last_success_timestamp_seconds": job.last.timestamp(),
                "foi_job_age_seconds": job.age,
                "foi_job_silent": int(job.silent),
                "foi_job_failing": int(job.failing_since is not None),
            }[kind]
            yield f'{kind}{{job="{job.name}"}} {value:.3f}'
    yield from _head("foi_sweep_lag_seconds", "For how long something due is not looked at.")
    yield f"foi_sweep_lag_seconds {found.sweep_lag:.3f}"
    yield from _head("foi_delivery_lag_seconds", "For how long a message waits that may be sent.")
    yield f"foi_delivery_lag_seconds {found.delivery_lag:.3f}"
    yield from _head("foi_outbox_rows", "Messages that are not sent, by state.")
    for state, number in found.outbox.items():
        yield f'foi_outbox_rows{{state="{state}"}} {number}'


def _head(kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {kind} {meaning}"
    yield f"# TYPE {kind} gauge"
