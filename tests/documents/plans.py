"""Plans in the content model, written by hand with every component a plan can have."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from itertools import count
from typing import Any

from workflows.domain.content.canonical import Header, canonical
from workflows.domain.content.importer import import_text

Node = dict[str, Any]

AT = datetime(2026, 11, 22, 8, 12, 30, tzinfo=timezone(timedelta(hours=7)))
LATER = datetime(2026, 11, 23, tzinfo=UTC)
LONG = (
    "Chủ động phối hợp với các cơ quan báo chí theo Nghị quyết số 27/NQ-HĐND ngày 08/12/2021"
    " của Hội đồng nhân dân Thành phố. "
)
HA_NOI: Header = {
    "kind": "KẾ HOẠCH",
    "kind_code": "KH",
    "parent": None,
    "organisation": ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI"],
    "symbol": "KH-UBND",
    "place": "Hà Nội",
}
SO: Header = {
    **HA_NOI,
    "parent": "UBND THÀNH PHỐ HÀ NỘI",
    "organisation": ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
    "symbol": "KH-STTTT",
}

_ids = count()


def new_id() -> str:
    return f"khoi{next(_ids):08d}"


def text(words: str, *faces: str) -> Node:
    return {"type": "text", "text": words, "marks": [{"type": face} for face in faces]}


def block(kind: str, content: str | list[Node], **attrs: Any) -> Node:
    inline = [text(content)] if isinstance(content, str) else content
    node: Node = {"type": kind, "attrs": {"id": new_id(), **attrs}}
    return {**node, "content": inline} if inline and content else node


def clause(level: str, content: str | list[Node]) -> Node:
    return block("clause", content, level=level)


def cell(content: str, *, head: bool = False, across: int = 1, down: int = 1) -> Node:
    return {
        "type": "table_header" if head else "table_cell",
        "attrs": {"colspan": across, "rowspan": down, "colwidth": None},
        "content": [clause("para", content)],
    }


def table(*rows: Iterable[Node]) -> Node:
    content = [{"type": "table_row", "content": list(row)} for row in rows]
    return {"type": "table", "attrs": {"id": new_id()}, "content": content}


def recipients(*lines: str, filing: str = "VT, KGVX") -> Node:
    content = [block("recipient", line, target=None, purpose=None) for line in lines]
    return {"type": "recipients", "attrs": {"filing": filing}, "content": content}


def signature(*lines: str, name: str = "Nguyễn Thử Nghiệm") -> Node:
    attrs = {"id": new_id(), "position": "7", "lines": list(lines), "name": name}
    return {"type": "signature", "attrs": attrs}


def annex(title: str, *content: Node) -> Node:
    head = {"type": "annex_title", "content": [text(title)]}
    return {"type": "annex", "attrs": {"id": new_id()}, "content": [head, *content]}


def document(
    *body: Node, title: str = "Chuyển đổi số năm 2027", annexes: tuple[Node, ...] = ()
) -> Node:
    """A whole plan around *body*, which may open with bases and end with closing."""
    kinds = [node["type"] for node in body]
    closing = () if "closing" in kinds else (block("closing", "Trên đây là Kế hoạch./."),)
    return {
        "type": "doc",
        "content": [
            block("title", title),
            *body,
            *closing,
            recipients("Thường trực Thành ủy", "Các Sở, ban, ngành"),
            signature("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            *annexes,
        ],
    }


def full_document() -> Node:
    """Every component at once."""
    rows = [(cell(str(n)), cell(LONG), cell("Quý I")) for n in range(1, 41)]
    work = table(
        (cell("TT", head=True), cell("Nhiệm vụ", head=True), cell("Xong", head=True)),
        *rows,
        (cell("Cộng", across=2), cell("24")),
    )
    return document(
        block("basis", "Căn cứ Luật Tổ chức chính quyền địa phương;"),
        block("opening", "Sở ban hành Kế hoạch như sau:"),
        clause("part", "Mục đích, yêu cầu"),
        clause("sec", "Mục đích"),
        clause("dash", LONG),
        clause("part", "Nội dung"),
        clause("sec", "Hạ tầng số"),
        clause("sub", "Trung tâm dữ liệu"),
        clause("pt", [text("Điểm có "), text("chữ đậm", "strong"), text(" và nghiêng", "em")]),
        clause("plus", LONG),
        clause("sec", "Khoản không có tiêu đề kết thúc bằng dấu chấm."),
        clause("part", "Phân công"),
        work,
        annexes=(
            annex("Danh mục nhiệm vụ", table(*[(cell("a"), cell(LONG)) for _ in range(40)])),
            annex("Đề cương báo cáo", clause("part", "Kết quả"), clause("para", LONG)),
        ),
    )


def plan(doc: Node, header: Header = HA_NOI) -> bytes:
    return canonical(header, doc)


def real_document() -> Node:
    """The real plan of 2022 that the demonstration works on."""
    words = files("portal.demo").joinpath("ke-hoach-2022.txt").read_text(encoding="utf-8")
    doc: Node = import_text(words, new_id).doc
    return doc
