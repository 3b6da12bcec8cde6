"""Whatever is sent instead of a Word file is refused with a sentence, before it can do harm."""

import io
import random
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.documents.word.isolation import MEMORY, read_isolated
from portal.documents.word.reader.package import MAX_ENTRIES
from portal.documents.word.reader.refusals import BY_NAME, MAX_BYTES, refuse_by_name
from portal.documents.word.reading import WordRefused
from portal.documents.word.writing import write_doc
from tests.documents.plans import HA_NOI, full_document
from tests.documents.word.foreign import (
    HEAD,
    MAIN_TYPE,
    SPACES,
    TAIL,
    cell,
    content_types,
    docx,
    numbered,
    package_relations,
    paragraph,
    plan,
    read,
    row,
    run,
    table,
    zipped,
)
from workflows.domain.content.canonical import sound
from workflows.domain.content.checks import MAX_BLOCKS, faults_of_text
from workflows.domain.content.schema import parse

GOOD = plan(paragraph("I. MỤC ĐÍCH"), paragraph(run("- Một ", "<w:b/>"), run("hai")))
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def reason(data: bytes) -> str:
    with pytest.raises(WordRefused) as refused:
        read(data)
    return str(refused.value)


@pytest.mark.parametrize("ending", BY_NAME)
def test_every_known_wrong_ending_has_a_sentence_of_its_own(ending: str) -> None:
    with pytest.raises(WordRefused) as refused:
        refuse_by_name(f"Kế hoạch{ending.upper()}")
    assert ending.lstrip(".") in str(refused.value).lower()


def test_the_name_of_a_word_file_ends_in_docx() -> None:
    refuse_by_name("Kế hoạch.DOCX")
    for name in ("", "docx", "a.exe", "a.docx.exe"):
        with pytest.raises(WordRefused, match=r"\.docx"):
            refuse_by_name(name)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "rỗng"),
        (OLE + b"\0" * 600, "Word cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"{\\rtf1 xin}", ".rtf"),
        (b"%PDF-1.7\n", "PDF"),
        ("Kế hoạch".encode(), "không phải văn bản Word"),
        (b"PK\x03\x04 nothing more", "hỏng"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
        (zipped({"a.txt": "x"}), "tệp nén"),
        (b"x" * (MAX_BYTES + 1), "20 MB"),
        (GOOD[: len(GOOD) // 2], "hỏng"),
        (GOOD[:-30], "hỏng"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_other_files_are_refused_by_what_they_are(data: bytes, sentence: str) -> None:
    assert sentence in reason(data)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "Excel"),
        (
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            "PowerPoint",
        ),
        ("text/xml", "không phải văn bản Word"),
    ],
)
def test_other_office_files_are_refused_by_what_they_are(kind: str, sentence: str) -> None:
    data = docx(paragraph("x"), more={"[Content_Types].xml": content_types(kind)})
    assert sentence in reason(data)


def test_macros_and_embedded_objects_stay_outside_and_are_told() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = plan(
        paragraph("I. MỘT"),
        more={
            "[Content_Types].xml": content_types(kind),
            "word/vbaProject.bin": b"macro",
            "word/embeddings/sheet.xlsx": b"x",
            "word/media/image1.png": b"x",
        },
    )
    notes = " ".join(read(data).notes)
    for word in ("macro", "nhúng", "Hình ảnh"):
        assert word in notes


def test_what_lies_elsewhere_is_never_fetched_and_is_told() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/attachedTemplate" TargetMode="External" '
        'Target="http://127.0.0.1:9/evil.dotm"/></Relationships>'
    )
    data = plan(paragraph("I. MỘT"), more={"word/_rels/document.xml.rels": relations})
    assert "không được tải" in " ".join(read(data).notes)


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!doctype x>",
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE w [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_dtd_is_refused_in_every_part(prologue: str, part: str) -> None:
    parts = {
        "word/document.xml": f"<w:document {SPACES}><w:body/></w:document>",
        "[Content_Types].xml": content_types(MAIN_TYPE),
        "_rels/.rels": package_relations(),
    }
    assert "thực thể" in reason(zipped({**parts, part: prologue + parts[part]}))


@pytest.mark.parametrize("coding", ["utf-16", "utf-7"])
def test_a_dtd_cannot_hide_in_another_encoding(coding: str) -> None:
    text = f'<?xml version="1.0" encoding="{coding}"?><!DOCTYPE x><w:document {SPACES}/>'
    body = text.encode(coding) if coding == "utf-16" else text.encode()
    reason(docx(paragraph("x"), more={"word/document.xml": body}))


@pytest.mark.parametrize(
    "names",
    [
        ["../../etc/cron.d/x"],
        ["/word/x.xml"],
        ["word\\x.xml"],
        ["C:/x"],
        ["word/../x"],
        ["WORD/document.XML"],
    ],
)
def test_names_that_lead_elsewhere_or_come_twice_are_refused(names: list[str]) -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, b"x")
    assert "tên không hợp lệ" in reason(out.getvalue())


def test_a_file_of_too_many_parts_is_not_opened() -> None:
    data = docx(paragraph("x"), more={f"word/media/{at}": b"" for at in range(MAX_ENTRIES)})
    assert "quá nhiều phần" in reason(data)


def test_an_encrypted_entry_is_refused() -> None:
    # Bit 0 of the flags, in the directory's record of the first entry (APPNOTE 4.4.4).
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "mật khẩu" in reason(bytes(data))


def test_a_bomb_is_refused_while_it_is_unpacked() -> None:
    huge = f"<w:document {SPACES}><w:body>{' ' * 80_000_000}</w:body></w:document>"
    data = docx(paragraph("x"), more={"word/document.xml": huge})
    assert len(data) < 200_000
    began = time.monotonic()
    assert "bung ra" in reason(data)
    assert time.monotonic() - began < 5


def test_a_bomb_that_lies_about_its_size_is_no_better() -> None:
    huge = f"<w:document {SPACES}><w:body>{' ' * 80_000_000}</w:body></w:document>"
    data = bytearray(docx(paragraph("x"), more={"word/document.xml": huge}))
    at = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, at + 24, 1_000)
    assert reason(bytes(data))


