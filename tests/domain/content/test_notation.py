"""The plain form is an exact round trip, and reads what people really type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import clause, documents, ids, node, plan, texts, without_ids
from workflows.domain.content.blocks import blocks
from workflows.domain.content.canonical import sound
from workflows.domain.content.identity import keep_ids
from workflows.domain.content.notation import PlanParts, read, write
from workflows.domain.content.numbering import LEVELS
from workflows.domain.content.schema import parse
from workflows.domain.errors import UnfitText


def _never() -> str:
    raise AssertionError("a block was taken for a new one")


@settings(max_examples=60, deadline=None)
@given(documents())
def test_what_is_written_is_read_back_exactly(doc):
    reading = read(write(doc))
    assert without_ids(reading.doc) == without_ids(doc)
    assert keep_ids(doc, reading.doc, _never) == doc


TRICKY = (
    *("1. a", "1.", "1.1 a", "I. a", "I.", "a) b", "đ) b", "- a", "-", "+ a", "* a", "• a", "– a"),
    *("| a", "|", "=== a", "===", "{h}", "{c2} a", "---", ":--", "--", "#", "Lưu: a", "a;", "a."),
    *(" a", "a ", " ", "", "\\", "a\\", "\\n", "\\p", "**", "a * b", "*a*", "a\u00a0", "\u00a0a"),
)


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_that_looks_like_a_sign_stays_a_text(text):
    new_id = ids()
    cells = [node("table_cell", clause(new_id(), each)) for each in (text, text)]
    mixed = [node("table_header", clause(new_id(), text)), node("table_cell", clause(new_id(), ""))]
    table = node("table", node("table_row", *cells), node("table_row", *cells), id=new_id())
    ruled = node("table", node("table_row", *mixed), node("table_row", *mixed), id=new_id())
    recipient = node(
        "recipient", *([text] if text else []), id=new_id(), purpose=text.strip() or None
    )
    doc = plan(
        *(clause(new_id(), text, level) for level in LEVELS),
        *(table, ruled, clause(new_id(), text)),
        title=node("title", *([text] if text else []), id=new_id()),
        recipients=node("recipients", recipient, filing=text),
        annexes=(node("annex", node("annex_title", *([text] if text else [])), id=new_id()),),
    )
    doc = _renamed(doc, ids())
    assert keep_ids(doc, read(write(doc)).doc, _never) == doc


def _renamed(doc, new_id):
    """*doc* as it is stored, each block with an id of its own."""
    if isinstance(doc, list):
        return [_renamed(each, new_id) for each in doc]
    attrs = doc.get("attrs", {})
    named = {**doc, "attrs": {**attrs, "id": new_id()}} if "id" in attrs else dict(doc)
    if "content" in doc:
        named["content"] = _renamed(doc["content"], new_id)
    return sound(named) if doc["type"] == "doc" else named


_FACES = ((), ("strong",), ("em",), ("strong", "em"))


@pytest.mark.parametrize("first", _FACES)
@pytest.mark.parametrize("second", _FACES)
@pytest.mark.parametrize(
    ("left", "right"), [("a", "b"), ("a ", " b"), (" ", " "), ("*", "*"), ("1", ".")]
)
def test_faces_change_anywhere(first, second, left, right):
    content = [
        {"type": "text", "text": text, "marks": [{"type": face} for face in faces]}
        for text, faces in ((left, first), (right, second), (left, first))
    ]
    doc = sound(plan(node("clause", *content, id="clause0001", level="para")))
    assert without_ids(read(write(doc)).doc) == without_ids(doc)


_anything = st.one_of(
    texts(30), st.text(max_size=60), st.lists(texts(6), max_size=8).map("\n".join)
)


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(PlanParts.__dataclass_fields__, _anything)))
def test_whatever_is_typed_becomes_a_document_or_a_clear_refusal(fields):
    try:
        doc = read(PlanParts(**fields)).doc
    except UnfitText as refusal:
        doc = None if refusal.faults else fields
    assert doc is None or parse(doc).to_json() == doc == sound(doc)


BODY = """
I. MỤC ĐÍCH

1. Phạm vi
1.1 Mức **đậm** và *nghiêng*
a) Điểm một
b) Điểm hai
- Gạch đầu dòng
+ Dấu cộng
Đoạn thường

