"""A terminal on a desk of its own: the real configuration, an empty database."""

from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Terminal
from tests.store.databases import sqlite_template, sqlite_url

__all__ = ["sqlite_template", "sqlite_url", "terminal"]

SETTINGS = (
    *("FOI_OFFICER", "FOI_TICK_SECONDS", "FOI_HOST", "FOI_PORT"),
    *("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"),
)


@pytest.fixture
def terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sqlite_template: Path,
) -> Terminal:
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("FOI_CONFIG_DIR", str(ROOT / "config"))
    monkeypatch.setenv("FOI_DATABASE_URL", f"sqlite:///{tmp_path / 'foi.db'}")
    return Terminal(capsys, tmp_path, sqlite_template)
