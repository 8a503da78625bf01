"""What is installed is whole: the program has its pages, its migrations and a configuration."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.checkout import PACKAGES, ROOT, tracked_files


@pytest.fixture(scope="module")
def files_in_the_wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", str(folder)], cwd=ROOT, check=True)
    [wheel] = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def tracked_below(*folders: str) -> set[Path]:
    paths = {path.relative_to(ROOT) for path in tracked_files()}
    return {path for path in paths if path.parts[0] in folders}


def test_the_wheel_holds_every_file_of_the_packages(files_in_the_wheel: set[str]) -> None:
    missing = {str(path) for path in tracked_below(*PACKAGES)} - files_in_the_wheel

    assert missing == set()


def test_the_wheel_holds_the_configuration_where_the_program_looks(
    files_in_the_wheel: set[str],
) -> None:
    expected = {
        str(Path("workflow/default_config", *path.parts[1:])) for path in tracked_below("config")
    }

    assert expected - files_in_the_wheel == set()
