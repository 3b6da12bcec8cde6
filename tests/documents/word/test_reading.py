"""Word files of other hands come in as plans; what was doubtful is told at its place."""

import pytest

from portal.documents.word.reader.tears import DASHED
from portal.documents.word.reading import read_docx
from tests.documents.word.foreign import (
    HEAD,
    TAIL,
    cell,
    clauses,
    docx,
    doubts,
    found,
    level,
    numbered,
    numbering,
    outline,
    paragraph,
    plan,
    read,
    row,
    run,
    style,
    styled,
    styles,
    table,
)
from workflows.domain.content.blocks import blocks
from workflows.domain.content.checks import faults_of_text
from workflows.domain.content.rejoining import rejoined
from workflows.domain.content.schema import parse

CENTRED = '<w:jc w:val="center"/>'


def sentences(data: bytes) -> str:
    return "\n".join(f"{sentence} @ {text}" for sentence, text in doubts(data))


def test_a_typed_unstyled_file_is_a_plan_without_any_doubt() -> None:
    data = plan(
        paragraph(run("I. MỤC ĐÍCH", "<w:b/>")),
        paragraph(run("1. Mục đích chung", "<w:b/>")),
        paragraph("- Gạch đầu dòng một."),
        paragraph("1.1 Khoản một"),
        paragraph("a) Điểm a;"),
        paragraph("+ Cộng"),
        paragraph("Một đoạn văn có ", run("chữ đậm", "<w:b/>"), " và ", run("nghiêng", "<w:i/>")),
    )
    assert outline(data) == [
        ("title", "Tuyên truyền năm 2027"),
        ("basis", "Căn cứ Luật Báo chí ngày 05/4/2016;"),
        ("opening", "Ủy ban nhân dân Thành phố ban hành Kế hoạch như sau:"),
        ("I.", "MỤC ĐÍCH"),
        ("1.", "Mục đích chung"),
        ("-", "Gạch đầu dòng một."),
        ("1.1", "Khoản một"),
        ("a)", "Điểm a;"),
        ("+", "Cộng"),
        ("", "Một đoạn văn có chữ đậm và nghiêng"),
        ("closing", "Trên đây là Kế hoạch tuyên truyền năm 2027./."),
        ("recipient", "Các Sở, ban, ngành"),
        ("filing", "VT, KGVX"),
    ]
    assert doubts(data) == []
    last = [block for block in found(data) if block.kind == "clause"][-1]
    faces = [(each.text, each.strong, each.em) for each in last.runs]
    assert faces[1] == ("chữ đậm", True, False)
    assert faces[3] == ("nghiêng", False, True)
    # The heading's bold is its style and not a mark.
    assert not any(each.strong for block in found(data)[:6] for each in block.runs)


