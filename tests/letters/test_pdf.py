"""A letter in PDF that a screen reader can read, and a plain sentence where none can be made."""

import time
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest

from tests.letters.test_docx import LETTER
from workflow.letters import pdf
from workflow.letters.html import to_html
from workflow.letters.pdf import NoPdfHere, to_pdf


@pytest.fixture(scope="module")
def written() -> bytes:
    """Give the letter as PDF."""
    try:
        return to_pdf(LETTER)
    except NoPdfHere as absence:
        pytest.skip(str(absence))


def test_the_same_letter_gives_the_same_pdf(written: bytes) -> None:
    time.sleep(1.1)  # dates in a PDF are counted in seconds

    assert to_pdf(LETTER) == written


def test_it_is_tagged_named_and_in_british_english(written: bytes) -> None:
    pypdf = _pypdf()
    catalogue = pypdf.PdfReader(BytesIO(written)).trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalogue["/Metadata"].get_object().get_data()


def test_headings_lists_and_tables_are_in_its_structure(written: bytes) -> None:
    pypdf = _pypdf()
    root = pypdf.PdfReader(BytesIO(written)).trailer["/Root"]["/StructTreeRoot"]

    kinds = _kinds(root)

    assert [kinds.count(kind) for kind in ("/H1", "/H2", "/H3")] == [1, 6, 4]
    # A table that goes over a page is tagged once on each, with its header repeated.
    tables = kinds.count("/Table")
    assert (tables >= 1, kinds.count("/TH")) == (True, 3 * tables)
    assert kinds.count("/LI") >= 1 + 4 + 4 + 2 + 3  # place, tests, review, Commissioner


def test_the_page_fetches_nothing() -> None:
    html = to_html(LETTER)

    assert "<img" not in html
    assert "<link" not in html
    assert "url(" not in html


def test_without_the_extra_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(name: str) -> ModuleType:
        raise ModuleNotFoundError(f"No module named '{name}'")

    monkeypatch.setattr(pdf, "import_module", fail)

    with pytest.raises(NoPdfHere, match=r"pip install 'foi-desk\[pdf\]'"):
        to_pdf(LETTER)


def _pypdf() -> Any:
    return pytest.importorskip("pypdf", reason="no pypdf: what a PDF holds is not looked at")


def _kinds(node: Any) -> list[str]:
    """List the kinds of the elements below a node of the structure, in their order."""
    children = node.get("/K", [])
    children = children if isinstance(children, list) else [children]
    found = [str(node["/S"])] if "/S" in node else []
    for child in children:
        element = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(element, dict):
            found += _kinds(element)
    return found
