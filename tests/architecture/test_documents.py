"""The documents lead somewhere: every link inside the repository is to something that exists."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkout import ROOT, tracked_documents

LINK = re.compile(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
HEADING = re.compile(r"^#+ +(.*)$", flags=re.MULTILINE)
FENCED_CODE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)
TO_ELSEWHERE = ("http://", "https://", "mailto:")


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a document."""
    text = FENCED_CODE.sub("", document.read_text(encoding="utf-8"))
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in HEADING.findall(text)
    }


def leads_nowhere(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / document).parent / path if path else ROOT / document
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in anchors(target)


def links_inside() -> Iterator[tuple[Path, str]]:
    for document, text in tracked_documents():
        for link in LINK.findall(FENCED_CODE.sub("", text)):
            if not link.startswith(TO_ELSEWHERE):
                yield document, link


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    broken = [
        f"{document}: {link}" for document, link in links_inside() if leads_nowhere(document, link)
    ]

    assert broken == []