def test_the_letterhead_and_the_signature_are_recognised_left_out_and_told() -> None:
    letterhead = table(
        row(
            cell(paragraph("ỦY BAN NHÂN DÂN"), paragraph("Số:    /KH-UBND")),
            cell(
                paragraph("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                paragraph("Độc lập – Tự do – Hạnh phúc"),
            ),
        )
    )
    ending = table(
        row(
            cell(paragraph("Nơi nhận:"), paragraph("Như trên"), paragraph("- Lưu: VT.")),
            cell(paragraph("TM. ỦY BAN NHÂN DÂN"), paragraph("CHỦ TỊCH"), paragraph("Lê Thử")),
        )
    )
    data = docx((letterhead, *HEAD, paragraph("I. MỤC ĐÍCH"), TAIL[0], ending))
    texts = [text for _, text in outline(data)]
    assert "ỦY BAN NHÂN DÂN" not in texts
    assert ("recipient", "Như trên") in outline(data)
    assert ("filing", "VT") in outline(data)
    told = read(data).doubts
    assert next(each.excerpt for each in told if "Phần đầu trang" in each.sentence).startswith(
        "ỦY BAN NHÂN DÂN / Số:"
    )
    [signing] = [each for each in told if "Khối chữ ký" in each.sentence]
    assert signing.excerpt == "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Lê Thử"
    assert signing.block_id in {b.id for b in blocks(read(data).doc) if b.kind == "signature"}


LINE_BREAK = "<w:r><w:br/></w:r>"


def broken(*lines: str) -> str:
    """A paragraph of lines parted by Shift+Enter."""
    return paragraph(LINE_BREAK.join(run(line) if line else "" for line in lines))


@pytest.mark.parametrize("is_below", [False, True])
def test_recipients_as_lines_of_one_paragraph_are_told_once_and_at_their_place(
    is_below: bool,
) -> None:
    lines = ("- Như trên;", "- Thường trực Thành ủy;", "- Lưu: VT.")
    whole = ("Nơi nhận:", *lines)
    said = [paragraph(whole[0]), broken(*lines)] if is_below else [broken(*whole)]
    signing = broken("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Vũ Thu Ký")
    data = docx((*HEAD, paragraph("I. MỘT"), TAIL[0], table(row(cell(*said), cell(signing)))))
    texts = {each.id: each.text for each in blocks(read(data).doc)}
    told = {each.sentence[:12]: each for each in read(data).doubts}
    split, signature = told["Đoạn có xuốn"], told["Khối chữ ký "]
    assert split.excerpt == " / ".join(lines if is_below else whole)
    assert texts[split.block_id or ""] == "Như trên"
    assert signature.excerpt == "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Vũ Thu Ký"
    assert len(read(data).doubts) == 2


def test_lines_in_a_cell_of_a_table_of_the_text_stay_and_are_not_told_as_split() -> None:
    lines = broken("- Một;", "- Hai.")
    data = plan(paragraph("I. MỘT"), table(row(cell(lines), cell(paragraph("b")))))
    assert doubts(data) == []


def test_tracked_insertions_are_taken_and_deletions_are_not_and_both_are_told() -> None:
    changed = (
        "<w:p><w:pPr/>"
        + run("- Giữ lại ")
        + f'<w:ins w:id="1" w:author="a">{run("chữ thêm")}</w:ins>'
        + '<w:del w:id="2" w:author="a"><w:r><w:delText>chữ xoá</w:delText></w:r></w:del>'
        + "</w:p>"
    )
    deleted_mark = (
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>'
        + run("- Đoạn này chạy ")
        + "</w:p>"
    )
    gone = (
        '<w:p><w:pPr><w:rPr><w:del w:id="4" w:author="a"/></w:rPr></w:pPr>'
        '<w:del w:id="5" w:author="a"><w:r><w:delText>1. mất</w:delText></w:r></w:del></w:p>'
    )
    data = plan(
        paragraph("I. MỤC ĐÍCH"),
        changed,
        deleted_mark,
        paragraph("sang đoạn sau."),
        gone,
        paragraph("- Cuối."),
    )
    assert [text for _, text in clauses(data)] == [
        "MỤC ĐÍCH",
        "Giữ lại chữ thêm",
        "Đoạn này chạy sang đoạn sau.",
        "Cuối.",
    ]
    told = sentences(data)
    assert "được coi là đã chấp nhận. @ Giữ lại chữ thêm" in told
    assert "không được đưa vào. @ Giữ lại chữ thêm" in told
    assert "không được đưa vào. @ Cuối." in told


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('trong ô điều khiển')}</w:sdtContent></w:sdt>",
         "trong ô điều khiển"),
        (f'<w:hyperlink w:anchor="x">{run("liên kết")}</w:hyperlink>', "liên kết"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a-b"),
        ("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>", "ab"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a b"),
        (run("COVID\u201119"), "COVID-19"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText>'
            '</w:r><w:r><w:t>mã</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("kết quả")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "kết quả",
        ),
        (f'<w:fldSimple w:instr="REF x">{run("mục 2")}</w:fldSimple>', "mục 2"),
        (f"<w:smartTag>{run('thẻ')}</w:smartTag>", "thẻ"),
        (f"<w:bdo>{run('thuận')}</w:bdo>", "thuận"),
        (run("thường", "<w:caps/>"), "THƯỜNG"),
        (run("to\u0301m ta\u0306\u0301t"), "tóm tắt"),
    ],
)  # fmt: skip
def test_text_is_found_wherever_word_puts_it(inside: str, text: str) -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph(run("- "), inside))
    assert clauses(data)[-1] == ("-", text)


