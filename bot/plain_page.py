"""A page of the desk's own for a browser: words and at most a button, light or dark as one likes.

Nothing but the page itself may be loaded, no script runs, and no style but the one below counts.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape

from starlette.responses import HTMLResponse

_STYLE = (
    ":root{color-scheme:light dark;background:#fff;color:#111}"
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1rem;"
    "overflow-wrap:anywhere}"
    "h1{line-height:1.2}a{color:#0b45a6}button{font:inherit;padding:.5rem 1rem}"
    "pre{font:inherit;white-space:pre-wrap}"
    "@media(prefers-color-scheme:dark){:root{background:#121212;color:#eee}a{color:#9ecbff}}"
)
_ONLY_STYLE = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_ONLY_STYLE}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    f'<meta name="color-scheme" content="light dark"><style>{_STYLE}</style>'
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
