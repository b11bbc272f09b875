"""A briefing as a Word document, for those who paste it into board papers."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text import paragraph as word

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from web.briefing.page import briefing
from web.briefing.parts import Block, Briefing, Paragraph, Run, Table, Text

# A zip holds a time for each file; this is the earliest that it can hold.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def docx(atlas: Atlas, codes: tuple[str, ...], base: str) -> bytes:
    """The briefing as a document; the same data always gives the same bytes."""
    return written(atlas, briefing(atlas, codes), "briefing", "briefing", base)


def written(atlas: Atlas, found: Briefing, kind: str, folder: str, base: str) -> bytes:
    """A document of that kind, whose page is in that folder of the site."""
    doc = Document()
    _set_up(doc, f"{found.name}: {kind}", found.description, atlas.package["version"])
    doc.add_heading(found.name, level=0)
    doc.add_paragraph(f"STP Atlas {kind} · {found.kicker}")
    for sentence in found.portraits:
        _write(doc.add_paragraph(), sentence)
    for section in found.sections:
        doc.add_heading(section.title, level=1)
        for block in section.blocks:
            _block(doc, block)
    doc.add_heading("Sources", level=1)
    if found.uncited:
        doc.add_paragraph(f"“and n more”: {found.uncited}")
    for one in found.differing:
        doc.add_paragraph(f"{one.text} {base}{one.address}")
    for note in found.notes:
        address = f"{base}{note.address}" if note.address.startswith("/") else note.address
        line = f"[{note.number}] {note.text}, {address or 'no address found'}"
        doc.add_paragraph(line).paragraph_format.space_after = Pt(2)
    doc.add_heading(f"About this {kind}", level=1)
    doc.add_paragraph(f"{found.data} Its page: {base}/{folder}/{found.slug}")
    doc.add_paragraph(
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        f"{wording.WHAT_THIS_IS}"
    )
    return _timeless(doc)


def _set_up(doc: Doc, title: str, description: str, version: str) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    doc.styles["Normal"].font.name = "Arial"
    doc.styles["Normal"].font.size = Pt(10)
    doc.styles["Normal"].paragraph_format.space_after = Pt(4)
    about = doc.core_properties
    about.title, about.subject = title, "Sustainability and Transformation Plans"
    about.author, about.last_modified_by = "STP Atlas", "STP Atlas"
    about.comments, about.language, about.version = description[:250], "en-GB", version
    # The template's own dates say nothing of this document.
    for name in ("dcterms:created", "dcterms:modified"):
        for element in about._element.findall(qn(name)):
            about._element.remove(element)


def _block(doc: Doc, block: Block) -> None:
    if isinstance(block, Paragraph):
        _write(doc.add_paragraph(), block.text)
    elif isinstance(block, Table):
        _table(doc, block)
    else:
        if block.title:
            _write(doc.add_heading(level=2), (Run(block.title, block.notes),))
        for item in block.items:
            _write(doc.add_paragraph(style="List Bullet"), item)


def _table(doc: Doc, block: Table) -> None:
    doc.add_heading(block.caption, level=2)
    table = doc.add_table(rows=1, cols=len(block.head), style="Light Grid Accent 1")
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    for column, name in enumerate(block.head):
        table.rows[0].cells[column].text = name
    for line, row in enumerate(block.rows):
        cells = table.add_row().cells
        for column, written in enumerate(row):
            paragraph = cells[column].paragraphs[0]
            _write(paragraph, written, marked=line in block.marked)
            if column in block.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    doc.add_paragraph()


def _write(paragraph: word.Paragraph, written: Text, *, marked: bool = False) -> None:
    for run in written:
        said = paragraph.add_run(run.text)
        said.bold = True if marked or run.style == "bold" else None
        said.italic = True if run.style == "small" else None
        if run.notes:
            cited = paragraph.add_run(f"[{','.join(map(str, run.notes))}]")
            cited.font.superscript = True
        if run.more:
            paragraph.add_run(f" and {run.more} more")


def _timeless(doc: Doc) -> bytes:
    """The document without the times at which its parts were packed."""
    packed, out = io.BytesIO(), io.BytesIO()
    doc.save(packed)
    with zipfile.ZipFile(packed) as given, zipfile.ZipFile(out, "w") as kept:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, given.read(name))
    return out.getvalue()
