"""Word files as other programs make them, from raw XML, so that every oddity can be had."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from itertools import count

from portal.documents.word.reading import Imported, read_docx
from workflows.domain.content.blocks import Block, blocks

OFFICE = "http://schemas.openxmlformats.org"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{OFFICE}/wordprocessingml/2006/main",
        "r": f"{OFFICE}/officeDocument/2006/relationships",
        "mc": f"{OFFICE}/markup-compatibility/2006",
        "m": f"{OFFICE}/officeDocument/2006/math",
        "a": f"{OFFICE}/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# The parts beside the text: their file, their relation.
PARTS = {"styles", "numbering", "footnotes", "endnotes", "comments", "theme"}


def run(text: str, *properties: str) -> str:
    """A run; *properties* such as `<w:b/>`."""
    said = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{said}</w:r>"


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of runs, or of one plain text."""
    content = "".join(each if each.startswith("<") else run(each) for each in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def numbered(text: str, list_id: int, level: int = 0) -> str:
    """A paragraph with a number that Word computes."""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=numbers)


def styled(text: str, style_id: str) -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style_id}"/>')


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or paragraph()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(at: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def numbering(abstract: Mapping[int, str], lists: Mapping[int, tuple[int, str]]) -> str:
    """The part numbering.xml: levels by abstract list, (abstract, overrides) by list."""
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
        for key, levels in abstract.items()
    )
    used = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
        for key, (of, overrides) in lists.items()
    )
    return f"<w:numbering {SPACES}>{definitions}{used}</w:numbering>"


def styles(*each: str, defaults: str = "") -> str:
    return f"<w:styles {SPACES}><w:docDefaults>{defaults}</w:docDefaults>{''.join(each)}</w:styles>"


def style(
    style_id: str,
    name: str = "",
    *,
    kind: str = "paragraph",
    based_on: str = "",
    run_properties: str = "",
    paragraph_properties: str = "",
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}">'
        f'<w:name w:val="{name or style_id}"/>{base}'
        f"<w:pPr>{paragraph_properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


def docx(
    body: str | Iterable[str], *, more: Mapping[str, str | bytes] | None = None, **parts: str
) -> bytes:
    """The file; *parts* are styles, numbering …; *more* are further entries of the zip."""
    text = body if isinstance(body, str) else "".join(body)
    document = f"<w:document {SPACES}><w:body>{text}<w:sectPr/></w:body></w:document>"
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{OFFICE}/officeDocument/2006/relationships/{name}"'
        f' Target="{name}.xml"/>'
        for name in parts
    )
    return zipped(
        {
            "[Content_Types].xml": content_types(MAIN_TYPE),
            "_rels/.rels": package_relations(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
            ),
            **{f"word/{name}.xml": content for name, content in parts.items()},
            **(more or {}),
        }
    )


def content_types(main: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def package_relations(target: str = "word/document.xml") -> str:
    kind = f"{OFFICE}/officeDocument/2006/relationships/officeDocument"
    return (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(data: bytes) -> Imported:
    """Read it, with ids in order."""
    numbers = count(1)
    return read_docx(data, lambda: f"{next(numbers):010d}")


def found(data: bytes) -> list[Block]:
    return list(blocks(read(data).doc))


def outline(data: bytes) -> list[tuple[str, str]]:
    """(label, text) of every clause, and (kind, text) of every other block with text."""
    return [
        (block.label or "" if block.kind == "clause" else block.kind, block.text)
        for block in found(data)
        if block.text
    ]


def doubts(data: bytes) -> list[tuple[str, str]]:
    """(sentence, the text of the block at which it is told)."""
    reading = read(data)
    texts = {block.id: block.text for block in blocks(reading.doc)}
    return [(each.sentence, texts.get(each.block_id or "", "")) for each in reading.doubts]


# What makes a file a whole plan around its body.
HEAD = (
    paragraph("KẾ HOẠCH", properties='<w:jc w:val="center"/>'),
    paragraph("Tuyên truyền năm 2027", properties='<w:jc w:val="center"/>'),
    paragraph("Căn cứ Luật Báo chí ngày 05/4/2016;"),
    paragraph("Ủy ban nhân dân Thành phố ban hành Kế hoạch như sau:"),
)
TAIL = (
    paragraph("Trên đây là Kế hoạch tuyên truyền năm 2027./."),
    paragraph("Nơi nhận:"),
    paragraph("- Các Sở, ban, ngành;"),
    paragraph("- Lưu: VT, KGVX."),
)


def plan(*body: str, more: Mapping[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A whole plan with this body."""
    return docx("".join((*HEAD, *body, *TAIL)), more=more, **parts)


def clauses(data: bytes) -> list[tuple[str, str]]:
    """(label, text) of the clauses alone."""
    return [(block.label, block.text) for block in found(data) if block.kind == "clause"]
