import io
import subprocess
import sys
import threading
from pathlib import Path
from unicodedata import combining

import pikepdf
import pytest

from portal.documents.conformance import faults_of_pdf
from portal.documents.pictures import page_count
from portal.documents.render import RIGHT_TO_LEFT, Rendering, render_plan
from portal.documents.typesetting import RenderingFailed
from tests.documents.plans import (
    AT,
    HA_NOI,
    LATER,
    LONG,
    SO,
    annex,
    block,
    cell,
    clause,
    document,
    full_document,
    plan,
    recipients,
    signature,
    table,
    text,
)
from tests.documents.poppler import fonts_of, words_of
from workflows.domain.content.coverage import covered, is_unseen

HEIGHT, WIDTH = 841.89, 595.28


def rendered(*body: dict, **more: object) -> Rendering:
    return render_plan(plan(document(*body, **more)), at=AT)


def test_the_same_version_at_the_same_time_gives_the_same_bytes(full: Rendering) -> None:
    source = plan(full_document())
    assert render_plan(source, at=AT) == render_plan(source, at=AT)
    assert render_plan(source, at=AT).pdf != render_plan(source, at=LATER).pdf


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    source = plan(document(clause("para", LONG)))
    (tmp_path / "plan.json").write_bytes(source)
    program = (
        "import sys, pathlib, datetime as d; from portal.documents.render import render_plan;"
        "at = d.datetime.fromisoformat(sys.argv[2]);"
        "pdf = render_plan(pathlib.Path(sys.argv[1]).read_bytes(), at=at).pdf;"
        "sys.stdout.buffer.write(pdf)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "plan.json"), AT.isoformat()],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == render_plan(source, at=AT).pdf


def test_threads_do_not_borrow_each_others_compiler() -> None:
    sources = [plan(document(clause("para", f"Bản {n}. {LONG}"))) for n in range(4)]
    alone = [render_plan(source, at=AT) for source in sources]
    together: dict[int, Rendering] = {}

    def work(n: int) -> None:
        together[n] = render_plan(sources[n], at=AT)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together.get(n) for n in range(4)] == alone


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_plan(plan(document()), at=AT.replace(tzinfo=None))


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(RenderingFailed, match="plan@2"):
        render_plan(plan(document()).replace(b"plan@1", b"plan@2"), at=AT)


def test_the_source_travels_inside_unchanged() -> None:
    source = plan(full_document())
    with pikepdf.open(io.BytesIO(render_plan(source, at=AT).pdf)) as pdf:
        assert pdf.attachments["plan.json"].get_file().read_bytes() == source
        assert pdf.Root.AF[0].AFRelationship == "/Source"


def test_it_declares_both_standards_and_keeps_our_checks(full: Rendering, real: Rendering) -> None:
    assert faults_of_pdf(full.pdf) == []
    assert faults_of_pdf(real.pdf) == []


def test_every_component_comes_in_reading_order(full: Rendering, tmp_path: Path) -> None:
    words = words_of(tmp_path, full.pdf)
    expected = (
        "UBND THÀNH PHỐ HÀ NỘI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/KH-STTTT",
        "KẾ HOẠCH",
        "Chuyển đổi số năm 2027",
        "Căn cứ Luật",
        "Sở ban hành",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "- Chủ động",
        "II. NỘI DUNG",
        "1. Hạ tầng số",
        "1.1 Trung tâm dữ liệu",
        "a) Điểm có chữ đậm và nghiêng",
        "+ Chủ động",
        "2. Khoản không có tiêu đề",
        "III. PHÂN CÔNG",
        "Nhiệm vụ",
        "Cộng",
        "Trên đây là Kế hoạch./.",
        "- Thường trực Thành ủy;",
        "- Lưu: VT, KGVX.",
        "TM. ỦY BAN NHÂN DÂN",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Thử Nghiệm",
        "Phụ lục I DANH MỤC NHIỆM VỤ",
        "(Kèm theo Kế hoạch số",
        "Phụ lục II ĐỀ CƯƠNG BÁO CÁO",
        "I. KẾT QUẢ",
    )
    at = 0
    for part in expected:
        at = words.find(part, at)
        assert at >= 0, part


def test_pages_are_numbered_from_the_second_and_each_annex_anew(
    full: Rendering, tmp_path: Path
) -> None:
    firsts = [
        words_of(tmp_path, full.pdf, page).split()[0] for page in range(1, page_count(full.pdf) + 1)
    ]
    assert firsts == ["UBND", "2", "3", "Phụ", "2", "Phụ"]


def test_one_annex_has_no_number(tmp_path: Path) -> None:
    one = rendered(annexes=(annex("Biểu mẫu", clause("para", "x")),))
    assert "Phụ lục BIỂU MẪU" in words_of(tmp_path, one.pdf)


def test_the_head_of_a_table_comes_again_on_the_next_page(full: Rendering, tmp_path: Path) -> None:
    assert "TT Nhiệm vụ Xong" in words_of(tmp_path, full.pdf, 2)
    assert "TT Nhiệm vụ Xong" in words_of(tmp_path, full.pdf, 3)


def test_only_our_fonts_are_in_it_and_all_are_embedded(full: Rendering, tmp_path: Path) -> None:
    fonts = fonts_of(tmp_path, full.pdf)
    assert {row[0].split("+")[1] for row in fonts} >= {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
    }
    assert all("LiberationSerif" in row[0] and row[-5] == "yes" for row in fonts)


