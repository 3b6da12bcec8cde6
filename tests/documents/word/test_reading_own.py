"""A file made here, edited in Word, comes back with what was typed and with its own block ids."""

import io
import re
import zipfile
from collections.abc import Callable

from portal.documents.word.writing import write_doc
from tests.documents.plans import HA_NOI, block, clause, document, real_document
from tests.documents.word.foreign import (
    cell,
    clauses,
    doubts,
    level,
    numbered,
    numbering,
    paragraph,
    plan,
    read,
    row,
    run,
    table,
)
from tests.documents.word.office import Office
from workflows.domain.content.canonical import sound

DOC = sound(real_document())


def edited(change: Callable[[str], str], doc: dict | None = None) -> bytes:  # type: ignore[type-arg]
    """The file after *change* to its XML, as an editor would make it."""
    source = zipfile.ZipFile(io.BytesIO(write_doc(HA_NOI, doc or DOC)))
    out = io.BytesIO()
    with source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = change(data.decode()).encode()
            target.writestr(name, data)
    return out.getvalue()


def after(xml: str, words: str, addition: str) -> str:
    """Put *addition* behind the paragraph that holds *words*."""
    at = xml.index(words)
    end = xml.index("</w:p>", at) + len("</w:p>")
    return xml[:end] + addition + xml[end:]


def nodes(data: bytes) -> list[dict]:  # type: ignore[type-arg]
    found: list[dict] = read(data).doc["content"]  # type: ignore[type-arg]
    return found


def ids(content: list[dict]) -> list[str]:  # type: ignore[type-arg]
    return [node["attrs"].get("id") for node in content]


def test_words_changed_in_place_change_nothing_else() -> None:
    data = edited(lambda xml: xml.replace("Tạo sự đồng thuận", "Tạo đồng thuận", 1))
    found = nodes(data)
    assert ids(found) == ids(DOC["content"])
    changed = [new for new, old in zip(found, DOC["content"], strict=True) if new != old]
    assert len(changed) == 1
    assert changed[0]["content"][0]["text"].startswith("Tạo đồng thuận")
    assert read(data).doubts == ()


def test_a_paragraph_added_in_another_style_goes_with_its_neighbours_and_is_told() -> None:
    added = paragraph("- Gạch mới thêm") + paragraph("Đoạn mới thêm")
    data = edited(lambda xml: after(xml, "Tạo sự đồng thuận", added))
    found = clauses(data)
    at = found.index(("-", "Gạch mới thêm"))
    assert found[at + 1] == ("", "Đoạn mới thêm")
    assert found[at - 1][1].startswith("Tạo sự đồng thuận")
    told = [(sentence, text) for sentence, text in doubts(data) if "được thêm" in sentence]
    assert [text for _, text in told] == ["Gạch mới thêm", "Đoạn mới thêm"]
    kept = [each for each in ids(nodes(data)) if each in ids(DOC["content"])]
    assert kept == ids(DOC["content"])


def test_a_paragraph_split_with_enter_keeps_the_id_on_one_half() -> None:
    def split(xml: str) -> str:
        at = xml.index("Tạo sự đồng thuận")
        properties = re.search(r"<w:pPr>.*?</w:pPr>", xml[xml.rindex("<w:p>", 0, at) :])
        assert properties
        half = f"<w:p>{properties[0]}{run('Nửa sau không số')}</w:p>"
        return after(xml, "Tạo sự đồng thuận", half)

    data = edited(split)
    assert ("-", "Nửa sau không số") in clauses(data)
    assert len(nodes(data)) == len(DOC["content"]) + 1


def test_a_text_typed_into_the_generated_number_is_not_lost() -> None:
    data = edited(lambda xml: xml.replace(">II. <", ">II. Chữ gõ sát <", 1))
    assert ("II.", "Chữ gõ sát NỘI DUNG KẾ HOẠCH") in clauses(data)
    assert any("sát số" in sentence for sentence, _ in doubts(data))


