"""The checkout as the architecture tests read it: its files, its modules, its Makefile."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "workflow")

# The top of the tree is the first thing a stranger reads. It grows only by a decision.
TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "config",
    "docs",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "tests",
    "workflow",
}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file that a fresh clone would hold, in order."""
    names = _files_known_to_git() or _files_of_an_archive()
    return tuple(sorted(ROOT / name for name in names if (ROOT / name).is_file()))


def _files_known_to_git() -> list[str]:
    if not shutil.which("git"):
        return []
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return listing.stdout.split("\0")[:-1]


def _files_of_an_archive() -> Iterator[str]:
    """Yield what lies in a checkout without git: an unpacked archive, or a container."""
    for name in TOP_LEVEL:
        top = ROOT / name
        for path in [top, *top.rglob("*")]:
            if "__pycache__" not in path.parts:
                yield str(path.relative_to(ROOT))


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Yield each tracked file that is text, as a path from the root and its content."""
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8")


def tracked_documents() -> Iterator[tuple[Path, str]]:
    """Yield each tracked Markdown document, as a path from the root and its content."""
    return ((path, text) for path, text in tracked_texts() if path.suffix == ".md")


def modules(*folders: str) -> Iterator[Path]:
    """Yield the path from the root of each Python module in the folders named."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT)


def syntax_tree(module: Path) -> ast.Module:
    """Return the parsed content of a module that `modules` named."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=str(module))


def make_targets() -> dict[str, str]:
    """Return each target of the Makefile that a person may ask for, with its line of help."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z][a-z-]*):([^=\n]*)$", makefile, flags=re.MULTILINE)
    return {target: rest.partition("## ")[2].strip() for target, rest in rules}


def phony_targets() -> set[str]:
    """Return the targets that the Makefile declares to be no files."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [declared] = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    return set(declared.split())