@pytest.mark.parametrize("header", [HA_NOI, SO], ids=["UBND", "Sở"])
def test_the_places_stand_inside_the_margins(header: dict) -> None:
    made = render_plan(plan(full_document(), header), at=AT)
    assert set(made.marks) == {"so", "ngay", "ky_lanh_dao"}
    for mark in made.marks.values():
        assert 80 < mark.x < mark.x + mark.w < WIDTH - 15 * 72 / 25.4 + 0.1
        assert 50 < mark.y < mark.y + mark.h < HEIGHT - 50
    so, ngay = made.marks["so"], made.marks["ngay"]
    assert (so.page, ngay.page) == (1, 1)
    # Their feet are as far below the baseline as their sizes, 13 and 14 points, ask for.
    assert (ngay.y + ngay.h) - (so.y + so.h) == pytest.approx(0.216, abs=0.05)


HOSTILE = (
    "#panic(..) *x* $y$ _z_ `k` <nhan> @ref \\ // /* */ ~ --- - + =",
    "- gạch đầu dòng, + cộng, = bằng, 1. số",
    '#import "x": * #read("/etc/passwd") #sys.inputs',
    "</text> &amp; {{ x }} %(detail)s {0}",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_text_is_never_markup(words: str, tmp_path: Path) -> None:
    made = rendered(
        block("basis", words),
        clause("part", words),
        clause("para", words),
        table((cell(words),)),
        title=words,
        annexes=(annex(words, clause("para", words)),),
    )
    found = words_of(tmp_path, made.pdf)
    assert found.count(words) >= 4
    assert words.upper() in found


@pytest.mark.parametrize("columns", [1, 8, 30])
def test_no_letter_of_a_monstrous_word_is_lost(columns: int, tmp_path: Path) -> None:
    inside = rendered(table(tuple(cell("ẵ" * 300) for _ in range(columns))))
    outside = rendered(clause("para", "ẳ" * 5000), title="ẫ" * 400)
    assert words_of(tmp_path, inside.pdf).count("ẵ") == 300 * columns
    assert words_of(tmp_path, outside.pdf).count("ẳ") == 5000
    assert words_of(tmp_path, outside.pdf).count("ẫ") == 400


def test_a_word_in_many_faces_breaks_too(tmp_path: Path) -> None:
    letters = [text("ữ", *(["strong"] if n % 2 else [])) for n in range(500)]
    made = rendered(clause("para", letters))
    assert words_of(tmp_path, made.pdf).count("ữ") == 500


def test_a_letter_that_the_font_lacks_is_refused_in_words() -> None:
    with pytest.raises(RenderingFailed, match="phông chữ") as refused:
        rendered(clause("para", "Xong ✓"))
    assert "✓" in str(refused.value)


@pytest.mark.parametrize("letter", ["\u05d0", "\u05b0", "\ufb2a", "\u0627"])
def test_right_to_left_letters_are_refused_before_they_cost_minutes(letter: str) -> None:
    with pytest.raises(RenderingFailed, match="phải sang trái"):
        rendered(clause("para", f"a{letter}" * 1500))


def test_every_character_let_in_at_the_door_can_be_printed() -> None:
    points = (chr(point) for point in sorted(covered()))
    seen = (letter for letter in points if not is_unseen(letter))
    printed = (letter for letter in seen if not RIGHT_TO_LEFT.match(letter))
    # A mark stands on a letter of its own: a heap of them is refused at the door.
    letters = "".join(f"a{letter}" if combining(letter) else letter for letter in printed)
    faces = [("strong",), ("em",), ("strong", "em"), ()]
    made = rendered(*(clause("para", [text(letters, *face)]) for face in faces))
    assert made.pdf


def test_an_empty_draft_renders() -> None:
    empty = {
        "type": "doc",
        "content": [block("title", ""), recipients(filing=""), signature(name="")],
    }
    assert page_count(render_plan(plan(empty), at=AT).pdf) == 1


@pytest.mark.parametrize("lines", range(10, 32))
def test_the_signature_is_never_alone_on_a_page(lines: int, tmp_path: Path) -> None:
    made = rendered(*(clause("para", f"Đoạn thứ {n}.") for n in range(lines)))
    page = made.marks["ky_lanh_dao"].page
    assert page == page_count(made.pdf)
    words = words_of(tmp_path, made.pdf, page)
    assert "Trên đây là Kế hoạch./." in words
    assert "- Lưu: VT, KGVX." in words


def test_recipients_beyond_a_page_go_on_after_the_signature(tmp_path: Path) -> None:
    doc = document(clause("para", LONG))
    lines = [f"Đơn vị thứ {n}" for n in range(1, 101)]
    doc["content"] = [
        recipients(*lines) if node["type"] == "recipients" else node for node in doc["content"]
    ]
    made = render_plan(plan(doc), at=AT)
    words = words_of(tmp_path, made.pdf)
    assert all(f"- {line};" in words for line in lines)
    first = words_of(tmp_path, made.pdf, made.marks["ky_lanh_dao"].page)
    assert "Trên đây là Kế hoạch./." in first


def test_a_closing_longer_than_a_page_stays_before_its_signature(tmp_path: Path) -> None:
    made = rendered(block("closing", LONG * 60))
    page = made.marks["ky_lanh_dao"].page
    assert page == page_count(made.pdf) >= 3
    assert "Hội đồng nhân dân" in words_of(tmp_path, made.pdf, page)


def test_the_biggest_plan_allowed_renders() -> None:
    body = [clause("para", (LONG * 40)[:1500]) for _ in range(400)]
    source = plan(document(*body))
    assert len(source) > 600_000
    assert page_count(render_plan(source, at=AT).pdf) > 150