@pytest.mark.parametrize(
    ("inside", "sentence", "kept"),
    [
        (run("ẩn", "<w:vanish/>"), "Chữ ẩn", ""),
        (run("gạch", "<w:strike/>"), "gạch ngang", "gạch"),
        (run("2", '<w:vertAlign w:val="superscript"/>'), "chỉ số trên", "2"),
        ('<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>', "Hình ảnh", ""),
        ("<w:r><w:object><v:OLEObject/></w:object></w:r>", "Đối tượng nhúng", ""),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
            f"{paragraph('trong khung')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
            f"<w:pict><w:txbxContent>{paragraph('trong khung')}</w:txbxContent></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
            "Khung chữ",
            "",
        ),
        ("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>", "Công thức", ""),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "Ký hiệu", ""),
        (run("thừa \ue000 đây"), "U+E000", "thừa  đây"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "điểm kết thúc", ""),
    ],
)
def test_what_a_plan_cannot_hold_is_told_at_its_place(
    inside: str, sentence: str, kept: str
) -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph(run("- Chữ "), inside))
    assert clauses(data)[-1] == ("-", f"Chữ {kept}".strip())
    [(told, place)] = doubts(data)
    assert sentence in told
    assert place.startswith("Chữ")


def test_footnotes_and_comments_are_told_with_their_words() -> None:
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {spaces}><w:footnote w:id="2">{paragraph("lời chú")}'
        "</w:footnote></w:footnotes>"
    )
    remarks = (
        f'<w:comments {spaces}><w:comment w:id="7" w:author="An">{paragraph("xem lại")}'
        "</w:comment></w:comments>"
    )
    data = plan(
        paragraph("I. MỤC ĐÍCH"),
        paragraph(
            run("- Chữ"),
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            '<w:r><w:commentReference w:id="7"/></w:r>',
        ),
        footnotes=notes,
        comments=remarks,
    )
    told = {each.excerpt for each in read(data).doubts}
    assert told == {"lời chú", "An: xem lại"}


def test_a_table_keeps_its_spans_and_its_heading() -> None:
    data = plan(
        paragraph("I. MỤC ĐÍCH"),
        table(
            row(
                cell(paragraph(run("STT", "<w:b/>"))),
                cell(paragraph(run("Nội dung", "<w:b/>")), properties='<w:gridSpan w:val="2"/>'),
                properties="<w:tblHeader/>",
            ),
            row(
                cell(paragraph("1"), properties='<w:vMerge w:val="restart"/>'),
                cell(paragraph("- Việc"), paragraph("thường")),
                cell(paragraph("Sở")),
            ),
            row(cell(properties="<w:vMerge/>"), cell(paragraph("x")), cell(paragraph("y"))),
            row(cell(paragraph("thiếu"))),
        ),
    )
    [node] = [each for each in read(data).doc["content"] if each["type"] == "table"]
    shape = [
        [
            (each["type"], each["attrs"]["colspan"], each["attrs"]["rowspan"])
            for each in line["content"]
        ]
        for line in node["content"]
    ]
    assert shape == [
        [("table_header", 1, 1), ("table_header", 2, 1)],
        [("table_cell", 1, 2), ("table_cell", 1, 1), ("table_cell", 1, 1)],
        [("table_cell", 1, 1), ("table_cell", 1, 1)],
        [("table_cell", 1, 1), ("table_cell", 2, 1)],
    ]
    cells = [block for block in found(data) if block.kind == "cell"]
    assert [(each.level, each.text) for each in cells[3:5]] == [
        ("dash", "Việc"),
        ("para", "thường"),
    ]
    assert not any(each.strong for block in cells for each in block.runs)
    assert "ô trống đã được thêm" in sentences(data)


