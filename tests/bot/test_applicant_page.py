"""The page at which a desk officer reads who asked: the button shows it, the address never does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
from starlette.applications import Starlette

from bot.applicant_page import applicant_routes
from bot.desk import Desk
from bot.plain_page import HEADERS
from tests.bot.offices import CALLS, AtWork
from workflow.services import reveal

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = ("<script>alert(1)</script>", "1 High Street & Co")


def test_the_address_shows_nothing_and_the_button_shows_it_once(tmp_path: Path) -> None:
    work = AtWork(tmp_path)
    work.log(applicant=HOSTILE)
    dana = work.office.roster.officer("dana")
    end = reveal.link(work.office, CALLS, officer=dana, why="<b>to post it</b>")
    app = Starlette(routes=applicant_routes(Desk(work.office)))

    methods = ("GET", "GET", "POST", "POST", "GET")
    *looked, shown, again, late = asyncio.run(_asked(app, methods, f"/{end}"))

    assert {one.status_code for one in looked} == {200}
    assert not any("script" in one.text or "<b>" in one.text for one in looked)
    assert "<pre>&lt;script&gt;alert(1)&lt;/script&gt;\n1 High Street &amp; Co</pre>" in shown.text
    assert (again.status_code, late.status_code) == (404, 404)
    for one in (*looked, shown, again):
        assert HEADERS.items() <= dict(one.headers).items()


async def _asked(app: Starlette, methods: tuple[str, ...], path: str) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        return [await client.request(method, path) for method in methods]
