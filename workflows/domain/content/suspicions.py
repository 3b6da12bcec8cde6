"""Words that a scanner is known to misread; the text is kept, the drafter is told."""

import re
from collections.abc import Iterator

from workflows.domain.content.reading import Doubt, Source

# What was read, what it should perhaps be. Whole words only.
MISREADINGS: tuple[tuple[str, str], ...] = (
    ("Công GTĐT", "Cổng GTĐT"),
    ("Công Giao tiếp điện tử", "Cổng Giao tiếp điện tử"),
    ("Công thông tin điện tử", "Cổng thông tin điện tử"),
    ("cáp nước", "cấp nước"),
    ("Uy ban", "Ủy ban"),
    ("Uỷ bản", "Uỷ ban"),
    ("Ủy bản", "Ủy ban"),
    ("Hà Nôi", "Hà Nội"),
    ("nhiệm vu", "nhiệm vụ"),
)
_PATTERNS = tuple(
    (re.compile(rf"\b{re.escape(read)}\b"), read, meant) for read, meant in MISREADINGS
)
_GLUED = re.compile(r"\b([A-ZĐ]{3,12})([A-ZĐ][a-zđ]{1,2})\b")


def misreadings(line: Source) -> Iterator[Doubt]:
    """A doubt for each known misreading on a line."""
    for pattern, read, meant in _PATTERNS:
        times = len(pattern.findall(line.text))
        if times:
            often = f" ({times} lần)" if times > 1 else ""
            sentence = f"“{read}”{often} có lẽ do máy đọc sai; văn bản được giữ nguyên."
            yield Doubt(line.number, sentence, read, meant)


def glued_filing(number: int, filing: str) -> Iterator[Doubt]:
    """A doubt when the drafter's mark is glued to the unit's abbreviation: “KGVXHg”."""
    apart = _GLUED.sub(r"\1, \2", filing)
    if apart != filing:
        sentence = "Ký hiệu người soạn dính liền với tên viết tắt của đơn vị trong dòng Lưu."
        yield Doubt(number, sentence, filing, apart)