def test_deep_nesting_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 300 + paragraph("x") + "</w:sdtContent></w:sdt>" * 300
    assert "quá sâu" in reason(docx(deep))


def test_nesting_as_deep_as_xml_may_is_read() -> None:
    deep = "<w:smartTag>" * 200 + run("sâu") + "</w:smartTag>" * 200
    data = plan(paragraph("I. MỘT"), paragraph(deep))
    assert read(data)
    tables = paragraph("đáy")
    for _ in range(70):
        tables = f"<w:tbl><w:tr><w:tc>{tables}</w:tc></w:tr></w:tbl>"
    assert read(plan(paragraph("I. MỘT"), tables))


def test_a_text_beyond_what_a_plan_holds_is_refused_with_advice() -> None:
    many = "".join(paragraph(f"- Việc {at}.") for at in range(MAX_BLOCKS + 1))
    assert "tách các phụ lục" in reason(plan(many))
    assert "ký tự" in reason(plan(*(paragraph("- " + "chữ " * 4_000) for _ in range(40))))
    assert reason(plan("<w:p/>" * (10 * MAX_BLOCKS + 1)))
    # Empty cells are blocks too.
    row = f"<w:tr>{'<w:tc/>' * 40}</w:tr>"
    assert reason(plan(paragraph("I. MỘT"), f"<w:tbl>{row * 200}</w:tbl>"))


@pytest.mark.parametrize(
    "wide",
    [
        row(cell(paragraph("Chỉ tiêu năm")), properties='<w:gridBefore w:val="999999999"/>'),
        row(cell(paragraph("Chỉ tiêu năm"), properties='<w:gridSpan w:val="41"/>')),
        row(*(cell(paragraph("Chỉ tiêu năm" if not at else "x")) for at in range(41))),
    ],
    ids=["gap", "span", "cells"],
)
def test_a_table_beyond_any_page_is_refused_by_its_first_words(wide: str) -> None:
    data = plan(paragraph("I. MỘT"), table(wide, row(cell(paragraph("hai")), cell())))
    said = reason(data)
    assert "Bảng “Chỉ tiêu năm" in said
    assert "rộng hơn 40 cột" in said


def test_a_wide_table_in_a_file_made_here_is_refused_too() -> None:
    source = zipfile.ZipFile(io.BytesIO(write_doc(dict(HA_NOI), sound(full_document()))))
    parts = {name: source.read(name) for name in source.namelist()}
    wide = table(row(cell(paragraph("Rộng"), properties='<w:gridSpan w:val="99"/>'))).encode()
    body = parts["word/document.xml"]
    at = body.index(b"</w:tbl>") + len(b"</w:tbl>")
    parts["word/document.xml"] = body[:at] + wide + body[at:]
    assert "Bảng “Rộng”" in reason(zipped(parts))


@pytest.mark.parametrize("between", ["", "\u200b", "</w:t></w:r><w:r><w:t>"])
def test_a_letter_under_a_heap_of_marks_is_refused_by_its_paragraph(between: str) -> None:
    heap = between.join(["\u0301\u0323" * 20] * 200)
    said = reason(plan(f"<w:p><w:r><w:t>- Mục tiêu a{heap} của năm</w:t></w:r></w:p>"))
    assert "Đoạn “- Mục tiêu ạ của năm” có chữ mang quá nhiều dấu" in said
    assert "gõ lại" in said


def test_a_single_paragraph_beyond_all_measure_is_refused() -> None:
    assert "tối đa" in reason(plan(paragraph("I. MỘT"), paragraph("- " + "dài " * 6_000)))


@pytest.mark.parametrize("body", ["", "<w:p/>", "<w:tbl/>", paragraph("  ")])
def test_a_file_without_text_is_refused(body: str) -> None:
    assert "không có chữ nào" in reason(docx(body))


