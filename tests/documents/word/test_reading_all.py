"""Every word of a Word file is in the text that was read or is told, wherever it stood."""

import io
import re
import zipfile
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.documents.word.writing import write_doc
from tests.documents.plans import HA_NOI, full_document
from tests.documents.word.foreign import (
    HEAD,
    OFFICE,
    RELATIONS,
    SPACES,
    TAIL,
    cell,
    docx,
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
from workflows.domain.content.canonical import sound
from workflows.domain.content.reading import MAX_DOUBTS

MARKED = re.compile(r"w\d+x")
numbers = count(1)
BODY = (paragraph("I. MỤC ĐÍCH"), paragraph("- Một."))
TABBED = "<w:r><w:tab/></w:r>"


def words(number: int = 1) -> str:
    """So many words that stand nowhere else."""
    return " ".join(f"w{next(numbers)}x" for _ in range(number))


def lost(data: bytes) -> set[str]:
    """The marked words of all parts of the file that are neither in the text nor told."""
    reading = read(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = " ".join(archive.read(name).decode() for name in archive.namelist())
    kept = [f"{block.text} {block.label}" for block in blocks(reading.doc)]
    told = [each.excerpt for each in reading.doubts] + list(reading.notes)
    return set(MARKED.findall(written)) - set(MARKED.findall(" ".join([*kept, *told])))


def text_box() -> str:
    inside = f"<w:txbxContent>{paragraph(words(80))}</w:txbxContent>"
    return f"<w:r><w:pict><w:shape><w:textbox>{inside}</w:textbox></w:shape></w:pict></w:r>"


def small_table() -> str:
    return table(row(cell(paragraph(words())), cell(paragraph(words()))))


def in_runs(inside: str) -> str:
    return paragraph(run("- Chữ "), inside)


def referred(part: str, name: str) -> bytes:
    """A paragraph with a note beside it, and the part with that note and one more."""
    note = "".join(f'<w:{name} w:id="{key}">{paragraph(words(80))}</w:{name}>' for key in (2, 3))
    inside = in_runs(f'<w:r><w:{name}Reference w:id="2"/></w:r>')
    parts = {part: f"<w:{part} {SPACES}>{note}</w:{part}>"}
    return docx("".join((*HEAD, *BODY, inside, *TAIL)), **parts)  # type: ignore[arg-type]


WRAPPED: dict[str, Callable[[], str]] = {
    "paragraph": lambda: paragraph(words()),
    "dash": lambda: paragraph(f"- {words()}"),
    "numbered": lambda: paragraph(f"1. {words()}"),
    "table": small_table,
    "one cell": lambda: table(row(cell(paragraph(words())))),
    "text box": lambda: in_runs(text_box()),
    "text box alone": lambda: paragraph(text_box()),
    "word art": lambda: in_runs(f'<w:r><w:pict><v:textpath string="{words()}"/></w:pict></w:r>'),
    "drawn text": lambda: in_runs(f"<w:r><w:drawing><a:t>{words()}</a:t></w:drawing></w:r>"),
    "content control": lambda: f"<w:sdt><w:sdtContent>{paragraph(words())}</w:sdtContent></w:sdt>",
    "custom XML": lambda: f"<w:customXml>{paragraph(words())}</w:customXml>",
    "smart tag": lambda: in_runs(f"<w:smartTag>{run(words())}</w:smartTag>"),
    "only an older form": lambda: (
        "<mc:AlternateContent><mc:Choice/><mc:Fallback>"
        f"{paragraph(words())}</mc:Fallback></mc:AlternateContent>"
    ),
    "unknown block": lambda: f"<w:foo>{paragraph(words())}</w:foo>",
    "formula": lambda: f"<m:oMathPara><m:oMath><m:t>{words()}</m:t></m:oMath></m:oMathPara>",
    "deleted block": lambda: f"<w:del>{paragraph(words(80))}</w:del>",
    "deleted run": lambda: in_runs(f"<w:del><w:r><w:delText>{words(80)}</w:delText></w:r></w:del>"),
    "deleted row": lambda: table(
        row(cell(paragraph(words())), properties="<w:del/>"),
        row(cell(paragraph(words())), cell(paragraph(words()))),
    ),
    "deleted rows": lambda: table(row(cell(paragraph(words())), properties="<w:del/>")),
    "nested table": lambda: table(
        row(
            cell(
                table(
                    row(cell(paragraph(words())), properties="<w:del/>"),
                    row(cell(paragraph(words()))),
                )
            ),
            cell(paragraph(words())),
        )
    ),
    "wrapped row": lambda: table(
        f"<w:sdt><w:sdtContent>{row(cell(paragraph(words())), cell())}</w:sdtContent></w:sdt>"
    ),
    "hidden": lambda: in_runs(run(words(80), "<w:vanish/>")),
    "contents": lambda: in_runs(f'<w:fldSimple w:instr="TOC">{run(words(80))}</w:fldSimple>'),
    "contents by style": lambda: styled(words(), "T1"),
    "open field": lambda: in_runs(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run(words())}'
    ),
    "ruby": lambda: in_runs(
        f"<w:r><w:ruby><w:rt>{run(words())}</w:rt><w:rubyBase>{run(words())}</w:rubyBase>"
        "</w:ruby></w:r>"
    ),
    "no run": lambda: f"<w:p><w:t>{words()}</w:t></w:p>",
    "bare in the body": lambda: words(),
    "bare in a paragraph": lambda: f"<w:p>{words()}{run('- Một.')}{words()}</w:p>",
    "bare in a run": lambda: in_runs(f"<w:r>{words()}<w:t>chữ</w:t>{words()}</w:r>"),
    "bare in a wrapper": lambda: (
        f"<w:sdt>{words()}<w:sdtContent>{words()}{paragraph('- Một.')}</w:sdtContent></w:sdt>"
        + in_runs(f"<w:hyperlink>{words()}{run('chữ')}</w:hyperlink>")
    ),
    "bare in a table": lambda: (
        f"<w:tbl>{words()}<w:tr>{words()}<w:tc>{words()}{paragraph('a')}</w:tc>{words()}"
        f"<w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    ),
    "end sign": lambda: paragraph(f"- {words()}./."),
    "recipients again": lambda: paragraph("Nơi nhận:") + paragraph(f"- Sở {words()};"),
    "recipients in a table": lambda: table(
        row(
            cell(paragraph("Nơi nhận:"), paragraph(f"- {words()};"), paragraph("- Lưu: VT.")),
            cell(paragraph(f"TM. {words()}"), paragraph(text_box())),
        )
    ),
    "tabbed": lambda: paragraph("Nơi nhận:", TABBED, run(f"TM. ỦY BAN {words()}")),
    "signature": lambda: paragraph(f"KT. CHỦ TỊCH {words()}"),
    "letterhead": lambda: table(
        row(cell(paragraph(words()), paragraph(text_box())), cell(paragraph("CỘNG HÒA XÃ HỘI")))
    ),
    "annex": lambda: paragraph("PHỤ LỤC I") + paragraph(words()),
    "annex in a table": lambda: table(
        row(cell(paragraph(f"UBND {words()}")), cell(paragraph("PHỤ LỤC I")))
    ),
    "(Kèm theo": lambda: paragraph(f"(Kèm theo Kế hoạch {words()})"),
    "long annex title": lambda: paragraph("PHỤ LỤC") + paragraph("TÊN RẤT DÀI " * 60 + "X"),
}  # fmt: skip
CONTENTS_STYLE = styles(style("T1", "toc 1"))


@pytest.mark.parametrize("kind", sorted(WRAPPED))
@pytest.mark.parametrize("place", range(4))
def test_no_word_is_lost_wherever_it_stands(kind: str, place: int) -> None:
    parts = [*HEAD, *BODY, *TAIL]
    at = (0, 5, 7, len(parts))[place]
    parts.insert(at, WRAPPED[kind]())
    assert not lost(docx("".join(parts), styles=CONTENTS_STYLE))


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(sorted(WRAPPED)), st.integers(0, 14)), max_size=6))
def test_no_word_is_lost_of_any_mixture(drawn: list[tuple[str, int]]) -> None:
    parts = [*HEAD, *BODY, *TAIL, paragraph("PHỤ LỤC"), small_table()]
    for kind, at in drawn:
        parts.insert(at, WRAPPED[kind]())
    assert not lost(docx("".join(parts), styles=CONTENTS_STYLE))


