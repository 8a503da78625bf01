"""A letter in DOCX: what means something is marked as such, in British English, byte for byte."""

import shutil
import subprocess
import time
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.letters.examples import CALLS_IN_2019, ENVELOPE, WORDS, complete
from workflow.letters.compose import compose
from workflow.letters.contents import AnswerToRequest
from workflow.letters.docx import to_docx

LETTER = compose(ENVELOPE, AnswerToRequest(complete(CALLS_IN_2019)), words=WORDS)
WRITTEN = to_docx(LETTER)
OPENED = docx.Document(BytesIO(WRITTEN))


def headings() -> list[tuple[str, str]]:
    return [
        (one.style.name or "", one.text)
        for one in OPENED.paragraphs
        if one.style is not None and (one.style.name or "").startswith("Heading")
    ]


def test_headings_are_headings_in_their_order() -> None:
    assert headings() == [
        ("Heading 1", "Our answer: we are giving you part of the information"),
        ("Heading 2", "Our answer to each question"),
        ("Heading 2", "What you can already get"),
        ("Heading 2", "Why we are withholding information"),
        ("Heading 3", "Section 24(1): national security"),
        ("Heading 3", "Section 31(1)(a): law enforcement"),
        ("Heading 2", "More that may help"),
        ("Heading 2", "When we had to answer"),
        ("Heading 2", "If you disagree with our answer"),
        ("Heading 3", "1. Ask us for an internal review"),
        ("Heading 3", "2. Complain to the Information Commissioner"),
    ]


def test_lists_are_lists() -> None:
    styles = [one.style.name for one in OPENED.paragraphs if one.style is not None]

    assert styles.count("List Bullet") == 1 + 4 + 4 + 2 + 3  # place, tests, review, Commissioner


def test_every_question_stands_in_a_table_whose_header_is_repeated() -> None:
    [table] = OPENED.tables

    assert [cell.text for cell in table.rows[0].cells] == [
        "Question",
        "Do we hold it?",
        "Our answer",
    ]
    marks = [row._tr.trPr.findall(qn("w:tblHeader")) for row in table.rows]  # noqa: SLF001  # python-docx has no name for it
    assert [len(one) for one in marks] == [1, 0, 0]
    asked = "\n".join(row.cells[0].text for row in table.rows[1:])
    assert [line.partition(".")[0] for line in asked.split("\n")] == [str(n) for n in range(1, 12)]


def test_the_language_is_british_english_in_every_style() -> None:
    languages = {lang.get(qn("w:val")) for lang in OPENED.styles.element.iter(qn("w:lang"))}

    assert languages == {"en-GB"}
    assert OPENED.core_properties.language == "en-GB"


def test_links_are_links() -> None:
    links = [link.address for one in OPENED.paragraphs for link in one.hyperlinks]

    assert links == [
        "https://www.blpd.gov.uk/foi/foi.aspx",
        "mailto:foi@midshire.police.example",
        "https://ico.org.uk/foicomplaints",
    ]


def test_the_applicant_is_named_in_the_letter_and_not_in_its_properties() -> None:
    with zipfile.ZipFile(BytesIO(WRITTEN)) as archive:
        naming = [name for name in archive.namelist() if b"Alex Morgan" in archive.read(name)]

    assert naming == ["word/document.xml"]


def test_the_same_letter_gives_the_same_bytes() -> None:
    time.sleep(2.1)  # a ZIP archive counts its dates in steps of two seconds

    assert to_docx(LETTER) == WRITTEN


def test_libreoffice_opens_it_and_finds_every_heading(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice: install libreoffice-writer-nogui")
    (tmp_path / "letter.docx").write_bytes(WRITTEN)

    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "html:HTML (StarWriter)"),
            *("--outdir", str(tmp_path), str(tmp_path / "letter.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )

    html = (tmp_path / "letter.html").read_text(encoding="utf-8")
    assert (html.count("<h1"), html.count("<h2"), html.count("<h3")) == (1, 6, 4)
    assert "<thead" in html
    assert 'lang="en-GB"' in html
