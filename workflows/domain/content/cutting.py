"""Cuts a whole plan, as plain text, into the parts that a Kế hoạch has (Mẫu 1.4).

What the page generates itself - agency, Quốc hiệu, number, date, signature - is left out, line by
line, and every line left out is told.
"""

import re

from workflows.domain.content.lines import read_line
from workflows.domain.content.numbering import annex_label, roman
from workflows.domain.content.parts import KIND, Cut, bare, first_line, is_signing
from workflows.domain.content.preamble import take_preamble, take_title
from workflows.domain.content.reading import Doubt, Source
from workflows.domain.content.tabletext import is_row

_ROOM_FOR_HEADER = 60
_SIGNING_LINES = 20
_HEADER = re.compile(
    r"(ỦY BAN|UỶ BAN|UBND|SỞ |THÀNH PHỐ |CỘNG H|Độc lập|Số *:|[^,]{1,40}, *ngày )", re.IGNORECASE
)
_RECIPIENTS = re.compile(r"Nơi +(?:nhận|gửi)(?: văn bản)? *:?", re.IGNORECASE)
_ANNEX = re.compile(r"PHỤ LỤC( +[IVXLC0-9]{1,9})?( *[.:]| *$)")
_WITH_ANNEX = re.compile(r"\( *Kèm theo", re.IGNORECASE)
_END = "./."
_OFFICE = re.compile(r"(PHÓ |CHỦ TỊCH|GIÁM ĐỐC|CHÁNH |TRƯỞNG |THỦ TRƯỞNG|BỘ TRƯỞNG|QUYỀN )")
_SENTENCE = 8
_WORDS = re.compile(r"[^\W\d_]{2,}")
REFERENCE = "Dòng dẫn chiếu của phụ lục do hệ thống tạo; được bỏ qua."
AFTER_THE_END = (
    "Dòng sau phần kết (chữ ký, dấu, số trang) không thuộc văn bản; dòng này được bỏ qua."
)
EARLY_END = "Dấu “./.” đứng ở đây, nhưng văn bản còn tiếp; phần sau được giữ. Hãy xem lại chỗ này."


def cut(lines: list[Source]) -> Cut:
    """Find the parts."""
    whole = Cut()
    rest = _take_header(lines, whole)
    main, tail, annexes = _three(rest)
    _take_annexes(annexes, whole)
    main = _take_ending(main, tail, whole)
    main = take_title(main, whole)
    take_preamble(main, whole)
    whole.recipients = tail
    return whole


def without_recipients_word(text: str) -> str:
    """What follows “Nơi nhận:” on its line."""
    found = _RECIPIENTS.match(bare(text))
    return bare(text)[found.end() :].strip(" *") if found else text


def _take_header(lines: list[Source], whole: Cut) -> list[Source]:
    head = lines[:_ROOM_FOR_HEADER]
    at = first_line(head, lambda text: bare(text) == KIND)
    if at is None:
        at = first_line(head, _is_kind_and_title)
    if at is None:
        at = first_line(lines, lambda text: bool(text) and not _HEADER.match(bare(text)))
        at = len(lines) if at is None else at
        sentence = f"Không thấy dòng “{KIND}”; dòng này được coi là trích yếu."
        whole.doubts += [Doubt(line.number, sentence, line.text) for line in lines[at : at + 1]]
        if not lines[at:]:
            whole.doubts.append(Doubt(1, "Không có nội dung nào để đọc.", ""))
    why = "Phần đầu trang (cơ quan, Quốc hiệu, số, ngày) do hệ thống tạo; dòng này được bỏ qua."
    whole.leave_out(lines[:at], why)
    return lines[at:]


def _is_kind_and_title(text: str) -> bool:
    return bare(text).startswith(f"{KIND} ") and not bare(text).startswith(f"{KIND} VÀ ĐẦU TƯ")


def _three(lines: list[Source]) -> tuple[list[Source], list[Source], list[Source]]:
    """The main text, Nơi nhận with what follows it, and the annexes."""
    marks = [at for at, line in enumerate(lines) if _is_recipients(line.text)]
    after = [at for at, line in enumerate(lines) if _ANNEX.match(bare(line.text))]
    first = marks[-1] if marks else None
    if marks and after:
        # An annex may have a Nơi nhận of its own; the plan's is the last one before it.
        ahead = [mark for mark in marks if mark < after[-1]]
        first = ahead[0] if ahead else first
    annex = next((at for at in after if first is None or at > first), len(lines))
    if first is None:
        return lines[:annex], [], lines[annex:]
    return lines[:first], lines[first:annex], lines[annex:]


