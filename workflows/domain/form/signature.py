"""Rules on the signature: its powers in their legal order, and the bare name below."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workflows.domain.form.findings import Hit, on
from workflows.domain.form.letters import LOWER, SPACE, is_shouted
from workflows.domain.form.sheet import Sheet

_PREFIX: Final = re.compile(rf"(TM|KT|TL|TUQ|Q)\.{SPACE}+\S")
_SLIP: Final = re.compile(rf"(?:T/M|K/T|T/L|T\.M|K\.T|T\.L|TM|KT|TL|TUQ)(?!\w|\.{SPACE})")
_DEPUTY: Final = re.compile(r"(?:PHÓ|THỨ TRƯỞNG)(?!\w)")
_DEGREE: Final = re.compile(
    r"(?:(?:GS|PGS|TSKH|TS|ThS|Ths|BS|BSCK\w*|KS|CN|NGND|NGƯT|NSND|NSƯT|TTND|TTƯT)(?:\.|\s)"
    r"|Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân)"
)


def signature_prefix(sheet: Sheet) -> Iterator[Hit]:
    """The lines are generated from the position; those of a text from elsewhere may be wrong."""
    fault = _fault([line.strip().upper() for line in sheet.signature["lines"]])
    if fault:
        yield on(sheet.signature_block, fault)


def _fault(lines: Sequence[str]) -> str | None:
    slip = next((found[0] for line in lines if (found := _SLIP.match(line))), None)
    if slip:
        return f"“{slip}” không đúng cách ghi quyền hạn. Hãy ghi “TM.”, “KT.”, “TL.”, “TUQ.”."
    prefixes = [found[1] if (found := _PREFIX.match(line)) else "" for line in lines]
    if "TM" in prefixes[1:]:
        return "“TM.” phải ở dòng đầu của khối chữ ký, trước tên tập thể hoặc cơ quan."
    return _bare(lines, prefixes)


def _bare(lines: Sequence[str], prefixes: Sequence[str]) -> str | None:
    """What stands below each prefix: the signer's own title, a deputy's below KT."""
    for place, prefix in enumerate(prefixes):
        below = lines[place + 1] if place + 1 < len(lines) else ""
        if prefix in ("TM", "KT", "TL", "TUQ") and not below:
            return f"Dưới dòng “{prefix}.” chưa có chức vụ của người ký."
        if prefix == "KT" and not _DEPUTY.match(below):
            return f"Ký thay (KT.) là của cấp phó; “{below.capitalize()}” không phải cấp phó."
    return None


def signer_case(sheet: Sheet) -> Iterator[Hit]:
    small = [line for line in sheet.signature["lines"] if line != line.upper()]
    if small:
        right = small[0].upper()
        sentence = f"Quyền hạn, chức vụ của người ký in hoa: “{right}”, không viết “{small[0]}”."
        yield on(sheet.signature_block, sentence)
    name = sheet.signature["name"].strip()
    is_small = any(word[0] in LOWER for word in name.split())
    if name and not _DEGREE.match(name) and (is_shouted(name) or is_small):
        right = " ".join(word.capitalize() for word in name.split())
        sentence = f"Họ tên người ký in thường, viết hoa chữ cái đầu mỗi âm tiết: “{right}”."
        yield on(sheet.signature_block, sentence)


def signer_degree(sheet: Sheet) -> Iterator[Hit]:
    found = _DEGREE.match(sheet.signature["name"].strip())
    if found:
        sentence = (
            f"Trước họ tên người ký không ghi “{found[0].strip()}” (học hàm, học vị, danh hiệu)."
        )
        yield on(sheet.signature_block, sentence)
