"""What the sandbox can do stands in its document, and nothing else does."""

import re
from pathlib import Path

from starlette.routing import Route

from bot.sandbox import Sandbox
from bot.sandbox.faults import FAULTS
from bot.sandbox.web_api import METHODS
from tests.bot.sandbox.bench import APP_TOKEN, BOT_TOKEN, CHANNELS, MANIFEST, PEOPLE, SECRET

DOCUMENT = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text(encoding="utf-8")


def test_every_method_of_the_web_api_is_listed() -> None:
    listed = DOCUMENT.split("- **Web API**:")[1].split("- **Limits**")[0]

    assert re.findall(r"`([a-zA-Z0-9.]+)`", listed) == sorted(METHODS)


def test_every_fault_is_listed() -> None:
    table = DOCUMENT.split("| fault |")[1].split("##")[0]

    assert re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE) == list(FAULTS)


def test_every_route_of_the_page_is_listed(tmp_path: Path) -> None:
    sandbox = Sandbox(
        folder=tmp_path,
        people=PEOPLE,
        channels=CHANNELS,
        manifest=MANIFEST,
        signing_secret=SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
    )
    sandbox.close()
    routes = {
        f"{method} {route.path}"
        for route in sandbox.app.routes
        if isinstance(route, Route) and route.path.startswith("/sandbox/")
        for method in (route.methods or set()) - {"HEAD"}
    }

    assert set(re.findall(r"`((?:GET|POST) /sandbox/\w+)`", DOCUMENT)) == routes
