"""A short fictitious plan, long enough that number and signature stand on different pages."""

import json
from typing import Any

SIGNER = "Trần Minh Thử"
TITLE = "Phó Chủ tịch"
ORGANISATION = "Ủy ban nhân dân thành phố Hà Nội"
NUMBER = "38"
DATE = "Hà Nội, ngày 01 tháng 02 năm 2023"


def canonical_plan() -> bytes:
    """The canonical bytes of one frozen version."""
    content = [
        _block("title", 0, "Triển khai công tác thử nghiệm năm 2023"),
        _block("opening", 1, "Ủy ban nhân dân Thành phố ban hành Kế hoạch như sau:"),
        _clause(2, "part", "Mục đích, yêu cầu"),
        *(_clause(place, "dash", f"Việc thứ {place} của năm. " * 6) for place in range(3, 30)),
        _block("closing", 30, "Trên đây là Kế hoạch triển khai công tác thử nghiệm./."),
        _recipients(),
        _signature(),
    ]
    version = {
        "format": "trinh-ky/plan@1",
        "header": {
            "kind": "KẾ HOẠCH",
            "kind_code": "KH",
            "parent": None,
            "organisation": ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI"],
            "symbol": "KH-UBND",
            "place": "Hà Nội",
        },
        "doc": {"type": "doc", "content": content},
    }
    return json.dumps(version, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _id(place: int) -> str:
    return f"khoithu{place:03d}"


def _block(kind: str, place: int, text: str, **attrs: object) -> dict[str, Any]:
    return {
        "type": kind,
        "attrs": {"id": _id(place), **attrs},
        "content": [{"type": "text", "text": text.strip()}],
    }


def _clause(place: int, level: str, text: str) -> dict[str, Any]:
    return _block("clause", place, text, level=level)


def _recipients() -> dict[str, Any]:
    return {
        "type": "recipients",
        "attrs": {"id": _id(31), "filing": "VT, KGVX"},
        "content": [_block("recipient", 32, "Các Sở, ban, ngành", target=None, purpose=None)],
    }


def _signature() -> dict[str, Any]:
    lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    attrs = {"id": _id(33), "position": None, "lines": lines, "name": SIGNER}
    return {"type": "signature", "attrs": attrs}
