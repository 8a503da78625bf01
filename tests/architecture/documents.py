"""The parts of the documents that are made from the tables of the product.

`python -m tests.architecture.documents` writes them anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.doors import three_ways
from workflow.casework import stages
from workflow.services.verbs import GROUPS

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
THREE_WAYS = ROOT / "docs" / "three-ways.md"


def verbs() -> str:
    lines = ["| typed | what it does |", "|---|---|"]
    for group, some in GROUPS.items():
        lines += [f"| **{group}** | |"]
        lines += [f"| `{_cell(verb.form)}` | {verb.summary} |" for verb in some]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def diagram() -> str:
    return f"```mermaid\n{stages.mermaid()}\n```"


DOCUMENTS = {
    README: {"verbs": verbs, "diagram": diagram, "stages": stages.markdown},
    THREE_WAYS: {"ways": three_ways.table},
}


def made(document: Path) -> str:
    """Give the text of a document with each part between its marks made anew."""
    text = document.read_text("utf-8")
    for name, make in DOCUMENTS[document].items():
        pattern = rf"(<!-- {name}:[^\n]*-->\n).*?(<!-- /{name} -->)"
        found = list(re.finditer(pattern, text, re.DOTALL))
        if len(found) != 1:
            raise LookupError(f"the marks of “{name}” must stand once, not {len(found)} times")
        text = text[: found[0].end(1)] + make() + "\n" + text[found[0].start(2) :]
    return text


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(made(document), "utf-8")
        sys.stdout.write(f"{document.name} is made anew\n")
