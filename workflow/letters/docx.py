"""A letter as DOCX, which officers edit in Word: real headings, lists and tables, in en-GB.

The same letter gives the same bytes: its dates are that of the letter, those in the archive fixed.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document as NewDocx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from workflow.letters.document import Heading, Items, Paragraph, Table, is_long, lines_of

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as DocxTable
    from docx.table import _Cell as DocxCell
    from docx.text.paragraph import Paragraph as DocxParagraph

    from workflow.letters.document import Block, Document, Span, Spans

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can name
FONT = "Arial"
BLACK, GREY, BLUE = RGBColor(11, 12, 12), RGBColor(80, 90, 95), RGBColor(29, 79, 145)

# style, points, space before and after
HEADINGS = (("Title", 19, 18, 12), ("Heading 1", 19, 18, 12), ("Heading 2", 14, 18, 6))
HEADINGS_AND_SMALL = (*HEADINGS, ("Heading 3", 11.5, 12, 4))
THREE_COLUMNS = (Mm(74), Mm(24), Mm(68))


def to_docx(document: Document) -> bytes:
    """Write a letter as DOCX."""
    docx = NewDocx()
    _set_styles(docx, document.language)
    _set_properties(docx, document)
    _set_page(docx, document)
    _write_letterhead(docx, document)
    docx.add_paragraph(document.title, style="Heading 1")
    for place, block in enumerate(document.blocks):
        _write(docx, block, document.blocks[place + 1 : place + 2])
    made = BytesIO()
    docx.save(made)
    return _with_fixed_dates(made.getvalue())


def _set_styles(docx: Docx, language: str) -> None:
    normal = docx.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(11), BLACK
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.2
    for name, points, before, after in HEADINGS_AND_SMALL:
        style: ParagraphStyle = docx.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), BLACK
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        style.paragraph_format.keep_with_next = True
        _use_font(style.element)
    for name in ("List Bullet", "List Number"):
        docx.styles[name].paragraph_format.space_after = Pt(3)
    _set_language(docx, language)


def _use_font(style: BaseOxmlElement) -> None:
    """Drop the theme's font from a style, which would win over the one that is named."""
    for fonts in style.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            if "heme" in str(name):
                del fonts.attrib[name]
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(name), FONT)


def _set_language(docx: Docx, language: str) -> None:
    """Name the language in the defaults and in every style that names another."""
    styles = docx.styles.element
    _use_font(styles.find(qn("w:docDefaults")))
    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
        lang.set(qn("w:eastAsia"), language)


def _set_properties(docx: Docx, document: Document) -> None:
    properties = docx.core_properties
    written = datetime.combine(document.dated, time(), tzinfo=UTC)
    properties.title, properties.author = document.title, document.author
    properties.subject = document.reference
    properties.language = document.language
    properties.last_modified_by = document.author
    properties.comments, properties.keywords = "", ""
    properties.created = properties.modified = written


def _set_page(docx: Docx, document: Document) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{document.reference}    Page ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")
    for run in footer.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), GREY