def test_a_nested_table_is_laid_out_flat_and_told() -> None:
    inner = table(row(cell(paragraph("một")), cell(paragraph("hai"))))
    data = plan(
        paragraph("I. MỤC ĐÍCH"),
        table(row(cell(paragraph("đầu"), inner, paragraph("cuối")), cell(paragraph("bên")))),
    )
    cells = [block for block in found(data) if block.kind == "cell"]
    assert [each.text for each in cells] == ["đầu", "một", "hai", "cuối", "bên"]
    assert "Bảng lồng" in sentences(data)


def test_a_row_that_only_merged_cells_reach_into_is_no_row() -> None:
    merged = [cell(paragraph(t), properties='<w:vMerge w:val="restart"/>') for t in "ab"]
    below = [cell(properties="<w:vMerge/>") for _ in "ab"]
    data = plan(paragraph("I. MỤC ĐÍCH"), table(row(*merged), row(*below), row(*below)))
    [node] = [each for each in read(data).doc["content"] if each["type"] == "table"]
    assert len(node["content"]) == 1
    assert faults_of_text(read(data).doc) == []


def test_faces_come_from_styles_and_their_toggles() -> None:
    sheet = styles(
        style("Base", run_properties="<w:b/>"),
        style("Derived", based_on="Base", run_properties="<w:i/>"),
        style("Strong", kind="character", run_properties="<w:b/>"),
    )
    mixed = (
        '<w:p><w:pPr><w:pStyle w:val="Derived"/></w:pPr>'
        + run("- theo kiểu ")
        + run("hai lần đậm là thường ", '<w:rStyle w:val="Strong"/>')
        + run("nói thẳng", '<w:b w:val="0"/>', '<w:i w:val="false"/>')
        + "</w:p>"
    )
    data = plan(paragraph("I. MỤC ĐÍCH"), mixed, styles=sheet)
    last = [block for block in found(data) if block.kind == "clause"][-1]
    assert [(each.strong, each.em) for each in last.runs] == [
        (True, True),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("typed", "label", "text"),
    [
        ("-Dính liền", "-", "Dính liền"),
        ("1/ Gạch chéo", "1.", "Gạch chéo"),
        ("a. Chấm", "a)", "Chấm"),
        ("a)Dính", "a)", "Dính"),
        ("1.1. Chấm sau", "1.1", "Chấm sau"),
        ("● Tròn", "-", "Tròn"),
        ("II/ Phần", "I.", "Phần"),
    ],
)
def test_other_ways_to_number_are_understood_and_told(typed: str, label: str, text: str) -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph("1. Một"), paragraph(typed))
    got = clauses(data)[-1]
    assert got[1] == text
    # The computed number may differ, and is told; the level is what was meant.
    assert got[0].strip("0123456789IVX") == label.strip("0123456789IVX")
    if typed not in ("1.1. Chấm sau", "-Dính liền"):
        assert "viết khác thể thức" in sentences(data)


@pytest.mark.parametrize(
    "typed",
    ["V-League và bóng đá", "1.500 người", "1.5 triệu người", "A. Chữ cái hoa", "x) một"],
)
def test_what_only_looks_like_a_number_stays_text(typed: str) -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph(typed))
    if typed.startswith("x)"):
        assert clauses(data)[-1][1] == "một"
    else:
        assert clauses(data)[-1] == ("", typed)


@pytest.mark.parametrize(
    "typed", ["Điều 1. Phạm vi", "Chương II", "Phần thứ nhất", "1.2.3 Sâu quá"]
)
def test_another_system_of_numbers_is_kept_as_text_and_told(typed: str) -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph(typed))
    assert clauses(data)[-1] == ("", typed)
    assert "đoạn văn" in sentences(data)


