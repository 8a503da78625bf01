"""The frame of a page that stands alone: its head, its style, a policy that fetches nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from workflow.reports.page_style import STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def framed(title: str, notes: Sequence[str], body: str) -> str:
    """Put a title, some notes and a body of HTML into a page. Title and notes are escaped here."""
    head = escape(title)
    told = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="color-scheme" content="light dark"><title>{head}</title>'
        f"<style>{STYLE}</style></head><body><main><header><h1>{head}</h1>{told}</header>"
        f"{body}</main></body></html>\n"
    )
