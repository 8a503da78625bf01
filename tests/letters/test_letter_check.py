"""`foi check-letter` reads DOCX, PDF and text, and its exit status says whether all was found."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.letters.test_docx import LETTER, WRITTEN
from tests.letters.test_reading import FAULTY
from workflow.letters.pdf import NoPdfHere, to_pdf
from workflow.letters.plain import to_plain
from workflow.services.letter_check import LetterUnreadable, check, text_of

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (
    "import sys, typer; from workflow.cli.check_letter import check_letter; "
    "app = typer.Typer(); app.command()(check_letter); app()"
)


def foi_check_letter(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        check=False,
    )


def test_a_docx_that_we_wrote_lacks_nothing() -> None:
    reading = check(WRITTEN, name="letter.docx")

    assert (reading.missing, reading.unpractised) == ((), ())


def test_plain_text_that_we_wrote_lacks_nothing() -> None:
    reading = check(to_plain(LETTER).encode(), name="letter.txt")

    assert (reading.missing, reading.unpractised) == ((), ())


def test_a_pdf_that_we_wrote_lacks_nothing() -> None:
    pytest.importorskip("pypdf", reason="no pypdf: PDF letters are not read")
    try:
        written = to_pdf(LETTER)
    except NoPdfHere as absence:
        pytest.skip(str(absence))

    reading = check(written, name="letter.pdf")

    assert (reading.missing, reading.unpractised) == ((), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_offices_write(encoding: str) -> None:
    assert text_of(FAULTY.encode(encoding), name="letter.txt") == FAULTY


def zip_of(size: int) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * size)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "there is no text in it"),
        (b" \n ", "there is no text in it"),
        (b"\x00\x01\x02\x03", "neither DOCX, PDF nor text"),
        (zip_of(10), "not a DOCX file that can be opened"),
        (b"PK\x03\x04 cut short", "not a DOCX file that can be opened"),
        (zip_of(101_000_000), "it unpacks to over 100 MB"),
        (b"x" * 20_000_001, "over 20 MB"),
    ],
)
def test_a_file_without_a_letter_is_refused_with_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(LetterUnreadable, match=why):
        text_of(content, name="letter")


def test_the_exit_status_is_0_when_all_is_found(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(WRITTEN)

    ended = foi_check_letter(str(tmp_path / "letter.docx"))

    assert ended.returncode == 0, ended.stderr
    assert b"All that the law asks for was found." in ended.stdout


def test_the_exit_status_is_1_when_something_is_missing() -> None:
    ended = foi_check_letter("-", given=FAULTY.encode())

    assert ended.returncode == 1
    assert b"18 of the things that the law asks for could not be found." in ended.stdout
    assert b"s.17(7)(b)" in ended.stdout


def test_good_practice_fails_only_when_asked_to() -> None:
    nameless = to_plain(LETTER).replace("Dear Alex Morgan,", "Dear Sir or Madam,").encode()

    assert foi_check_letter("-", given=nameless).returncode == 0
    assert foi_check_letter("-", "--strict", given=nameless).returncode == 1


def test_a_file_that_cannot_be_read_is_2() -> None:
    ended = foi_check_letter("-", given=b"\x00\x01")

    assert ended.returncode == 2
    assert b"neither DOCX, PDF nor text" in ended.stderr


def test_json_gives_every_finding_with_its_section_and_words() -> None:
    ended = foi_check_letter("-", "--json", given=FAULTY.encode())

    told = json.loads(ended.stdout)
    assert (told["regime"], told["is_refusal"], told["is_complete"], told["missing"]) == (
        "foia",
        True,
        False,
        18,
    )
    assert told["findings"][0] == {
        "section": "s.17(1)(a)",
        "what": "that information is refused",
        "found": True,
        "words": "All other details are exempt under Sections 31 & 43.",
        "cure": None,
        "required_by": "law",
    }


def test_what_a_letter_says_cannot_command_the_terminal() -> None:
    ended = foi_check_letter("-", given=b"We refuse \x1b]0;owned\x07 this under section 31.")

    assert b"\x1b]0" not in ended.stdout
    assert b"\x1b]0" not in foi_check_letter("-", "--json", given=b"We refuse \x1b]0; it").stdout
