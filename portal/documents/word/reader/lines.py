"""Makes a line of a paragraph: its number or bullet in the form of plans, its text to recognise."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from portal.documents.word.reader.markers import marked
from portal.documents.word.reader.pieces import Paragraph, Piece, Table
from portal.documents.word.reader.told import Remarks
from workflows.domain.content.lines import read_line
from workflows.domain.content.parts import KIND
from workflows.domain.content.runs import BREAK, Run, text_of

SHIELD: Final = "\u2060"

# “Nơi nhận kết quả” in a table of tasks is another thing.
RECIPIENTS_WORD: Final = re.compile(r"[*_ ]*Nơi +(nhận|gửi)(?: văn bản)?[*_ ]*(:|$)", re.IGNORECASE)
_MID_SENTENCE: Final = re.compile(r"\w{1,30} ?\n ?([^\W\d_]\w{0,30})")
_ANNEX: Final = re.compile(r"phụ lục( số)?( [IVXLC0-9]{1,9})?(?= *([.:]|$))", re.IGNORECASE)

SPLIT: Final = "Đoạn có xuống dòng trong đoạn (Shift+Enter) đã được tách thành các đoạn riêng."
HEADING: Final = "Đoạn mang kiểu tiêu đề nhưng không có số; hãy chọn cấp nếu đây là một mục."
BROKEN: Final = "Có xuống dòng giữa câu; hãy xem có cần bỏ không."


@dataclass
class Line:
    """One line: a paragraph or a part of it, or a whole table. *text* is for recognising."""

    text: str
    runs: list[Run] = field(default_factory=list)
    table: Table | None = None
    remarks: Remarks = field(default_factory=Remarks)


def line_of(paragraph: Paragraph) -> Line:
    """The line of one paragraph, its number or bullet brought into the form of plans."""
    runs = stripped(paragraph.runs)
    if (broken := _MID_SENTENCE.search(text_of(runs))) and broken[1].islower():
        paragraph.remarks.add(BROKEN, broken[0].replace(BREAK, " "))
    text = _one_line(runs)
    marker = marked(text, paragraph.label)
    if marker.remark:
        paragraph.remarks.add(marker.remark, marker.as_written)
    if marker.kept:
        runs = [Run(f"{marker.kept} "), *runs]
        text = f"{marker.kept} {text}"
    runs = stripped(without(runs, marker.cut))
    rest = _one_line(runs)
    recognised = f"{marker.marker} {rest}" if marker.marker else _unmarked(rest, paragraph)
    if not marker.marker and not marker.kept and paragraph.outline < 9:
        _doubt_heading(recognised, paragraph)
    return Line(recognised, runs, remarks=paragraph.remarks)


def without(runs: list[Run], cut: int) -> list[Run]:
    """The runs without so many characters at their beginning."""
    kept: list[Run] = []
    for run in runs:
        if cut >= len(run.text):
            cut -= len(run.text)
            continue
        kept.append(replace(run, text=run.text[cut:]) if cut else run)
        cut = 0
    return kept


def stripped(runs: list[Run]) -> list[Run]:
    """The runs without blanks and breaks at both ends."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept and kept[0].text != BREAK:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and kept[-1].text != BREAK:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def parted(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph cut at its line breaks, when what follows one is a line of its own."""
    pieces = _segments(paragraph.pieces)
    texts = ["".join(piece.text for piece in each).strip() for each in pieces]
    begins = texts[0].strip(" *_").upper() == KIND or RECIPIENTS_WORD.match(texts[0])
    if len(texts) < 2 or not (begins or any(_is_marked(text) for text in texts[1:])):
        return [paragraph]
    first, *rest = pieces
    # Whoever only looks at the parts must not make the paragraph say it once more.
    remarks = Remarks()
    remarks.take(paragraph.remarks)
    remarks.add(SPLIT, " / ".join(filter(None, texts)))
    head = replace(paragraph, pieces=first, remarks=remarks)
    return [head, *(Paragraph(each, paragraph.style) for each in rest)]


def _segments(pieces: list[Piece]) -> list[list[Piece]]:
    segments: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == BREAK:
            segments.append([])
        else:
            segments[-1].append(piece)
    return segments


def _is_marked(text: str) -> bool:
    return bool(text) and read_line(text).level != "para"


def _one_line(runs: list[Run]) -> str:
    return text_of(runs).replace(BREAK, " ").replace("\u00a0", " ")


def _unmarked(text: str, paragraph: Paragraph) -> str:
    """A text without a marker, which the reader of plain text must not find one in."""
    return f"{SHIELD}{text}" if _is_marked(text) else _annexed(text, paragraph)


def _annexed(text: str, paragraph: Paragraph) -> str:
    """“Phụ lục I” on a line of its own, as the reader of plain text knows it."""
    found = _ANNEX.match(text)
    if not found or not is_annex(text, paragraph):
        return text
    return f"PHỤ LỤC{(found[2] or '').upper()}{text[found.end() :]}"


def is_annex(text: str, paragraph: Paragraph) -> bool:
    """Whether a trimmed line begins an annex: “PHỤ LỤC I”, set as a heading is."""
    is_title = paragraph.is_centred or paragraph.outline < 9 or len(text) < 20
    return is_title and _ANNEX.match(text) is not None


def length_of_annex_word(text: str, paragraph: Paragraph) -> int:
    """How much of a trimmed line only names an annex, whose number is computed."""
    found = _ANNEX.match(text)
    return found.end() if found and is_annex(text, paragraph) else 0


def _doubt_heading(text: str, paragraph: Paragraph) -> None:
    if text and text != KIND and not text.startswith("PHỤ LỤC") and not paragraph.is_centred:
        paragraph.remarks.add(HEADING)