| STT | Việc |
|-----|------|
| 1   | Họp báo \\| đưa tin |
"""


def test_the_levels_of_a_body_are_read():
    reading = read(PlanParts(body=BODY))
    found = [(block.level, block.label, block.text) for block in blocks(reading.doc)]
    assert found[1:-2] == [
        ("part", "I.", "MỤC ĐÍCH"),
        ("sec", "1.", "Phạm vi"),
        ("sub", "1.1", "Mức đậm và nghiêng"),
        ("pt", "a)", "Điểm một"),
        ("pt", "b)", "Điểm hai"),
        ("dash", "-", "Gạch đầu dòng"),
        ("plus", "+", "Dấu cộng"),
        ("para", "", "Đoạn thường"),
        ("para", "", "STT"),
        ("para", "", "Việc"),
        ("para", "", "1"),
        ("para", "", "Họp báo | đưa tin"),
    ]
    assert reading.doubts == ()


@pytest.mark.parametrize(
    ("body", "typed", "label"),
    [
        ("II. Phần", "II.", "I."),
        ("I. A\n1. B\n3. C", "3.", "2."),
        ("1. A\n1.1 B\n1.3. C", "1.3.", "1.2"),
        ("a) A\nc) B", "c)", "b)"),
        ("1. A\nb) B", "b)", "a)"),
    ],
)
def test_a_typed_number_that_differs_from_the_computed_one_is_a_doubt(body, typed, label):
    [doubt] = read(PlanParts(body=body)).doubts
    assert typed in doubt.sentence
    assert doubt.suggestion == label
    assert doubt.part == "body"
    assert doubt.line == len(body.splitlines())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Một * dấu sao*", "không có dấu đóng"),
        ("**đậm mãi", "không có dấu đóng"),
        ("1. A\n1.1 B\n1.1.1 C", "không có cấp số này"),
        ("| a | b |\n| c |", "thiếu ô"),
    ],
)
def test_what_is_odd_in_a_body_is_a_doubt(body, words):
    [doubt] = read(PlanParts(body=body)).doubts
    assert words in doubt.sentence


def test_an_asterisk_between_spaces_is_no_emphasis():
    reading = read(PlanParts(body="2 * 3 * 4"))
    assert [block.text for block in blocks(reading.doc)][1] == "2 * 3 * 4"
    assert reading.doubts == ()


def test_recipients_carry_purpose_and_code():
    parts = PlanParts(
        recipients="- Sở Tài chính;\nBộ TTTT | để báo cáo | G14", filing="- Lưu: VT, A."
    )
    content = read(parts).doc["content"]
    recipients = next(node for node in content if node["type"] == "recipients")
    assert recipients["attrs"] == {"filing": "VT, A"}
    assert [child["attrs"]["purpose"] for child in recipients["content"]] == [None, "để báo cáo"]
    assert [child["attrs"]["target"] for child in recipients["content"]] == [None, "G14"]
    assert [child["content"][0]["text"] for child in recipients["content"]] == [
        "Sở Tài chính",
        "Bộ TTTT",
    ]


def test_a_code_that_is_none_is_told_and_left_out():
    [doubt] = read(PlanParts(recipients="Bộ | để biết | mã có dấu")).doubts
    assert doubt.part == "recipients"


def test_annexes_have_their_own_numbers():
    annexes = "=== PHỤ LỤC: Danh mục ===\nI. A\n1. B\n=== PHỤ LỤC II: Biểu ===\nI. C\n"
    reading = read(PlanParts(body="I. Thân", annexes=annexes))
    assert reading.doubts == ()
    found = [(block.label, block.text) for block in blocks(reading.doc)]
    assert found[-5:] == [
        ("Phụ lục I", "Danh mục"),
        ("I.", "A"),
        ("1.", "B"),
        ("Phụ lục II", "Biểu"),
        ("I.", "C"),
    ]


def test_an_annex_without_its_line_is_told():
    [doubt] = read(PlanParts(annexes="Nội dung")).doubts
    assert doubt.part == "annexes"


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "x" * 2_000_001},
        {"body": "a\n" * 20_001},
        {"body": "|" * 1_000},
        {"title": "\ud800"},
    ],
)
def test_input_beyond_measure_is_refused(fields):
    with pytest.raises(UnfitText) as refusal:
        read(PlanParts(**fields))
    assert refusal.value.faults


@pytest.mark.parametrize(
    "unit", ["*", "\\", " ", "* ", "**a", "| ", "1.", "-", "=", "I", "(để ", "\\p|", "{h", "a) "]
)
def test_no_line_of_600_kilobytes_is_too_much_for_the_reader(unit):
    line = unit * (600_000 // len(unit))
    # A pattern that is not linear would not come to the end of these within a day.
    for part in ("title", "body", "recipients", "filing", "annexes"):
        try:
            read(PlanParts(**{part: line}))
        except UnfitText:
            continue


def test_a_plan_by_hand_reads_as_people_would_write_it():
    parts = write(sound(plan()))
    assert parts.title == "Tuyên truyền năm 2022"
    assert parts.closing == "Trên đây là Kế hoạch./."
    assert parts.recipients == "Sở Tài chính"
    assert parts.filing == "VT, KGVX"


def test_new_blocks_take_their_ids_from_the_source():
    doc = read(PlanParts(body="a"), ids(7)).doc
    assert doc["content"][0]["attrs"]["id"] == "b000000007"
