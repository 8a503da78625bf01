"""A letter as PDF that a screen reader can read (PDF/UA). It needs the extra `[pdf]`.

The same letter gives the same bytes: its date is that of the letter, its identifier its content's.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from workflow.letters.html import to_html

if TYPE_CHECKING:
    from workflow.letters.document import Document

ACCESSIBLE = "pdf/ua-1"


class NoPdfHere(RuntimeError):
    """What makes PDFs is not installed."""

    def __init__(self, why: str) -> None:
        """Keep what was missing."""
        self.why = why
        super().__init__(
            "PDF letters need WeasyPrint, and Pango from the system. Install the extra: "
            f"pip install 'foi-desk[pdf]', or send the DOCX. ({why})"
        )


def to_pdf(document: Document) -> bytes:
    """Write a letter as tagged PDF. Raises NoPdfHere when the extra is not installed."""
    html = to_html(document)
    weasyprint = _weasyprint()
    page = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
    made: bytes = page.write_pdf(
        pdf_variant=ACCESSIBLE, pdf_identifier=hashlib.sha256(html.encode()).digest()[:16]
    )
    return made


def _weasyprint() -> Any:  # noqa: ANN401  # it publishes no types
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as error:  # OSError: Pango is not there
        raise NoPdfHere(str(error).splitlines()[0]) from error


def _fetch_nothing(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"a letter fetches nothing: {url}")