def test_lines_within_a_paragraph_become_paragraphs_when_they_are_lines_of_their_own() -> None:
    joined = paragraph("<w:r><w:t>- Một;</w:t><w:br/><w:t>- Hai.</w:t></w:r>")
    data = plan(paragraph("I. MỤC ĐÍCH"), joined)
    assert clauses(data)[1:] == [("-", "Một;"), ("-", "Hai.")]
    assert "Shift+Enter" in sentences(data)


def test_a_paragraph_that_begins_in_lower_case_is_kept_apart_and_told() -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph("- Câu bị"), paragraph("ngắt giữa chừng."))
    assert clauses(data)[-1] == ("", "ngắt giữa chừng.")
    assert "chữ thường; có lẽ nối tiếp đoạn trên. @ ngắt giữa chừng." in sentences(data)
    [told] = read(data).doubts
    assert told.can_join


TORN = "- Thông tin về hoạt động chỉ đạo, điều hành của Thành ủy"
REST = "- HĐND - UBND Thành phố về các sự kiện trong năm."


@pytest.mark.parametrize("above", [TORN, TORN.removeprefix("- ")], ids=["bullet", "paragraph"])
def test_a_sentence_torn_before_a_dash_is_told_and_may_be_joined(above: str) -> None:
    data = plan(paragraph("I. MỤC ĐÍCH"), paragraph(above), paragraph(REST))
    assert clauses(data)[-1] == ("-", REST.removeprefix("- "))
    reading = read(data)
    [told] = reading.doubts
    assert (told.sentence, told.excerpt, told.can_join) == (DASHED, REST, True)
    whole = rejoined(reading.doc, [told.block_id])
    texts = [block.text for block in blocks(whole)]
    assert f"{above.removeprefix('- ')} {REST}" in texts


@pytest.mark.parametrize(
    "lines",
    [
        (f"{TORN}.", REST),
        (f"{TORN};", REST),
        (f"{TORN} (Thành phố)", REST),
        ("- Thành ủy", REST),
        (f"1. {TORN}", REST),
        (TORN, f"{TORN} và các cơ quan", TORN),
    ],
    ids=["stop", "semicolon", "bracket", "short", "heading", "habit"],
)
def test_bullets_as_people_write_them_are_no_torn_sentences(lines: tuple[str, ...]) -> None:
    assert doubts(plan(paragraph("I. MỤC ĐÍCH"), *map(paragraph, lines))) == []


def test_a_bold_line_above_bullets_is_a_heading_and_no_torn_sentence() -> None:
    heading = paragraph(run(TORN.removeprefix("- "), "<w:b/>"))
    assert doubts(plan(paragraph("I. MỤC ĐÍCH"), heading, paragraph(REST))) == []


def test_plain_readings_are_not_doubted() -> None:
    """Lists after a colon, the bullets of Word, figures, headings with a number or of the title."""
    sheet = styles(style("H1", "heading 1", paragraph_properties='<w:outlineLvl w:val="0"/>'))
    bullets = numbering({0: level(0, "bullet", "\uf0b7")}, {1: (0, "")})
    signs = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
    data = docx(
        "".join(
            (
                styled("KẾ HOẠCH", "H1"),
                styled("Tuyên truyền năm 2027", "H1"),
                *HEAD[2:],
                styled("I. MỤC ĐÍCH", "H1"),
                paragraph("- Gồm:"),
                paragraph("các Sở;"),
                paragraph("các phường."),
                paragraph("1.5 triệu người dân."),
                paragraph(run("+Sát")),
                paragraph(signs, run(" Ký hiệu")),
                numbered("Word", 1),
                *TAIL,
            )
        ),
        styles=sheet,
        numbering=bullets,
    )
    assert doubts(data) == []
    assert [label for label, _ in clauses(data)] == ["I.", "-", "", "", "", "+", "-", "-"]


