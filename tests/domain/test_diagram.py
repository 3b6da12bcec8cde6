"""The chain as a picture: whole, well-formed, readable without sight, free of inline styles."""

from importlib.resources import files
from xml.etree import ElementTree

import pytest

from workflows.domain.chain import Chain
from workflows.domain.diagram import Mark, all_returns, describe, draw, draw_alone
from workflows.domain.drawing import wrapped
from workflows.domain.soundness import load_chain

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def chain() -> Chain:
    text = files("workflows.definitions").joinpath("ha-noi-ke-hoach-1.toml").read_text("utf-8")
    return load_chain(text)


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314  # Our own words.


def words(group: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in group.iter(f"{SVG}text"))


@pytest.mark.parametrize("is_down", [False, True])
def test_every_step_is_a_box_in_its_order(chain: Chain, is_down: bool) -> None:
    boxes = [words(box) for box in parsed(draw(chain, is_down=is_down)).iter(f"{SVG}g")]
    assert len(boxes) == len(chain.steps)
    for order, (box, step) in enumerate(zip(boxes, chain.steps, strict=True), start=1):
        assert box.startswith(f"{order}. {step.title}")
        assert (f"{step.days} ngày làm việc" in box) is bool(step.days)


def test_every_way_back_is_drawn_once(chain: Chain) -> None:
    root = parsed(draw(chain))
    lines = [path for path in root.iter(f"{SVG}path") if path.get("class") == "back"]
    assert len(lines) == len(all_returns(chain)) == 13
    assert len({path.get("d") for path in lines}) == len(lines)


@pytest.mark.parametrize("is_down", [False, True])
def test_everything_lies_inside_the_picture(chain: Chain, is_down: bool) -> None:
    root = parsed(draw(chain, is_down=is_down))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for path in root.iter(f"{SVG}path"):
        numbers = (path.get("d") or "").replace("M", "").replace("L", "").replace("Z", "").split()
        assert all(0 <= float(x) <= width for x in numbers[::2])
        assert all(0 <= float(y) <= height for y in numbers[1::2])
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x", "0")) + float(box.get("width", "0")) <= width
        assert float(box.get("y", "0")) + float(box.get("height", "0")) <= height


def test_a_plans_own_way_is_marked_and_told_in_words(chain: Chain) -> None:
    marks = {"draft": Mark.DONE, "unit_review": Mark.NOW}
    picture = draw(chain, marks, returns=[], taken=[("appraisal_review", "draft")])
    root = parsed(picture)
    looks = [box.get("class") for box in root.iter(f"{SVG}g")]
    assert looks == ["done", "now", *["next"] * 5]
    taken = [path for path in root.iter(f"{SVG}path") if path.get("class") == "back taken"]
    assert len(taken) == 1
    told = root.findtext(f"{SVG}desc") or ""
    assert "1. Soạn thảo (Đã qua)" in told
    assert "2. Lãnh đạo đơn vị duyệt nội dung (Đang ở đây)" in told
    assert "3 về 1" in told


def test_the_picture_has_a_name_and_a_description_of_its_own(chain: Chain) -> None:
    root = parsed(draw(chain, ident="a"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "a-title a-desc"
    assert [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")] == [  # type: ignore[union-attr]
        "a-title",
        "a-desc",
    ]
    assert describe(chain) in (root.findtext(f"{SVG}desc") or "")


def test_a_page_gets_no_styles_and_a_file_brings_its_own(chain: Chain) -> None:
    assert "style" not in draw(chain)
    assert "<style>" in draw_alone(chain)
    parsed(draw_alone(chain))


def test_a_step_that_is_not_in_the_chain_is_left_out(chain: Chain) -> None:
    assert draw(chain, returns=[], taken=[("gone", "draft")]) == draw(chain, returns=[])


@pytest.mark.parametrize("letters", [1, 7, 17, 80])
def test_wrapping_keeps_every_word(letters: int) -> None:
    text = "Văn thư cấp số, đóng dấu, phát hành"
    lines = wrapped(text, letters)
    assert " ".join(lines) == text
    assert all(len(line) <= letters or " " not in line for line in lines)