@pytest.mark.parametrize("kind", ["paragraph", "table", "text box", "hidden"])
def test_no_word_put_into_a_file_made_here_is_lost(kind: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(write_doc(dict(HA_NOI), sound(full_document()))))
    parts = {name: source.read(name).decode() for name in source.namelist()}
    xml = parts["word/document.xml"]
    ends = [found.end() for found in re.finditer("</w:p>", xml)]
    for at in ends[:: len(ends) // 12]:
        # A table cannot be the last of a cell.
        addition = WRAPPED[kind]() + paragraph()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in parts.items():
                is_text = name == "word/document.xml"
                archive.writestr(name, xml[:at] + addition + xml[at:] if is_text else part)
        assert not lost(out.getvalue())


@pytest.mark.parametrize(
    "make",
    [
        lambda: plan(*BODY, header=f"<w:hdr {SPACES}>{paragraph(words())}</w:hdr>"),
        lambda: plan(*BODY, footer=f"<w:ftr {SPACES}>{paragraph(words())}</w:ftr>"),
        lambda: referred("footnotes", "footnote"),
        lambda: referred("endnotes", "endnote"),
        lambda: referred("comments", "comment"),
        lambda: plan(*(paragraph(run(words(), "<w:vanish/>")) for _ in range(MAX_DOUBTS + 9))),
    ],
    ids=["header", "footer", "footnotes", "endnotes", "comments", "more than anybody reads"],
)  # fmt: skip
def test_no_word_beside_the_text_is_lost(make: Callable[[], bytes]) -> None:
    assert not lost(make())


@pytest.mark.parametrize("name", ["chunk.html", "chunk.docx", "chunk.rtf"])
def test_a_file_put_into_the_file_is_told_with_its_words_or_its_name(name: str) -> None:
    said = words()
    inner = docx(paragraph(said)) if name.endswith("docx") else f"<p>{said}</p>".encode()
    kind = f"{OFFICE}/officeDocument/2006/relationships/aFChunk"
    relations = f'<Relationship Id="r9" Type="{kind}" Target="{name}"/>'
    data = plan(
        *BODY,
        '<w:altChunk r:id="r9"/>',
        more={
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
            ),
            f"word/{name}": inner,
        },
    )
    [told] = read(data).doubts
    assert "tệp khác" in told.sentence
    assert told.excerpt == ("word/chunk.rtf" if name.endswith("rtf") else said)


