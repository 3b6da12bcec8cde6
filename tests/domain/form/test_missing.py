"""A half plan is told what it lacks, all of it at once, and is not submitted."""

import pytest

from tests.domain.content.documents import clause, ids, node, plan
from workflows.domain.content.schema import empty_doc
from workflows.domain.errors import UnfitText
from workflows.domain.form.checking import missing_for_submission


def test_an_empty_plan_misses_everything():
    assert [fault.where for fault in missing_for_submission(empty_doc(ids()))] == [
        *("Trích yếu", "Nội dung", "Phần kết"),
        *("Nơi nhận", "Nơi nhận", "Khối chữ ký"),
    ]


def test_a_whole_plan_misses_nothing():
    assert missing_for_submission(plan(clause("clause0001", "a"))) == []
    basis = node("basis", "Căn cứ;", id="opening001")
    assert missing_for_submission(plan(clause("clause0001", "a"), opening=basis)) == []


@pytest.mark.parametrize(
    ("part", "changed", "where"),
    [
        ("title", node("title", " ", id="title00001"), "Trích yếu"),
        ("closing", None, "Phần kết"),
        ("closing", node("closing", "Hết.", id="closing001"), "Phần kết"),
        ("recipients", node("recipients", filing="VT"), "Nơi nhận"),
        (
            "recipients",
            node("recipients", node("recipient", "A", id="recipient1"), filing=" "),
            "Nơi nhận",
        ),
        ("signature", node("signature", id="signature1", name="Lê Thử"), "Khối chữ ký"),
    ],
)
def test_each_missing_part_is_told_alone(part, changed, where):
    [fault] = missing_for_submission(plan(clause("clause0001", "a"), **{part: changed}))
    assert fault.where == where


def test_a_body_of_blank_clauses_is_no_body():
    [fault] = missing_for_submission(plan(clause("clause0001", " ")))
    assert fault.where == "Nội dung"


def test_what_is_off_the_schema_is_unfit():
    with pytest.raises(UnfitText):
        missing_for_submission({"type": "doc"})
