"""A letter as HTML: what it means in elements, and one style sheet for screen and paper."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from workflow.letters.document import Heading, Items, Paragraph, Table, is_long, lines_of

if TYPE_CHECKING:
    from workflow.letters.document import Block, Document, Span, Spans

STYLE = """
@page {
  size: A4; margin: 22mm 22mm 24mm;
  @bottom-left { content: string(reference); font: 8.5pt sans-serif; color: #505a5f; }
  @bottom-right {
    content: "Page " counter(page) " of " counter(pages); font: 8.5pt sans-serif; color: #505a5f;
  }
}
html { font: 11pt/1.5 Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif;
  color: #0b0c0c; }
body { margin: 0; }
p, ul, ol, table, dl { margin: 0 0 9pt; }
p { orphans: 3; widows: 3; }
h1 { font-size: 19pt; line-height: 1.2; margin: 22pt 0 14pt; }
h2 { font-size: 14pt; line-height: 1.25; margin: 20pt 0 7pt; break-after: avoid; }
h3 { font-size: 11.5pt; line-height: 1.3; margin: 15pt 0 5pt; break-after: avoid; }
a { color: #1d4f91; overflow-wrap: anywhere; }
ul, ol { padding-left: 15pt; }
li { margin-bottom: 3pt; }
.sender { text-align: right; margin-bottom: 16pt; }
.sender strong { font-size: 12.5pt; }
.recipient { margin-bottom: 16pt; }
dl { display: grid; grid-template-columns: 34mm 1fr; row-gap: 2pt;
  border-top: 1pt solid #b1b4b6; border-bottom: 1pt solid #b1b4b6; padding: 7pt 0; }
dt { font-weight: bold; }
dd { margin: 0; }
.reference { string-set: reference content(); }
table { width: 100%; border-collapse: collapse; font-size: 10pt; line-height: 1.4; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tr.long { break-inside: auto; }
td p { margin: 0 0 4pt; }
td p:last-child { margin: 0; }
th, td { text-align: left; vertical-align: top; padding: 5pt 8pt 5pt 0;
  border-bottom: .6pt solid #b1b4b6; }
th { border-bottom: 1.2pt solid #0b0c0c; }
.three td:first-child { width: 46%; }
.three td:nth-child(2) { width: 14%; }
.whole { white-space: nowrap; }
.lead { break-after: avoid; margin-bottom: 4pt; }
blockquote { margin: 0 0 9pt; padding-left: 10pt; border-left: 3pt solid #b1b4b6; }
@media screen { body { max-width: 42em; margin: 2em auto; padding: 0 1em; } }
"""
THREE = 3
CITATION = re.compile(r"\b(?:section|regulation) \d{1,2}A?(?:\(\w{1,4}\))+", re.IGNORECASE)


def to_html(document: Document) -> str:
    """Write a letter as one HTML page that fetches nothing."""
    head = document.letterhead
    sender, *sender_lines = head.sender
    particulars = "".join(
        f"<dt>{_text(name)}</dt><dd{_is_reference(value, document)}>{_text(value)}</dd>"
        for name, value in head.particulars
    )
    body = "\n".join(
        _block(block, document.blocks[place + 1 : place + 2])
        for place, block in enumerate(document.blocks)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(document.title)}</title>\n"
        f'<meta name="author" content="{escape(document.author)}">\n'
        f'<meta name="dcterms.created" content="{document.dated.isoformat()}">\n'
        f'<meta name="dcterms.modified" content="{document.dated.isoformat()}">\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<p class="sender"><strong>{_text(sender)}</strong>{_lines(sender_lines)}</p>\n'
        f'<p class="recipient">{_lines(head.recipient).removeprefix("<br>")}</p>\n'
        f"<dl>{particulars}</dl>\n<h1>{_text(document.title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _is_reference(value: str, document: Document) -> str:
    return ' class="reference"' if value == document.reference else ""


def _lines(lines: list[str] | tuple[str, ...]) -> str:
    return "".join(f"<br>{_text(line)}" for line in lines)


def _block(block: Block, following: tuple[Block, ...]) -> str:
    match block:
        case Heading(level, spans):
            return f"<h{level}>{_spans(spans)}</h{level}>"
        case Paragraph(spans, True):
            return f"<blockquote><p>{_spans(spans)}</p></blockquote>"
        case Paragraph(spans):
            leads = bool(following) and isinstance(following[0], Items | Table)
            opening = '<p class="lead">' if leads else "<p>"
            return f"{opening}{_spans(spans)}</p>"
        case Items(items, is_numbered):
            name = "ol" if is_numbered else "ul"
            return f"<{name}>{''.join(f'<li>{_spans(one)}</li>' for one in items)}</{name}>"
        case Table(header, rows):
            return _table(header, rows)


def _table(header: tuple[Spans, ...], rows: tuple[tuple[Spans, ...], ...]) -> str:
    names = "".join(f'<th scope="col">{_spans(cell)}</th>' for cell in header)
    body = "".join(map(_row, rows))
    wide = ' class="three"' if len(header) == THREE else ""
    return f"<table{wide}>\n<thead><tr>{names}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _row(row: tuple[Spans, ...]) -> str:
    opening = '<tr class="long">' if is_long(row) else "<tr>"
    return f"{opening}{''.join(map(_cell, row))}</tr>\n"


def _cell(spans: Spans) -> str:
    return f"<td>{''.join(f'<p>{_spans(line)}</p>' for line in lines_of(spans))}</td>"


def _spans(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    words = _text(span.text)
    if span.href:
        words = f'<a href="{escape(span.href)}">{words}</a>'
    return f"<strong>{words}</strong>" if span.is_strong else words


def _text(words: str) -> str:
    """Make words literal. A citation is kept on one line: "31(1)" and "(a)" apart mislead."""
    literal = escape(words).replace("\n", "<br>")
    return CITATION.sub(r'<span class="whole">\g<0></span>', literal)