def _add_field(paragraph: DocxParagraph, name: str) -> None:
    """Add a field that Word fills in: the page's number, or how many there are."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001  # python-docx has no fields of its own
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)  # noqa: SLF001  # python-docx has no fields of its own


def _write_letterhead(docx: Docx, document: Document) -> None:
    head = document.letterhead
    sender = docx.add_paragraph()
    sender.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for place, line in enumerate(head.sender):
        run = sender.add_run(line)
        run.bold = place == 0
        if place < len(head.sender) - 1:
            run.add_break()
    _add_lines(docx.add_paragraph(), "\n".join(head.recipient))
    for name, value in head.particulars:
        paragraph = docx.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)


def _add_lines(paragraph: DocxParagraph, text: str) -> None:
    paragraph.add_run(text)  # python-docx makes a break of each new line


def _write(docx: Docx, block: Block, following: tuple[Block, ...]) -> None:
    match block:
        case Heading(level, spans):
            _fill(docx.add_paragraph(style=f"Heading {level}"), spans)
        case Paragraph(spans, is_quoted):
            paragraph = docx.add_paragraph(style="Quote" if is_quoted else None)
            _fill(paragraph, spans)
            if following and isinstance(following[0], Items | Table):
                paragraph.paragraph_format.keep_with_next = True
        case Items(items, is_numbered):
            _write_items(docx, items, is_numbered=is_numbered)
        case Table(header, rows):
            _write_table(docx, header, rows)


def _write_items(docx: Docx, items: tuple[Spans, ...], *, is_numbered: bool) -> None:
    style = "List Number" if is_numbered else "List Bullet"
    for spans in items:
        _fill(docx.add_paragraph(style=style), spans)
    docx.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _write_table(
    docx: Docx, header: tuple[Spans, ...], rows: tuple[tuple[Spans, ...], ...]
) -> None:
    table = docx.add_table(rows=0, cols=len(header), style="Table Grid")
    _draw_lines_between_rows_only(table)
    for row in (header, *rows):
        cells = table.add_row().cells
        for cell, spans in zip(cells, row, strict=True):
            _write_cell(cell, spans)
    for run in (run for cell in table.rows[0].cells for run in cell.paragraphs[0].runs):
        run.bold = True
    _keep_rows_whole(table, (header, *rows))
    if len(header) == len(THREE_COLUMNS):
        table.autofit = False
        for column, width in zip(table.columns, THREE_COLUMNS, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
    docx.add_paragraph().paragraph_format.space_after = Pt(0)


def _draw_lines_between_rows_only(table: DocxTable) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        is_drawn = side in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if is_drawn else "nil")
        line.set(qn("w:sz"), "6")
        line.set(qn("w:color"), "B1B4B6")
        borders.append(line)
    properties = table._tbl.tblPr  # noqa: SLF001  # python-docx has no name for borders
    # The schema fixes the order: borders stand before the layout and the look.
    before = [properties.find(qn(f"w:{name}")) for name in ("tblLayout", "tblCellMar", "tblLook")]
    first = next((one for one in before if one is not None), None)
    properties.append(borders) if first is None else first.addprevious(borders)


def _write_cell(cell: DocxCell, spans: Spans) -> None:
    for place, line in enumerate(lines_of(spans)):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.paragraph_format.line_spacing = 1.1
        _fill(paragraph, line)
        for run in paragraph.runs:
            run.font.size = Pt(10)


def _keep_rows_whole(table: DocxTable, rows: tuple[tuple[Spans, ...], ...]) -> None:
    """Repeat the header on each page, mark it as one for screen readers, break no short row."""
    for place, (row, spans) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no name for these
        if not is_long(spans):
            properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _fill(paragraph: DocxParagraph, spans: Spans) -> None:
    for span in spans:
        if span.href:
            _add_link(paragraph, span)
        else:
            paragraph.add_run(span.text).bold = span.is_strong or None


def _add_link(paragraph: DocxParagraph, span: Span) -> None:
    """Add a link. python-docx can read one, and has no method that writes one."""
    link = OxmlElement("w:hyperlink")
    identity = paragraph.part.relate_to(span.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), identity)
    run = paragraph.add_run(span.text)
    run.font.color.rgb, run.font.underline, run.bold = BLUE, True, span.is_strong or None
    link.append(run._r)  # noqa: SLF001  # the run moves into the link
    paragraph._p.append(link)  # noqa: SLF001  # and the link into the paragraph


def _with_fixed_dates(archive: bytes) -> bytes:
    """Write the archive again with one date for all: when it was made is not part of a letter."""
    fixed = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as given, zipfile.ZipFile(fixed, "w") as taken:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            taken.writestr(entry, given.read(name))
    return fixed.getvalue()
