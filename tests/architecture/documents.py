"""The parts of the README that are made from the tables of the product.

`python -m tests.architecture.documents` writes them anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from workflow.casework import stages
from workflow.services.verbs import VERBS

README = Path(__file__).resolve().parents[2] / "README.md"


def verbs() -> str:
    lines = ["| typed | what it does |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{_cell(verb.form)}` | {verb.summary} |" for verb in VERBS)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def diagram() -> str:
    return f"```mermaid\n{stages.mermaid()}\n```"


PARTS = {"verbs": verbs, "diagram": diagram, "stages": stages.markdown}


def made(text: str) -> str:
    """Give the text with each part between its marks made anew."""
    for name, make in PARTS.items():
        pattern = rf"(<!-- {name}:[^\n]*-->\n).*?(<!-- /{name} -->)"
        found = list(re.finditer(pattern, text, re.DOTALL))
        if len(found) != 1:
            raise LookupError(f"the marks of “{name}” must stand once, not {len(found)} times")
        text = text[: found[0].end(1)] + make() + "\n" + text[found[0].start(2) :]
    return text


if __name__ == "__main__":
    README.write_text(made(README.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{README.name} is made anew\n")
