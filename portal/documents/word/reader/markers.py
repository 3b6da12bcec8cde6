"""Tells a paragraph's level from the number or bullet before it, typed or computed by Word."""

import re
from dataclasses import dataclass
from typing import Final

from portal.documents.word.reader.figures import is_known_bullet
from portal.documents.word.reader.numbering import Label
from workflows.domain.content.lines import read_line

# Ways to write a number that the decree does not know but everybody does. A letter must follow:
# “V-League” and “1.5 triệu” are no numbers of a clause.
_LOOSE: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"([IVX]{1,8})(?: ?[./)] ?| [-–] |: )(?=[A-ZÀ-Ỹ])"), "%s."),
    (re.compile(r"([0-9]{1,2}\.[0-9]{1,2})[.)/:]? ?(?=[^\W\d_])"), "%s"),
    (re.compile(r"([0-9]{1,2}) ?[./] ?(?=[^\W\d_])"), "%s."),
    (re.compile(r"([a-zđ])(?: ?[./] ?(?=[A-ZÀ-Ỹ])|\))"), "%s)"),
    (re.compile(r"([·▪◦●○■□✓➢❖➤∙])\s*(?=\S)"), "-"),
    (re.compile(r"[-–—•](?=[^\W\d_])"), "-"),
    (re.compile(r"\+(?=[^\W\d_])"), "+"),
)
# “1.500 người”: the point parts thousands; “1.5 triệu”: a khoản would begin with a capital.
_FIGURE: Final = re.compile(r"[0-9]{1,3}\.([0-9]{3} |[0-9]{1,2} +(?=[^\W\d_]))")
_BULLETS: Final = frozenset("-–—•+")
_OTHER_SYSTEM: Final = re.compile(r"(Phần|Chương|Điều|Mục|Tiểu mục) (thứ |[IVXLC0-9]{1,6}\b)")

LOOSE: Final = "Số hoặc dấu đầu dòng viết khác thể thức; được hiểu là cấp này."
UNKNOWN_NUMBER: Final = (
    "Thể thức của kế hoạch không có kiểu số này; số được giữ thành chữ trong đoạn văn."
)
OTHER_SYSTEM: Final = (
    "Kế hoạch chia theo phần (I.), mục (1.), khoản (1.1), điểm (a)); "
    "dòng này được giữ thành đoạn văn, hãy chọn cấp."
)
ODD_BULLET: Final = "Dấu đầu dòng của tệp được đổi thành gạch đầu dòng."
NESTED_BULLET: Final = "Gạch đầu dòng cấp dưới được đổi thành dấu cộng."


@dataclass(frozen=True, slots=True)
class Marked:
    """The marker in the form that plans use; *cut* is how much of the text it took.

    *kept* is a computed number that is no marker and so becomes text.
    """

    marker: str = ""
    cut: int = 0
    kept: str = ""
    remark: str = ""
    as_written: str = ""


def marked(text: str, label: Label | None) -> Marked:
    """What stands before a paragraph; *text* is without blanks at its ends."""
    plain = text.replace("\u00a0", " ")
    return _computed(label) if label is not None else _typed(plain)


def _computed(label: Label) -> Marked:
    if label.is_bullet:
        if label.text == "+":
            return Marked("+")
        if label.depth and label.text in ("o", "○", "◦", "\uf06f"):
            return Marked("+", remark=NESTED_BULLET, as_written=label.text)
        is_known = is_known_bullet(label.text)
        # Symbol and Wingdings: nothing that could be shown.
        shown = label.text if label.text.isprintable() else ""
        return Marked("-", remark="" if is_known else ODD_BULLET, as_written=shown)
    line = read_line(f"{label.text} x")
    if line.level != "para":
        return Marked(line.typed)
    loose = _loose(f"{label.text} X")
    if loose is not None:
        return Marked(loose.marker, remark=LOOSE, as_written=label.text)
    return Marked(kept=label.text, remark=UNKNOWN_NUMBER, as_written=label.text)


def _typed(text: str) -> Marked:
    if (figure := _FIGURE.match(text)) and not text[figure.end() :][:1].isupper():
        return Marked()
    line = read_line(text)
    if line.level != "para":
        return Marked(line.typed, len(text) - len(line.text))
    loose = _loose(text)
    if loose is not None:
        return loose
    if _OTHER_SYSTEM.match(text):
        return Marked(remark=OTHER_SYSTEM, as_written=text)
    return Marked()


def _loose(text: str) -> Marked | None:
    for pattern, form in _LOOSE:
        found = pattern.match(text)
        if found:
            marker = form % found[1] if "%s" in form else form
            if read_line(f"{marker} x").level != "para":
                # A dash close to its text is only careless.
                remark = "" if found[0] in _BULLETS else LOOSE
                return Marked(marker, found.end(), remark=remark, as_written=found[0].strip())
    return None
