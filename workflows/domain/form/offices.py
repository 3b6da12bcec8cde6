"""Rules on capitals in offices held by people and in the names of holidays (Phụ lục II, mục V)."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.form.findings import Hit, at, matched
from workflows.domain.form.letters import LOWER, SPACE, UPPER, spaced
from workflows.domain.form.sheet import Sheet

_OFFICES: Final = (
    *("Phó Thủ tướng", "Thủ tướng", "Phó Chủ tịch", "Chủ tịch", "Phó Giám đốc", "Giám đốc"),
    *("Bộ trưởng", "Thứ trưởng", "Phó Chánh Văn phòng", "Chánh Văn phòng", "Bí thư", "Phó Bí thư"),
)
_DEGREES: Final = ("Phó Giáo sư", "Giáo sư", "Tiến sĩ", "Thạc sĩ", "Bác sĩ", "Kỹ sư")
_RIGHT: Final = {name.casefold(): name for name in (*_OFFICES, *_DEGREES)}


def _any(names: tuple[str, ...]) -> str:
    return "|".join(spaced(name) for name in sorted(names, key=len, reverse=True))


_SURNAMES: Final = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ"),
    *("Hồ", "Ngô", "Dương", "Lý", "Chử", "Đinh", "Đào", "Trịnh", "Trương", "Lương", "Tôn", "Hà"),
)
_PERSON: Final = rf"(?:{'|'.join(_SURNAMES)}){SPACE}[{UPPER}][{LOWER}]"
# Of “các phó chủ tịch”, “chủ tịch UBND cấp xã” nobody is meant in particular.
_MANY: Final = rf"(?:các|những|mỗi|từng|cấp|quận{SPACE}*,|xã|phường)"
_BODY: Final = (
    rf"(?:(?:Ủy{SPACE}ban|Hội{SPACE}đồng){SPACE}nhân{SPACE}dân|UBND|HĐND|Quốc{SPACE}hội"
    rf"|Chính{SPACE}phủ|nước|Sở{SPACE}[{UPPER}]|Bộ{SPACE}[{UPPER}])(?!\w{{0,8}}{SPACE}+{_MANY})"
)
_OFFICE: Final = re.compile(
    rf"(?<!\w)(?<!ác{SPACE})(?<!ững{SPACE})(?<!anh{SPACE})(?<!ột{SPACE})(?<!hó{SPACE})"
    rf"(?:(?P<office>(?i:{_any(_OFFICES)}))(?={SPACE}+(?:{_BODY}|{_PERSON}))"
    rf"|(?P<degree>(?i:{_any(_DEGREES)}))(?={SPACE}+{_PERSON}))"
)
_DAYS: Final = (
    *("Quốc khánh", "Quốc tế Lao động", "Quốc tế Phụ nữ", "Quốc tế Thiếu nhi", "Phụ nữ Việt Nam"),
    *("Nhà giáo Việt Nam", "Thầy thuốc Việt Nam", "Gia đình Việt Nam", "Pháp luật Việt Nam"),
    *("Thương binh - Liệt sĩ", "Giải phóng Thủ đô", "Tổng tuyển cử đầu tiên"),
)
_FEASTS: Final = ("Nguyên đán", "Đoan ngọ", "Trung thu")
_NAMED: Final = {name.casefold(): name for name in (*_DAYS, *_FEASTS)}
_HOLIDAY: Final = re.compile(
    rf"(?<!\w)(?:(?:ngày|lễ){SPACE}+(?P<day>{_any(_DAYS)})"
    rf"|tết{SPACE}+(?P<feast>{_any(_FEASTS)}))(?!\w)",
    re.IGNORECASE,
)


def capital_office(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _OFFICE.finditer(block.text):
            right = _RIGHT[" ".join(found[0].casefold().split())]
            if not found[0].isupper() and " ".join(found[0].split()) != right:
                sentence = (
                    f"Chức vụ, học vị của người cụ thể viết hoa: “{right}”, không “{found[0]}”."
                )
                yield matched(block, found, sentence, right)


def capital_holiday(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _HOLIDAY.finditer(block.text):
            group = "day" if found["day"] else "feast"
            written = found[group]
            right = _NAMED[" ".join(written.casefold().split())]
            if not written.isupper() and " ".join(written.split()) != right:
                sentence = f"Tên ngày lễ, ngày tết viết là “{right}”, không viết “{written}”."
                yield at(block, *found.span(group), sentence, right)