def test_a_block_moved_before_its_time_becomes_content_and_is_told() -> None:
    doc = document(
        block("basis", "Căn cứ một;"), block("opening", "Mở đầu."), clause("part", "MỘT"),
        clause("dash", "Hai"), block("closing", "Kết./."),
    )  # fmt: skip

    def moved(xml: str) -> str:
        found = re.search(r"<w:p\b(?:(?!<w:p\b).)*?Căn cứ một;.*?</w:p>", xml, re.DOTALL)
        assert found
        return after(xml.replace(found[0], "", 1), "Kết./.", found[0])

    data = edited(moved, doc)
    kinds = [node["type"] for node in nodes(data)]
    assert kinds == [
        "title",
        "opening",
        "clause",
        "clause",
        "clause",
        "clause",
        "recipients",
        "signature",
    ]
    assert any("khác thứ tự" in sentence for sentence, _ in doubts(data))


def test_a_copied_paragraph_gets_an_id_of_its_own() -> None:
    def twice(xml: str) -> str:
        found = re.search(r"<w:p\b(?:(?!<w:p\b).)*?Tạo sự đồng thuận.*?</w:p>", xml, re.DOTALL)
        assert found
        return after(xml, "Tạo sự đồng thuận", found[0])

    found = ids(nodes(edited(twice)))
    assert len(found) == len(DOC["content"]) + 1
    assert len(set(found) - {None}) == len([each for each in found if each])


def test_a_recipient_typed_anew_is_one_and_is_told() -> None:
    def added(xml: str) -> str:
        at = xml.rindex("Ban Tuyên giáo Thành ủy")
        properties = re.search(r"<w:pPr>.*?</w:pPr>", xml[xml.rindex("<w:p>", 0, at) :])
        assert properties
        line = f"<w:p>{properties[0]}{run('- Sở Nội vụ;')}</w:p>"
        end = xml.index("</w:p>", at) + len("</w:p>")
        return xml[:end] + line + xml[end:]

    data = edited(added)
    [recipients] = [node for node in nodes(data) if node["type"] == "recipients"]
    names = ["".join(t["text"] for t in line["content"]) for line in recipients["content"]]
    assert "Sở Nội vụ" in names
    assert any("nơi nhận được thêm" in sentence for sentence, _ in doubts(data))


def test_tracked_changes_in_our_own_file_are_told_at_their_block() -> None:
    inserted = f'<w:ins w:id="9" w:author="An">{run(" thêm")}</w:ins></w:p>'

    def track(xml: str) -> str:
        at = xml.index("</w:p>", xml.index("Tạo sự đồng thuận"))
        return xml[:at] + inserted + xml[at + len("</w:p>") :]

    data = edited(track)
    [(sentence, text)] = doubts(data)
    assert "đã chấp nhận" in sentence
    assert text.endswith(" thêm")


def test_a_table_of_tasks_with_a_column_nơi_nhận_is_a_table() -> None:
    data = plan(
        paragraph("I. MỘT"),
        table(row(cell(paragraph("Việc")), cell(paragraph("Nơi nhận kết quả")))),
    )
    assert "table" in [node["type"] for node in nodes(data)]


def test_a_foreign_file_saved_by_libreoffice_reads_the_same(libreoffice: Office) -> None:
    """Automatic numbers, a table, faces: before and after another program saved them."""
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "bullet", "-")
    source = plan(
        numbered("MỘT", 1, 0),
        numbered("Mục", 1, 1),
        numbered("Gạch", 1, 2),
        paragraph(run("Thường "), run("đậm", "<w:b/>"), run(" nghiêng", "<w:i/>")),
        table(
            row(cell(paragraph("a")), cell(paragraph("b"), properties='<w:gridSpan w:val="2"/>')),
            row(cell(paragraph("c")), cell(paragraph("d")), cell(paragraph("e"))),
        ),
        numbering=numbering({0: levels}, {1: (0, "")}),
    )
    saved = libreoffice.save(source)
    assert read(saved).doc == read(source).doc
