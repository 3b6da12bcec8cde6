"""Rules on Nơi nhận: its lines, its purposes, and the line Lưu."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.recipients import read_filing
from workflows.domain.content.suspicions import glued_filing
from workflows.domain.form.findings import Hit, at, on
from workflows.domain.form.letters import SPACE, UPPER
from workflows.domain.form.sheet import Receiver, Sheet

_LEAD: Final = re.compile(rf"{SPACE}*(?:[-–—•+*]{SPACE}*)?(?:Lưu{SPACE}*:)?")
_TAIL: Final = re.compile(r"[;.,]\s*\Z")
_SEVERAL: Final = re.compile(r"[;\n](?=\s*\S)")
_ABOVE: Final = re.compile(rf"Như{SPACE}+(?:trên|Điều)", re.IGNORECASE)
_FILING: Final = re.compile(rf"VT(?:,{SPACE}?[{UPPER}][^,]{{0,60}})+")
_SUPERIOR: Final = re.compile(
    "(?:Thường trực (?:Thành ủy|Tỉnh ủy|HĐND|Hội đồng nhân dân)|Ban Thường vụ|Thành ủy|Tỉnh ủy"
    "|Thủ tướng|Chính phủ|Văn phòng Chính phủ|Ban Bí thư|Bộ [A-ZĐÀ-Ỹ])".replace(" ", f"{SPACE}+")
)
_TOLD: Final = re.compile(rf"\((?:để{SPACE}|b/c)", re.IGNORECASE)
_EVERY: Final = re.compile(rf"(?:các|những){SPACE}+sở(?!\w)", re.IGNORECASE)
# Kinds with “Kính gửi”; “Như Điều …” is of decisions and resolutions.
_ADDRESSED: Final = ("CÔNG VĂN", "TỜ TRÌNH", "BÁO CÁO", "QUYẾT ĐỊNH", "NGHỊ QUYẾT")
_MOST: Final = 4
# The longest names of bodies have a dozen.
_WORDS: Final = 16


def filing_vt(sheet: Sheet) -> Iterator[Hit]:
    [filing] = sheet.of_kind("filing")
    bare = read_filing(filing.text.strip())
    if bare and not re.match(r"VT(?!\w)", bare):
        yield on(filing, "Dòng Lưu phải bắt đầu bằng “VT” (Văn thư). Ví dụ: VT, KGVX.")


def filing_shape(sheet: Sheet) -> Iterator[Hit]:
    [filing] = sheet.of_kind("filing")
    text = filing.text.strip()
    if not re.match(r"VT(?!\w)", text):
        return
    for doubt in glued_filing(0, text):
        yield Hit(doubt.sentence, filing.place, filing.id, suggestion=doubt.suggestion)
    if text == "VT":
        yield on(filing, "Sau “VT” hãy ghi chữ viết tắt của đơn vị soạn thảo. Ví dụ: VT, KGVX.")
    elif not _FILING.fullmatch(text) or text.endswith((".", ";")):
        yield on(
            filing,
            "Dòng Lưu gồm “VT”, dấu phẩy, chữ viết tắt của đơn vị soạn thảo, không có dấu ở cuối "
            "vì hệ thống tự thêm. Ví dụ: VT, KGVX.",
        )


def recipient_marks(sheet: Sheet) -> Iterator[Hit]:
    for line in sheet.receivers:
        lead, tail = _LEAD.match(line.name), _TAIL.search(line.name)
        if lead and lead[0].strip():
            yield at(line.block, 0, lead.end(), _typed(lead[0].strip()), "")
        elif tail:
            yield at(line.block, tail.start(), tail.end(), _typed(tail[0].strip()), "")


def recipient_line(sheet: Sheet) -> Iterator[Hit]:
    for line in sheet.receivers:
        if not line.name.strip():
            yield on(line.block, "Dòng nơi nhận này trống. Hãy ghi tên nơi nhận hoặc xoá dòng.")
        elif found := _SEVERAL.search(line.name):
            sentence = "Mỗi nơi nhận hoặc nhóm nơi nhận ở một dòng riêng. Hãy tách dòng này."
            yield at(line.block, found.start(), found.start() + 1, sentence)


def _typed(mark: str) -> str:
    if "Lưu" in mark:
        return "Dòng Lưu có ô riêng. Hãy chuyển nội dung này sang dòng Lưu."
    return f"Dấu “{mark}” do hệ thống tự thêm khi in. Hãy xoá khỏi tên nơi nhận."


def recipient_above(sheet: Sheet) -> Iterator[Hit]:
    for line in sheet.receivers:
        if sheet.kind not in _ADDRESSED and (found := _ABOVE.match(line.name)):
            sentence = (
                f"“{found[0]}” không dùng trong {sheet.kind.lower()}: văn bản không có phần "
                "Kính gửi. Hãy ghi tên nơi nhận."
            )
            yield at(line.block, 0, found.end(), sentence)


def recipient_twice(sheet: Sheet) -> Iterator[Hit]:
    seen: set[str] = set()
    for line in sheet.receivers:
        name = " ".join(line.name.casefold().replace("uỷ", "ủy").split())
        if name and name in seen:
            yield on(line.block, f"“{line.name.strip()}” đã có ở trên. Hãy bỏ một dòng.")
        seen.add(name)


def recipient_superior(sheet: Sheet) -> Iterator[Hit]:
    found = [line for line in sheet.receivers if _lacks_purpose(line)]
    if found:
        names = "; ".join(line.name.strip() for line in found[:_MOST])
        more = f" và {len(found) - _MOST} nơi khác" if len(found) > _MOST else ""
        sentence = f"Nơi nhận là cấp trên thường ghi mục đích “để b/c”: {names}{more}."
        yield on(found[0].block, sentence)


def _lacks_purpose(line: Receiver) -> bool:
    is_told = line.purpose or _TOLD.search(line.name)
    return not is_told and _SUPERIOR.match(line.name) is not None


def recipient_assignee(sheet: Sheet) -> Iterator[Hit]:
    """A Sở that is given tasks should receive the plan, by its name or among all of them."""
    names = sorted(filter(None, (" ".join(line.name.split()) for line in sheet.receivers)))
    if any(_EVERY.search(name) for name in names):
        return
    known = frozenset(names)
    for block in sheet.main:
        body = " ".join(block.text.split())
        if block.level == "sec" and body.startswith("Sở ") and not _among(body, names, known):
            yield on(block, f"“{body[:80]}” được giao việc nhưng không có trong Nơi nhận.")


def _among(body: str, names: list[str], known: frozenset[str]) -> bool:
    """Whether a name begins with *body*, or *body* with a name; *names* are in order."""
    next_name = bisect_left(names, body)
    if next_name < len(names) and names[next_name].startswith(body):
        return True
    words = body.split(" ")[:_WORDS]
    return any(" ".join(words[:size]).rstrip(",;:.") in known for size in range(1, len(words) + 1))
