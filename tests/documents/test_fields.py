import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from portal.documents.conformance import faults_of_pdf
from portal.documents.fields import MM, Prepared, boxes, prepare, undated
from portal.documents.render import Rendering
from portal.documents.typesetting import appearance
from tests.documents.poppler import words_of


@pytest.fixture
def found(prepared: Prepared) -> Iterator[dict[str, Any]]:
    with pikepdf.open(io.BytesIO(prepared.pdf)) as pdf:
        yield {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def test_preparing_twice_gives_the_same_bytes(full: Rendering) -> None:
    first = prepare(full).pdf
    time.sleep(1.1)  # A file's own id, unless it is told otherwise, changes by the second.
    assert prepare(full).pdf == first


def test_the_four_fields_are_there_empty_and_conforming(
    prepared: Prepared, found: dict[str, Any]
) -> None:
    assert list(found) == ["so", "ngay", "ky_lanh_dao", "con_dau"]
    assert [str(field.FT) for field in found.values()] == ["/Tx", "/Tx", "/Sig", "/Sig"]
    assert not any("/V" in field for field in found.values())
    assert faults_of_pdf(prepared.pdf) == []


def test_only_the_service_may_fill_number_and_date(found: dict[str, Any]) -> None:
    assert (int(found["so"].Ff), int(found["ngay"].Ff)) == (1, 1)


def test_the_leaders_signature_leaves_three_fields_open_and_the_seal_none(
    found: dict[str, Any],
) -> None:
    leader, seal = found["ky_lanh_dao"].Lock, found["con_dau"].Lock
    assert leader.Action == "/Exclude"
    assert [str(name) for name in leader.Fields] == ["so", "ngay", "con_dau"]
    assert (seal.Action, int(seal.P)) == ("/All", 1)


def test_the_widgets_stand_where_the_page_left_room(
    prepared: Prepared, full: Rendering, found: dict[str, Any]
) -> None:
    for name, box in prepared.boxes.items():
        assert [float(edge) for edge in found[name].Rect] == pytest.approx(box.rect, abs=0.001)
        assert 0 < box.rect[0] < box.rect[2] < 595
        assert 0 < box.rect[1] < box.rect[3] < 842
    assert prepared.boxes["ky_lanh_dao"].page == full.marks["ky_lanh_dao"].page


@pytest.mark.parametrize("diameter", [30.0, 36.5, 42.0])
def test_the_seal_is_a_true_square_over_the_left_third(full: Rendering, diameter: float) -> None:
    where = boxes(full.marks, 841.89, diameter)
    signature, seal = where["ky_lanh_dao"].rect, where["con_dau"].rect
    assert where["con_dau"].size == pytest.approx((diameter * MM, diameter * MM))
    covered = (seal[2] - signature[0]) / (signature[2] - signature[0])
    assert covered == pytest.approx(1 / 3)
    assert seal[1] + seal[3] == pytest.approx(signature[1] + signature[3])


def test_each_widget_is_named_in_the_structure_tree(prepared: Prepared) -> None:
    pdf = pikepdf.open(io.BytesIO(prepared.pdf))
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for field in pdf.Root.AcroForm.Fields:
        element = parents[int(field.StructParent)]
        assert element.S == "/Form"
        assert element.K.Obj.objgen == field.objgen
        assert str(field.TU)


def test_the_date_is_blank_with_its_year_too(prepared: Prepared, tmp_path: Path) -> None:
    assert "Hà Nội, ngày" in words_of(tmp_path, prepared.pdf, 1)
    assert undated("Hà Nội").split() == ["Hà", "Nội,", "ngày", "tháng", "năm"]


@pytest.mark.parametrize("look", ["so", "ngay", "chu_ky", "con_dau"])
def test_an_appearance_is_one_page_of_the_size_asked_for(look: Any) -> None:
    pdf = appearance(look, 119.055, 62.4, "Hà Nội, ngày 01 tháng 02 năm 2027", "SỞ Y TẾ HÀ NỘI")
    assert pdf == appearance(
        look, 119.055, 62.4, "Hà Nội, ngày 01 tháng 02 năm 2027", "SỞ Y TẾ HÀ NỘI"
    )
    with pikepdf.open(io.BytesIO(pdf)) as page:
        assert len(page.pages) == 1
        assert [float(edge) for edge in page.pages[0].mediabox] == pytest.approx(
            [0, 0, 119.055, 62.4], abs=0.01
        )
        assert not page.pages[0].get_images()


@pytest.mark.parametrize(
    ("look", "words"),
    [("chu_ky", "KÝ THỬ - KIỂM THỬ"), ("con_dau", "KIỂM THỬ")],
)
def test_what_is_drawn_for_a_demonstration_says_so(look: Any, words: str, tmp_path: Path) -> None:
    assert words in words_of(tmp_path, appearance(look, 130, 130, "Nguyễn Thử Nghiệm", "UBND"))


@pytest.mark.parametrize("organisation", ["", "X", "TRUNG TÂM " * 12])
def test_any_name_goes_round_a_seal(organisation: str) -> None:
    assert appearance("con_dau", 85, 85, "", organisation)
