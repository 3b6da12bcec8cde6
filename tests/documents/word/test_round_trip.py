"""A plan written as a Word file and read again is the same plan, to its digest."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from portal.documents.word.reading import read_docx
from portal.documents.word.writing import write_doc, write_redline
from tests.documents.plans import (
    AT,
    HA_NOI,
    SO,
    annex,
    block,
    cell,
    clause,
    document,
    full_document,
    real_document,
    signature,
    table,
    text,
)
from tests.documents.word.office import Office
from tests.domain.content.documents import documents, ids
from workflows.domain.content.canonical import canonical, digest, sound
from workflows.domain.content.checks import faults_of_text

Node = dict[str, Any]
fresh = ids(letter="z")


def read_again(data: bytes) -> Node:
    doc: Node = read_docx(data, fresh).doc
    return doc


def assert_same(data: bytes, doc: Node) -> None:
    again = read_again(data)
    assert again == sound(doc)
    assert digest(canonical(HA_NOI, again)) == digest(canonical(HA_NOI, doc))


def odd_document() -> Node:
    """What editors like to lose: blanks, breaks, faces in bold text, empty and telling blocks."""
    spaced = [text("  hai "), text(" đậm ", "strong"), text("nghiêng  ", "em", "strong")]
    broken = [text("trước"), {"type": "hard_break"}, {"type": "hard_break"}, text(" sau\u00a0đó")]
    merged = table(
        (cell("TT", head=True, down=2), cell("Việc", head=True, across=2)),
        (cell("a"), cell("  b ")),
        (cell("", across=2), cell("c")),
    )
    merged["content"][1]["content"][0]["content"] += [clause("dash", "gạch"), clause("plus", "")]
    merged["content"][1]["content"][1]["attrs"]["colwidth"] = [120]
    merged["content"][0]["content"][1]["attrs"]["colwidth"] = [80, 0]
    doc = document(
        block("basis", [text("Căn cứ ", "em"), text("Luật", "strong"), text(";")]),
        block("opening", spaced),
        clause("part", [text("Phần "), text("đậm", "strong")]),
        clause("sec", "Mục là tiêu đề"),
        clause("sub", [text("Khoản "), text("nghiêng", "em")]),
        clause("pt", "a) Điểm có chữ giống số"),
        clause("sec", "2. Mục là một câu."),
        clause("dash", "- gạch trong gạch"),
        clause("plus", broken),
        clause("para", ""),
        clause("part", ""),
        merged,
        table((cell("liền kề"), cell("bảng"))),
        annexes=(annex("", merged_alone()), annex("tên Thường", clause("sec", "I. x"))),
    )
    [recipients] = [node for node in doc["content"] if node["type"] == "recipients"]
    recipients["attrs"]["filing"] = "Lưu: VT;"
    recipients["content"] = [
        block("recipient", "Sở A;", target="H26.14", purpose=None),
        block("recipient", "Sở B", target=None, purpose="để (báo) cáo;"),
        block("recipient", "- Sở C.", target=None, purpose="x"),
        block("recipient", "", target="so-tai-chinh", purpose=None),
    ]
    return doc


def merged_alone() -> Node:
    return table((cell("một"), cell("hai")), (cell("cả hàng", across=2),))


@pytest.mark.parametrize("header", [HA_NOI, SO], ids=["thành phố", "sở"])
@pytest.mark.parametrize("make", [real_document, full_document, odd_document])
def test_a_plan_comes_back_as_it_was(make: Any, header: Any) -> None:
    doc = make()
    assert_same(write_doc(header, doc), doc)


@pytest.mark.parametrize("make", [real_document, full_document, odd_document])
def test_a_plan_comes_back_from_libreoffice(make: Any, libreoffice: Office) -> None:
    doc = make()
    assert_same(libreoffice.save(write_doc(HA_NOI, doc)), doc)


def test_nothing_in_our_own_file_is_doubtful() -> None:
    assert not read_docx(write_doc(HA_NOI, real_document()), fresh).doubts


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_plan_comes_back_as_it_was(drawn: Node) -> None:
    # The reader refuses what the page cannot show, so that is not drawn.
    doc = json.loads(json.dumps(drawn).replace("\\ud83d\\ude00", "y").replace("\\u0001", "x"))
    if not faults_of_text(doc):
        assert_same(write_doc(HA_NOI, doc), doc)


def test_a_file_with_tracked_changes_is_read_as_the_new_text() -> None:
    old, new = sound(full_document()), sound(real_document())
    data = write_redline(HA_NOI, old, new, author="Nguyễn Thử", at=AT)
    assert read_again(data) == new


def test_an_id_too_long_for_word_is_given_up_and_the_text_stays() -> None:
    doc = sound(document(clause("para", "Một đoạn")))
    doc["content"][1]["attrs"]["id"] = "x" * 40
    again = read_again(write_doc(HA_NOI, doc))
    assert again["content"][1]["attrs"]["id"] != "x" * 40
    assert again["content"][1]["content"] == doc["content"][1]["content"]


def test_the_signature_comes_back_with_its_position() -> None:
    doc = document(clause("para", "Một đoạn"))
    doc["content"][-1] = signature("Q. CHỦ TỊCH", name="")
    assert read_again(write_doc(HA_NOI, doc))["content"][-1] == sound(doc)["content"][-1]
