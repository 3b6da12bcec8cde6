"""Plans for the tests of the surface: small, real, and with every kind of block."""

from typing import Any

from portal.demo.plan import read_plan


def real_plan() -> dict[str, Any]:
    """The plan of 2022."""
    return read_plan().doc


def plan(*blocks: dict[str, Any]) -> dict[str, Any]:
    """A small plan with these blocks after its title."""
    return {
        "type": "doc",
        "content": [
            {"type": "title", "attrs": {"id": "title00000"}, "content": [_text("Trích yếu")]},
            *blocks,
            {"type": "recipients", "attrs": {"filing": "VT"}, "content": []},
            {"type": "signature", "attrs": {"id": "sign000000"}},
        ],
    }


def clause(text: str, level: str = "para", identity: str | None = None) -> dict[str, Any]:
    """A clause."""
    attrs = {"id": identity or f"b{abs(hash((text, level))) % 10**11:011d}", "level": level}
    return {"type": "clause", "attrs": attrs, "content": [_text(text)] if text else []}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def rich() -> dict[str, Any]:
    """A plan with every kind of block."""
    told = {"part": "TỔ CHỨC THỰC HIỆN", "sec": "Sở Thông tin và Truyền thông"}
    words = "Theo dõi, đôn đốc, kiểm tra việc thực hiện; báo cáo kết quả trước ngày 15 tháng 12."
    levels = ("part", "sec", "sub", "pt", "dash", "plus", "para")
    doc = plan(
        _block("basis", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
        *(clause(told.get(level, words), level) for level in levels),
        table(("STT", "Nội dung", "Thời gian"), ("1", "Tuyên truyền trên báo chí", "Quý I")),
        _block("closing", "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./."),
    )
    finance = _block("recipient", "Sở Tài chính")
    finance["attrs"] |= {"target": "STC", "purpose": "để phối hợp"}
    doc["content"][-2]["content"] = [finance, _block("recipient", "Như trên", "recipient2")]
    doc["content"][-1]["attrs"]["position"] = "pct"
    title = {"type": "annex_title", "content": [_text("Danh mục nhiệm vụ")]}
    inside = [title, clause("Việc thứ nhất", "sec")]
    doc["content"].append({"type": "annex", "attrs": {"id": "annex00000"}, "content": inside})
    return doc


def table(*rows: tuple[str, ...]) -> dict[str, Any]:
    """A table with one clause in each cell; its first row is the header if there are more."""
    lines = []
    for order, row in enumerate(rows):
        kind = "table_cell" if order or len(rows) == 1 else "table_header"
        cells = [
            {"type": kind, "content": [clause(words, identity=f"cell{order:04d}{at:04d}")]}
            for at, words in enumerate(row)
        ]
        lines.append({"type": "table_row", "content": cells})
    return {"type": "table", "attrs": {"id": "table00000"}, "content": lines}


def _block(kind: str, words: str, identity: str | None = None) -> dict[str, Any]:
    attrs = {"id": identity or f"{kind}00000"}
    return {"type": kind, "attrs": attrs, "content": [_text(words)]}
