"""A PostgreSQL server for the tests: one that is named, or one of our own in a temporary folder."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

DEBIAN_BINARIES = "/usr/lib/postgresql"
STARTING_TAKES_AT_MOST = 30.0  # seconds

# The tests start and stop many databases and none of them outlives the run, so nothing is synced;
# and nobody can reach the server but through the socket in its own folder.
SERVER_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "synchronous_commit": "off",
    "timezone": "UTC",
}

CLUSTER = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")


class NoPostgresServerError(Exception):
    """No server is named and none can be started; the message says what was looked for."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server, in which every test may have a database of its own."""

    url: str

    def create_database(self, *, template: str = "template1") -> str:
        """Create a database, a copy of `template`, and return its URL."""
        name = f"foi_test_{uuid.uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._administer(command.format(sql.Identifier(name), sql.Identifier(template)))
        return self._url_of(name)

    def drop_database(self, url: str) -> None:
        """Drop the database that `create_database` made, with whoever is still connected to it."""
        name = database_name(url)
        self._administer(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def _administer(self, command: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(command)

    def _url_of(self, name: str) -> str:
        address, question_mark, options = self.url.partition("?")
        return f"{address.rpartition('/')[0]}/{name}{question_mark}{options}"


def database_name(url: str) -> str:
    """Return the name of the database to which `url` leads."""
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Yield the server named by FOI_TEST_PG_URL, or start one and stop it afterwards.

    Raises:
        NoPostgresServerError: if none is named and no PostgreSQL is installed here.
    """
    if named := os.environ.get("FOI_TEST_PG_URL"):  # noqa: TID251 - the tests' own setting
        yield PostgresServer(url=named)
        return
    with own_server() as server:
        yield server


@dataclass(frozen=True)
class OwnServer(PostgresServer):
    """A server that was started here, and may be stopped and started again."""

    process: _Process

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it, by SIGINT as for an update or by SIGQUIT as in a crash, and start it again."""
        self.process.stop(how)
        self.process.start()


@contextmanager
def own_server(settings: Mapping[str, str] | None = None) -> Iterator[OwnServer]:
    """Start a server of our own, with some settings changed, and stop it afterwards.

    Raises:
        NoPostgresServerError: if no PostgreSQL is installed here.
    """
    binaries, account = _installed_binaries(), _account()
    # Beside the other files of the tests, in memory where there is room; but on the disk, as any
    # other program's, where the settings are the caller's and may ask for a server that endures.
    beside = None if settings else os.environ.get("PYTEST_DEBUG_TEMPROOT")  # noqa: TID251 - pytest's own
    folder = Path(tempfile.mkdtemp(prefix="foi-pg-", dir=beside))
    try:
        shutil.chown(folder, account)
        process = _Process(binaries, folder, account, SERVER_SETTINGS | dict(settings or {}))
        process.start()
        try:
            yield OwnServer(url=process.url, process=process)
        finally:
            process.stop(signal.SIGINT)  # now, whoever is still connected
    finally:
        shutil.rmtree(folder)


def _installed_binaries() -> Path:
    versions = sorted(Path(DEBIAN_BINARIES).glob("*/bin/initdb"), key=_major_version)
    on_path = shutil.which("initdb")
    if versions:
        return versions[-1].parent
    if on_path:
        return Path(on_path).parent
    raise NoPostgresServerError(
        "no PostgreSQL: set FOI_TEST_PG_URL to a server where databases may be created, "
        f"or install one (looked for {DEBIAN_BINARIES}/*/bin/initdb, and for initdb on PATH)"
    )


def _major_version(initdb: Path) -> int:
    return int(initdb.parent.parent.name)


def _account() -> str:
    """Return who runs the server: PostgreSQL refuses root, so root becomes somebody else."""
    if os.geteuid() != 0:
        return getpass.getuser()
    return next(name for name in ("postgres", "nobody") if name in _accounts())


def _accounts() -> set[str]:
    return {entry.pw_name for entry in pwd.getpwall()}


def _as_account(account: str) -> list[str]:
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        raise NoPostgresServerError(
            "PostgreSQL does not run as root and there is no setpriv to step down with: "
            "run the tests as somebody else, or set FOI_TEST_PG_URL"
        )
    group = str(pwd.getpwnam(account).pw_gid)
    return ["setpriv", f"--reuid={account}", f"--regid={group}", "--clear-groups", "--"]


class _Process:
    """A server whose data and socket lie in `folder`."""

    def __init__(
        self, binaries: Path, folder: Path, account: str, settings: Mapping[str, str]
    ) -> None:
        self.url = f"postgresql://{account}@/postgres?host={folder}"
        self._folder, self._log = folder, folder / "log"
        as_account = _as_account(account)
        data = folder / "data"
        initdb = [str(binaries / "initdb"), f"--pgdata={data}", f"--username={account}", *CLUSTER]
        subprocess.run([*as_account, *initdb], cwd=folder, check=True, capture_output=True)
        options = [f"--{name}={value}" for name, value in settings.items()]
        server = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder)]
        self._command = [*as_account, *server, *options]

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log_file:
            self._running = subprocess.Popen(
                self._command, cwd=self._folder, stdout=log_file, stderr=subprocess.STDOUT
            )
        _wait_until_it_answers(self._running, self.url, self._log)

    def stop(self, how: signal.Signals) -> None:
        """Stop it by a signal and wait until it is gone."""
        self._running.send_signal(how)
        self._running.wait()


def _wait_until_it_answers(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    give_up_at = time.monotonic() + STARTING_TAKES_AT_MOST
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from error
            time.sleep(0.05)
        else:
            return
