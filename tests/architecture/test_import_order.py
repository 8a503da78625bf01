"""An import may only go down, from the doors to the law."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.checkout import PACKAGES, ROOT

# One breach of each contract: a line of import, and the module in which it may not stand.
BREACHES = {
    "floors": ("workflow/law/breach.py", "import workflow.casework"),
    "doors": ("workflow/law/breach.py", "import bot"),
    "circles": ("workflow/law/breach.py", "import workflow.law.counter_breach"),
    "pure": ("workflow/casework/breach.py", "import time"),
    "slack": ("workflow/services/breach.py", "import slack_sdk"),
    "sql": ("workflow/services/breach.py", "import sqlalchemy"),
    "local-slack": ("bot/sandbox/breach.py", "import workflow"),
    "settings": ("workflow/services/breach.py", "import workflow.settings"),
}


def lint_imports(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("lint-imports"))
    config = str(ROOT / "pyproject.toml")
    command = [program, "--config", config, "--no-cache", "--no-logo", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def write_module(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(content)


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    return tmp_path


def test_every_contract_is_kept() -> None:
    outcome = lint_imports(ROOT)

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(("contract", "module", "line"), [(c, *b) for c, b in BREACHES.items()])
def test_a_breach_of_a_contract_is_seen(
    copy_of_the_house: Path, contract: str, module: str, line: str
) -> None:
    write_module(copy_of_the_house / module, line)
    write_module(copy_of_the_house / "workflow/law/counter_breach.py", "import workflow.law.breach")

    outcome = lint_imports(copy_of_the_house, "--contract", contract)

    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "breach" in outcome.stdout


def test_a_room_that_stands_on_no_floor_is_seen(copy_of_the_house: Path) -> None:
    write_module(copy_of_the_house / "workflow/loft/breach.py", "")

    outcome = lint_imports(copy_of_the_house, "--contract", "floors")

    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "loft" in outcome.stdout
