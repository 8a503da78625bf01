"""The bench that most tests here stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.sandbox.bench import Bench, running


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running(tmp_path) as one:
        yield one