def test_page_numbers_in_a_footer_are_no_words() -> None:
    data = plan(*BODY, footer=f"<w:ftr {SPACES}>{paragraph('- 2 -')}</w:ftr>")
    assert not read(data).doubts


@pytest.mark.parametrize("word", ["Nơi nhận:", "NƠI NHẬN", "Nơi gửi:", "Nơi nhận văn bản:"])
@pytest.mark.parametrize("form", ["table", "rows", "tabs", "paragraphs"])
def test_recipients_are_known_in_every_form(word: str, form: str) -> None:
    left = (word, "- Như trên;", "- Lưu: VT.")
    right = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thử")
    ending = {
        "table": lambda: table(row(cell(*map(paragraph, left)), cell(*map(paragraph, right)))),
        "rows": lambda: table(
            *(row(cell(paragraph(a)), cell(paragraph(b))) for a, b in zip(left, right, strict=True))
        ),
        "tabs": lambda: "".join(
            paragraph(run(a), TABBED, run(b)) for a, b in zip(left, right, strict=True)
        ),
        "paragraphs": lambda: "".join(map(paragraph, (*left, *right))),
    }[form]()
    data = docx("".join((*HEAD, *BODY, TAIL[0], ending)))
    assert outline(data)[-3:] == [
        ("closing", "Trên đây là Kế hoạch tuyên truyền năm 2027./."),
        ("recipient", "Như trên"),
        ("filing", "VT"),
    ]
    told = " ".join(each.excerpt for each in read(data).doubts)
    assert all(line in told for line in right)