def _is_recipients(text: str) -> bool:
    found = _RECIPIENTS.match(bare(text))
    return found is not None and (":" in found[0] or found.end() == len(bare(text)))


def _take_ending(main: list[Source], tail: list[Source], whole: Cut) -> list[Source]:
    """Take the closing off the end of *main*, and leave out what stands below it."""
    ends = [at for at, line in enumerate(main) if bare(line.text).endswith(_END)]
    for at in ends[:-1]:
        whole.doubts.append(Doubt(main[at].number, EARLY_END, main[at].text))
    if ends and _goes_on(main[ends[-1] + 1 :]):
        early = main[ends[-1]]
        whole.doubts.append(Doubt(early.number, EARLY_END, early.text))
        ends = []
    if ends:
        end = ends[-1] + 1
    else:
        filled = [at for at, line in enumerate(main) if line.text]
        near = filled[-_SIGNING_LINES:]
        end = next((at for at in near if is_signing(main[at].text)), len(main))
    whole.leave_out(main[end:], AFTER_THE_END)
    start = _closing_start(main[:end], bool(ends))
    whole.closing = [line for line in main[start:end] if line.text]
    if whole.closing and not ends:
        last = whole.closing[-1]
        whole.doubts.append(
            Doubt(last.number, f"Phần kết thiếu dấu “{_END}” ở cuối.", last.text, _END)
        )
    return main[:start]


def _goes_on(rest: list[Source]) -> bool:
    """Whether there is a text after “./.”, and not only a signature and what a scanner saw."""
    signing = first_line(rest, is_signing)
    above = rest if signing is None else rest[:signing]
    return any(is_row(line.text) or _is_clause(line.text) for line in above)


def _is_clause(text: str) -> bool:
    """Whether a line has a number and words, or is a whole sentence."""
    words = len(_WORDS.findall(text))
    is_sentence = words > _SENTENCE and bare(text)[-1:] in (".", ";", ":")
    return (words > 1 and read_line(text).level != "para") or is_sentence


def _closing_start(main: list[Source], is_ended: bool) -> int:
    filled = [at for at, line in enumerate(main) if line.text]
    start = len(main)
    for at in reversed(filled[-6:]):
        text = main[at].text
        if read_line(text).level != "para" or is_row(text):
            break
        if bare(text).startswith("Trên đây"):
            return at
        if is_ended and start == len(main):
            start = at
    return start


def _take_annexes(lines: list[Source], whole: Cut) -> None:
    typed: list[str] = []
    for line in lines:
        found = _ANNEX.match(bare(line.text))
        if found:
            typed.append((found[1] or "").strip())
            title = bare(line.text)[found.end() :].strip()
            whole.annexes.append(([Source(line.number, title)] if title else [], []))
            continue
        title_lines, content = whole.annexes[-1]
        if is_reference(line.text):
            whole.leave_out([line], REFERENCE)
        elif _is_annex_title(line.text, title_lines, content):
            title_lines.append(Source(line.number, bare(line.text)))
        elif line.text or content:
            content.append(line)
    for order, number in enumerate(typed, start=1):
        _check_annex(order, number, whole)


def _check_annex(order: int, typed: str, whole: Cut) -> None:
    if not typed or typed in (roman(order), str(order), f"{order:02d}"):
        return
    title, content = whole.annexes[order - 1]
    label = annex_label(order, len(whole.annexes))
    sentence = (
        f"Số phụ lục gõ vào là “{typed}”, nhãn được đánh tự động là “{label}”. "
        "Hãy xem có thiếu hay thừa phụ lục nào không."
    )
    for line in [*title, *content][:1]:
        whole.doubts.append(Doubt(line.number, sentence, f"Phụ lục {typed}", label))


def is_reference(text: str) -> bool:
    """Whether a line only says to which plan an annex belongs: “(Kèm theo Kế hoạch số …)”."""
    return _WITH_ANNEX.match(bare(text)) is not None


def is_heading_of_annex(text: str) -> bool:
    """Whether a line above a table may name it: in capitals, and of no signature."""
    said = bare(text)
    if is_reference(text):
        return True
    is_name = said == said.upper() and len(said) > 5 and not _OFFICE.match(said)
    return is_name and not is_signing(text) and read_line(said).level == "para"


def _is_annex_title(text: str, title: list[Source], content: list[Source]) -> bool:
    if not text or content or is_row(text) or read_line(text).level != "para":
        return False
    return (not title and len(text) <= 300) or bare(text) == bare(text).upper()
