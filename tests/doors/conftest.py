"""Demonstrations to knock at: one for a whole module, or one that a test has for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.doors.demonstrations import Demonstration
from tests.doors.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.doors.page import Page


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Give a demonstration that all tests of a module share."""
    started = Demonstration(tmp_path_factory.mktemp("shared"))
    yield started
    started.end()


@pytest.fixture(scope="module")
def page(demonstration: Demonstration) -> Page:
    """Give the page of the demonstration that is shared."""
    return demonstration.page


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Demonstration]:
    """Give a demonstration of the test's own, on the morning of Tuesday 14 July 2020."""
    started = Demonstration(tmp_path)
    yield started
    started.end()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a desk that is served to a Slack by signed HTTP, shared by all tests of a module."""
    started = Served(tmp_path_factory.mktemp("served"))
    yield started
    started.end()
