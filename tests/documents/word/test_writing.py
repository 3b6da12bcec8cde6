"""The Word file is a plan in the layout of Decree 30/2020, and one that Word itself opens."""

import io
import zipfile
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm

from portal.documents.typesetting import RenderingFailed
from portal.documents.word import names
from portal.documents.word.writing import write_doc, write_plan, write_redline
from tests.documents.plans import (
    AT,
    HA_NOI,
    SO,
    annex,
    cell,
    clause,
    document,
    full_document,
    plan,
    real_document,
    table,
)
from tests.documents.word.parts import W, lines, part, reading, written
from workflows.domain.content.canonical import sound

Node = dict[str, Any]

# The order in which ECMA-376 (part 1, annex A) lets these stand; Word refuses a file with another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind"
    " contextualSpacing jc textAlignment outlineLvl rPr sectPr pPrChange",
    "rPr": "ins del rStyle rFonts b bCs i iCs caps vanish color spacing sz szCs u lang rPrChange",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader ins del",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "tr": "trPr tc",
}


def files() -> list[bytes]:
    old, new = sound(full_document()), sound(real_document())
    redline = write_redline(HA_NOI, old, new, author="Nguyễn Thử", at=AT)
    return [write_doc(SO, old), write_doc(HA_NOI, new), redline]


@pytest.mark.parametrize("data", files(), ids=["full", "real", "tracked"])
def test_every_element_stands_where_word_wants_it(data: bytes) -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        for parent in part(data, name).iter(*(W + tag for tag in ORDER)):
            order = ORDER[parent.tag.removeprefix(W)].split()
            places = [order.index(child.tag.removeprefix(W)) for child in parent]
            assert all(one <= other for one, other in pairwise(places)), parent.tag


@pytest.mark.parametrize("data", files(), ids=["full", "real", "tracked"])
def test_nothing_runs_and_nothing_is_fetched(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            content = archive.read(name)
            assert not name.endswith((".bin", ".png", ".jpeg"))
            assert b"TargetMode" not in content
            assert b"macro" not in content.lower()


def test_a_cell_ends_with_a_paragraph_and_rows_fill_the_grid() -> None:
    gaps = table((cell("a", across=2), cell("b")), (cell("c"),))
    merged = table((cell("d", down=2), cell("e")), (cell("f"),))
    body = part(written(gaps, merged))[0]
    for each in body.iter(f"{W}tbl"):
        columns = len(each.findall(f"{W}tblGrid/{W}gridCol"))
        for row in each.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if s is None else int(s.get(f"{W}val")) for s in spans) == columns
            assert all(cell[-1].tag == f"{W}p" for cell in row.iter(f"{W}tc"))


def test_no_two_tables_touch_and_the_last_is_followed_by_a_paragraph() -> None:
    body = part(written(table((cell("a"),)), table((cell("b"),))))[0]
    tags = [node.tag.removeprefix(W) for node in body]
    assert ("tbl", "tbl") not in set(pairwise(tags))
    assert tags[-2:] == ["p", "sectPr"]


def test_the_same_version_gives_the_same_bytes() -> None:
    canonical = plan(full_document(), SO)
    assert write_plan(canonical) == write_plan(canonical)


def test_the_page_is_that_of_the_decree() -> None:
    for section in Document(io.BytesIO(written(clause("para", "x")))).sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        sides = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert [round(side / Mm(1)) for side in sides] == [20, 20, 30, 15]
        assert section.different_first_page_header_footer


def test_the_letterhead_title_and_closing_are_there() -> None:
    found = [text for _, text in lines(write_doc(SO, sound(document(clause("para", "x")))))]
    assert found[:2] == ["KẾ HOẠCH", "Chuyển đổi số năm 2027"]
    head = reading(write_doc(SO, full_document()))[0]
    words = [
        ["".join(run[0] for run in line[1]) for line in cell[1]] for row in head for cell in row
    ]
    assert words == [
        ["UBND THÀNH PHỐ HÀ NỘI", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số: ……/KH-STTTT"],
        ["Hà Nội, ngày …… tháng …… năm ………"],
    ]


def test_recipients_end_as_the_decree_says() -> None:
    grid = reading(written(clause("para", "x")))[-1]
    left = ["".join(run[0] for run in line[1]) for line in grid[0][0][1]]
    assert left == [
        "Nơi nhận:",
        "- Thường trực Thành ủy;",
        "- Các Sở, ban, ngành;",
        "- Lưu: VT, KGVX.",
    ]


def test_each_annex_starts_a_page_and_counts_its_own() -> None:
    annexes = (annex("Một", clause("para", "x")), annex("Hai", clause("para", "y")))
    data = written(clause("para", "x"), annexes=annexes)
    sections = list(part(data)[0].iter(f"{W}sectPr"))
    kinds = [node.find(f"{W}type") for node in sections]
    assert [None if kind is None else kind.get(f"{W}val") for kind in kinds] == [
        None,
        "nextPage",
        "nextPage",
    ]
    assert {node.find(f"{W}pgNumType").get(f"{W}start") for node in sections} == {"1"}
    assert [words for style, words in lines(data) if style == names.ANNEX] == [
        "Phụ lục I",
        "Phụ lục II",
    ]


def test_the_head_of_a_table_is_repeated_and_small_rows_stay_whole() -> None:
    data = written(table((cell("TT", head=True),), (cell("1"),)))
    rows = list(list(part(data)[0].iter(f"{W}tbl"))[1].iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_every_blank_and_sign_is_kept() -> None:
    odd = "  hai  blanks \u00a0 😀 <w:p> & \"x\" 'y' "
    data = written(clause("para", odd))
    assert ("TK Đoạn", odd) in lines(data)
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert {node.get(space) for node in part(data).iter(f"{W}t")} == {"preserve"}


def test_what_xml_cannot_hold_is_replaced_and_not_fatal() -> None:
    assert ("TK Đoạn", "a\ufffdb\ufffdc") in lines(written(clause("para", "a\x01b\uffffc")))


def test_a_table_too_wide_for_the_page_is_refused() -> None:
    with pytest.raises(RenderingFailed, match="41"):
        written(table([cell("x") for _ in range(41)]))