def long_text(pages: int) -> bytes:
    """So many pages of some 450 words with automatic numbers, in runs as Word cuts them."""
    words = "Chủ động phối hợp với các cơ quan báo chí theo Nghị quyết số 27/NQ-HĐND"
    chance = random.Random(7)  # noqa: S311  # The same text every time.
    body = []
    for at in range(pages * 7):
        text = " ".join(chance.choice(words.split(" ")) for _ in range(52))
        pieces = [run(text[i : i + 40], "<w:lang w:val='vi-VN'/>") for i in range(0, len(text), 40)]
        body.append(paragraph("- ", *pieces) if at % 7 else numbered(f"Mục {at}", 1))
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    numbers = (
        f"<w:numbering {SPACES}><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    return docx("".join((*HEAD, *body, *TAIL)), numbering=numbers)


def test_three_hundred_pages_are_read_in_bounded_time_and_memory() -> None:
    began = time.monotonic()
    heard: list[int] = []
    found = read_isolated(long_text(300), on_progress=heard.append)
    assert time.monotonic() - began < 30
    assert MEMORY <= 1024**3
    assert heard[-1] == 100
    assert len(found.doc["content"]) > 2_000


def test_the_process_that_reads_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.documents.word.isolation.SECONDS", 0.05)
    with pytest.raises(WordRefused, match="quá lâu"):
        read_isolated(long_text(50), on_progress=lambda _percent: None)


def test_a_refusal_crosses_the_process_with_its_sentence() -> None:
    with pytest.raises(WordRefused, match="tệp nén"):
        read_isolated(zipped({"a.txt": "x"}), on_progress=lambda _percent: None)


CHANCE = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CHANCE
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_crashes(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged[: data.draw(st.integers(0, len(damaged)))] or damaged))


TAGS = (
    *("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "br"),
    *("tab", "pPr", "rPr", "numPr", "numId", "ilvl", "pStyle", "b", "i", "vMerge", "gridSpan"),
    *(
        "tcPr",
        "trPr",
        "gridBefore",
        "fldChar",
        "instrText",
        "drawing",
        "txbxContent",
        "bookmarkStart",
    ),
    *("smartTag", "moveFrom", "moveTo", "tblHeader", "caps", "vanish", "jc", "footnoteReference"),
)
VALUES = (
    "",
    "0",
    "1",
    "2",
    "restart",
    "begin",
    "separate",
    "end",
    "A",
    "TK Trích yếu",
    "-1",
    "9" * 12,
)
TEXTS = st.sampled_from(
    ("", " ", "KẾ HOẠCH", "I. MỘT", "1. Hai", "- Ba", "a) bốn", "| x |", "Nơi nhận:", "Phụ lục I",
     "- Lưu: VT.", "hết./.", "Căn cứ Luật;", "\u2060", "漢", "*", "\\n", "TOC")
)  # fmt: skip


def element(tag: str, value: str, inside: list[str]) -> str:
    said = f'w:val="{value}" w:fldCharType="{value}" w:name="_tk_{value}" w:id="{value}"'
    return f"<w:{tag} {said}>{''.join(inside)}</w:{tag}>"


TREES = st.recursive(
    TEXTS.map(lambda text: f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    | TEXTS.map(lambda text: f"<w:r><w:t>{text}</w:t></w:r>"),
    lambda inner: st.builds(
        element, st.sampled_from(TAGS), st.sampled_from(VALUES), st.lists(inner, max_size=4)
    ),
    max_leaves=40,
)
STYLES = (
    f"<w:styles {SPACES}><w:style w:type='paragraph' w:styleId='A'><w:name w:val='TK Trích yếu'/>"
    "<w:basedOn w:val='A'/></w:style></w:styles>"
)
NUMBERS = (
    f"<w:numbering {SPACES}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:lvlText "
    "w:val='%1.%2.%9'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/>"
    "</w:num><w:num w:numId='2'/></w:numbering>"
)


@CHANCE
@given(st.lists(TREES, max_size=8))
def test_any_tree_of_words_elements_is_read_or_refused(trees: list[str]) -> None:
    read_or_refuse(docx("".join(trees), styles=STYLES, numbering=NUMBERS))


def read_or_refuse(data: bytes) -> None:
    """What is read can be saved; what is refused has a sentence."""
    try:
        found = read(data)
    except WordRefused as refused:
        sentence = str(refused)
    else:
        sentence = ""
        parse(found.doc)
        assert faults_of_text(found.doc) == []
        ids = {each.block_id for each in found.doubts if each.block_id}
        assert ids <= set(_ids(found.doc))
    assert not sentence or (len(sentence) > 10 and "%(" not in sentence)


def _ids(node: dict) -> list[str]:  # type: ignore[type-arg]
    own = [node["attrs"]["id"]] if node.get("attrs", {}).get("id") else []
    return own + [each for child in node.get("content", ()) for each in _ids(child)]


def test_the_checksum_of_a_part_is_checked() -> None:
    data = bytearray(GOOD)
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 16, zlib.crc32(b"other"))
    assert "hỏng" in reason(bytes(data))