def test_a_column_named_after_recipients_makes_no_closing_of_a_table() -> None:
    tasks = table(
        row(cell(paragraph("STT")), cell(paragraph("Việc")), cell(paragraph("Nơi nhận"))),
        row(cell(paragraph("1")), cell(paragraph("Báo cáo")), cell(paragraph("Sở"))),
    )
    data = plan(*BODY, tasks)
    assert [node["type"] for node in read(data).doc["content"]].count("table") == 1
    assert ("recipient", "Các Sở, ban, ngành") in outline(data)


def annexes(data: bytes) -> list[tuple[str, list[str]]]:
    """Title and kinds of nodes of every annex."""
    found = [node for node in read(data).doc["content"] if node["type"] == "annex"]
    return [
        (
            "".join(each["text"] for each in node["content"][0].get("content", ())),
            [each["type"] for each in node["content"][1:]],
        )
        for node in found
    ]


def test_a_table_after_the_recipients_is_an_annex_even_without_its_word() -> None:
    named = (paragraph("DANH MỤC NHIỆM VỤ"), paragraph("(Kèm theo Kế hoạch số …)"))
    data = docx("".join((*HEAD, *BODY, *TAIL, paragraph("TM. ỦY BAN"), paragraph("CHỦ TỊCH"),
                         *named, small_table(), paragraph("- Ghi chú"))))  # fmt: skip
    assert annexes(data) == [("DANH MỤC NHIỆM VỤ", ["table", "clause"])]
    assert any("được coi là phụ lục" in each.sentence for each in read(data).doubts)


def test_the_typed_numbers_of_annexes_are_no_words_to_be_told() -> None:
    two = (paragraph("PHỤ LỤC 1"), paragraph("TÊN"), paragraph("Phụ lục 02"), paragraph("TÊN"))
    assert not read(docx("".join((*HEAD, *BODY, *TAIL, *two)))).doubts
    third = docx("".join((*HEAD, *BODY, *TAIL, paragraph("PHỤ LỤC III"), paragraph("TÊN"))))
    [told] = read(third).doubts
    assert "“III”" in told.sentence


def test_an_annex_may_be_named_in_a_table() -> None:
    heading = row(cell(paragraph("UBND THÀNH PHỐ")), cell(paragraph("PHỤ LỤC I")))
    name = row(cell(paragraph("DANH MỤC"), properties='<w:gridSpan w:val="2"/>'))
    task = row(cell(paragraph("1")), cell(paragraph("Việc")))
    data = docx("".join((*HEAD, *BODY, *TAIL, table(heading, name, task))))
    assert annexes(data) == [("DANH MỤC", ["table"])]


def test_an_end_sign_before_further_clauses_does_not_end_the_text() -> None:
    for early in (paragraph("- Việc một./."), paragraph("./.")):
        closing = paragraph("Trên đây là Kế hoạch tuyên truyền năm 2027.")
        for end in (TAIL[0], closing):
            data = docx("".join((*HEAD, *BODY, early, paragraph("II. NỘI DUNG"),
                                 paragraph("- Việc hai."), end, *TAIL[1:])))  # fmt: skip
            assert ("II.", "NỘI DUNG") in outline(data)
            assert ("-", "Việc hai.") in outline(data)
            assert any("văn bản còn tiếp" in each.sentence for each in read(data).doubts)
