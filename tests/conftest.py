"""What any test may ask for: a PostgreSQL database of its own, a real browser, npm packages.

A test that asks for what this machine lacks is skipped, and says so. Where nothing may be skipped
(FOI_REQUIRE_POSTGRES=1, FOI_REQUIRE_BROWSER=1, FOI_REQUIRE_JAVASCRIPT=1: see .ci/run) the same test
fails instead.

Hypothesis tries the same examples at every run, so that what a change must pass is not left to
chance; with FOI_EXPLORE=1 it looks for new ones. FOI_LARGE_PROOFS=1 runs the large version of what
has one.
"""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.postgres_server import NoPostgresServerError, PostgresServer, running_server

# marker, the fixtures that earn it, the setting that forbids to skip it
NEEDS = (
    ("postgres", {"postgres_server", "postgres_url"}, "FOI_REQUIRE_POSTGRES"),
    ("browser", {"chromium", "browser"}, "FOI_REQUIRE_BROWSER"),
    ("javascript", {"node_modules"}, "FOI_REQUIRE_JAVASCRIPT"),
)

# Folders whose files take long, as they start programs, browsers and databases.
LONGEST_FIRST = ("chaos", "doors", "cli", "services", "bot")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# Root may run no sandbox; the rest keeps the browser from calling home.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_xdist_auto_num_workers() -> int:
    """Let half as many again as there are processors share the tests: many wait half of the time.

    A test at the doors waits for programs that it started, for ticks, and for the disk.
    """
    here = hasattr(os, "sched_getaffinity")  # on Linux only
    processors = len(os.sched_getaffinity(0)) if here else os.cpu_count() or 1
    return max(1, processors * 3 // 2)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Give a running PostgreSQL server, the same one to every test of this process."""
    try:
        with running_server() as server:
            yield server
    except NoPostgresServerError as absence:
        pytest.skip(str(absence))


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Give the URL of an empty database that no other test sees."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium that is installed here."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip(f"no browser: install chromium (looked on PATH for {', '.join(CHROMIUM_NAMES)})")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Give the folder of the npm packages that `.ci/javascript` puts there."""
    found = Path(__file__).parents[1] / ".tools" / "javascript" / "node_modules"
    if shutil.which("node") is None or not found.is_dir():
        pytest.skip("no JavaScript packages: install nodejs and npm, then run .ci/javascript")
    return found


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    """Give a headless browser of the test's own.

    It lives no longer than the test: while it does, no event loop of asyncio can be started.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


# A file system that is kept in memory, on Linux, and the bytes that a whole run leaves free.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - pytest makes a folder of its own in it

# No example has a deadline: how busy the machine is says nothing about the program.
settings.register_profile("the same every time", deadline=None, derandomize=True)
settings.register_profile("new every time", deadline=None)


def pytest_configure() -> None:
    """Choose how Hypothesis finds its examples and where files are kept, before any test is read.

    SQLite waits for the disk at every commit, which was half of the time of many a test. The files
    of tests outlive no run, so they are kept in memory where there is room for them.
    """
    settings.load_profile("new every time" if _is_set("FOI_EXPLORE") else "the same every time")
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # noqa: TID251 - pytest's own


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test by what it asks for, so that `-m 'not postgres'` needs no second list.

    Where several processes share the tests, the files that take longest come first: the last that
    begins should not be one for which all others wait.
    """
    for item in items:
        for marker, fixtures, _ in NEEDS:
            if fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(marker)
    if hasattr(config, "workerinput"):  # given to the processes of pytest-xdist
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: (item.path not in slow, _rank(item.path)))


def pytest_collection_finish() -> None:
    """Let what was imported and collected be, which the garbage collector would look through."""
    gc.collect()
    gc.freeze()


def _rank(file: Path) -> int:
    folder = file.relative_to(Path(__file__).parent).parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where the setting says that nothing may be skipped."""
    report = yield
    for marker, _, setting in NEEDS:
        if report.skipped and item.get_closest_marker(marker) and _is_set(setting):
            report.outcome = "failed"
            report.longrepr = f"{setting} is set, so this may not be skipped: {_reason(report)}"
    return report


def _reason(skipped: pytest.TestReport) -> str:
    place_and_reason = skipped.longrepr
    return place_and_reason[2] if isinstance(place_and_reason, tuple) else str(place_and_reason)


def _is_set(setting: str) -> bool:
    return os.environ.get(setting, "0") not in {"", "0"}  # noqa: TID251 - the tests' own setting
