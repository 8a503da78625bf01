"""A page of the desk's own for a browser: words and at most a button, light or dark as one likes.

No style and no script, so that nothing but the page itself may be loaded or run.
"""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

HEADERS = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
}
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
)


def plain_page(body: str, status: int = 200, *, title: str = "FOI Desk") -> HTMLResponse:
    """Make the page of a body, in which everything that came from outside is escaped already."""
    head = f"{_HEAD}<title>{escape(title)}</title>"
    page = f'<!doctype html><html lang="en"><head>{head}</head>'
    return HTMLResponse(f"{page}<body><main>{body}</main></body></html>", status, HEADERS)


def told(headline: str, *words: str) -> str:
    """Give a headline and paragraphs, escaped."""
    return f"<h1>{escape(headline)}</h1>" + "".join(f"<p>{escape(one)}</p>" for one in words)


def link(address: str, words: str) -> str:
    """Give a paragraph that is a link, escaped."""
    return f'<p><a href="{escape(address)}">{escape(words)}</a></p>'