def test_a_doubt_in_a_table_is_told_in_its_cell() -> None:
    data = plan(
        paragraph("I. MỤC ĐÍCH"),
        table(row(cell(paragraph("một")), cell(paragraph(run("hai", "<w:strike/>"), " Uy ban")))),
    )
    assert [place for _, place in doubts(data)] == ["hai Uy ban"] * 2


def test_a_line_broken_within_a_sentence_is_told() -> None:
    cut = paragraph("<w:r><w:t>- Câu bị</w:t><w:br/><w:t>ngắt dòng</w:t></w:r>")
    assert "xuống dòng giữa câu" in sentences(plan(paragraph("I. MỤC ĐÍCH"), cut))


def test_an_annex_after_the_recipients_is_an_annex() -> None:
    data = docx(
        (
            *HEAD,
            paragraph("I. MỤC ĐÍCH"),
            *TAIL,
            paragraph("Phụ lục I", properties=CENTRED),
            paragraph("DANH MỤC VIỆC", properties=CENTRED),
            paragraph("(Kèm theo Kế hoạch số …)", properties=CENTRED),
            paragraph("1. Việc một"),
            table(row(cell(paragraph("a")), cell(paragraph("b")))),
        )
    )
    [annex] = [node for node in read(data).doc["content"] if node["type"] == "annex"]
    assert [node["type"] for node in annex["content"]] == ["annex_title", "clause", "table"]
    assert ("annex", "DANH MỤC VIỆC") in outline(data)


def test_a_table_of_contents_is_left_out_and_told() -> None:
    contents = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("I. MỤC ĐÍCH 1")
        + "</w:p>"
        + paragraph("II. NỘI DUNG 2")
        + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    data = docx((*HEAD, contents, paragraph("I. MỤC ĐÍCH"), *TAIL))
    assert clauses(data) == [("I.", "MỤC ĐÍCH")]
    assert "Mục lục" in sentences(data)


def test_a_heading_without_a_number_is_told() -> None:
    sheet = styles(style("H1", "heading 1", paragraph_properties='<w:outlineLvl w:val="0"/>'))
    data = plan(paragraph("I. MỤC ĐÍCH"), styled("NỘI DUNG", "H1"), styles=sheet)
    assert clauses(data)[-1] == ("", "NỘI DUNG")
    assert "kiểu tiêu đề nhưng không có số" in sentences(data)


def test_a_wrong_number_is_told_with_the_right_one() -> None:
    data = plan(paragraph("I. MỘT"), paragraph("III. HAI"))
    [told] = read(data).doubts
    assert "“III.”" in told.sentence
    assert told.suggestion == "II."


def test_blanks_and_empty_paragraphs_are_no_blocks_and_bars_are_no_tables() -> None:
    data = plan(
        paragraph("I. MỤC ĐÍCH"), paragraph(), paragraph("   "), paragraph("| không | bảng")
    )
    assert clauses(data) == [("I.", "MỤC ĐÍCH"), ("", "| không | bảng")]


def test_signs_of_our_own_notation_are_only_signs() -> None:
    text = r"Dấu *sao* \n và \\ gạch"
    data = docx((*HEAD, paragraph("I. MỤC ĐÍCH"), paragraph(text), TAIL[0], TAIL[1],
                 paragraph(r"- Sở *A* | B \n;"), TAIL[3]))  # fmt: skip
    assert clauses(data)[-1] == ("", text)
    assert ("recipient", r"Sở *A* | B \n") in outline(data)


def test_what_comes_out_is_always_a_document_that_can_be_saved() -> None:
    data = docx(paragraph("Chỉ một dòng"))
    doc = read(data).doc
    parse(doc)
    assert faults_of_text(doc) == []
    assert any("Không thấy dòng “KẾ HOẠCH”" in sentence for sentence, _ in doubts(data))


def test_progress_rises_to_the_end() -> None:
    heard: list[int] = []
    data = plan(*(paragraph(f"- Dòng {at}.") for at in range(300)))
    numbers = iter(range(10_000))
    read_docx(data, lambda: f"{next(numbers):010d}", on_progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 100
    assert len(heard) > 50
