"""Kiểm tra bộ chứng cứ này mà không cần hệ thống đã tạo ra nó. Cách dùng: python3 verify.py

Chỉ cần Python 3.9 trở lên. Mã kết thúc 0: mọi thứ khớp. Mã kết thúc 1: có chỗ không khớp.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Dict, List  # noqa: UP035  # The auditor's Python may be an old one.

Event = Dict[str, Any]  # noqa: UP006


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def event_hash(event: Event) -> str:
    """SHA-256 of the canonical JSON of every field but `hash`."""
    covered = {key: value for key, value in event.items() if key != "hash"}
    text = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode())


def faults_of_files(folder: Path) -> List[str]:  # noqa: UP006
    faults = []
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file():
            faults.append(f"Thiếu tệp {name}.")
        elif sha256(path.read_bytes()) != wanted:
            faults.append(f"Tệp {name} đã bị thay đổi.")
    return faults


def faults_of_events(events: List[Event]) -> List[str]:  # noqa: UP006
    """Each event alone, and next to its neighbour; other plans' events lie in between."""
    faults = []
    for event in events:
        if event_hash(event) != event["hash"]:
            faults.append(f"Sự kiện số {event['seq']} đã bị sửa.")
    for before, after in zip(events, events[1:]):  # noqa: B905, RUF007  # See above: old Pythons.
        if after["seq"] <= before["seq"]:
            faults.append(f"Sự kiện số {after['seq']} không đứng đúng chỗ.")
        if after["seq"] == before["seq"] + 1 and after["previous_hash"] != before["hash"]:
            faults.append(f"Sự kiện số {after['seq']} không nối với sự kiện đứng trước.")
    return faults


def faults_of_versions(folder: Path, events: List[Event]) -> List[str]:  # noqa: UP006
    """Every text that an event speaks of must be here with the digest that the event gives."""
    faults = []
    said = {
        (e["version_number"], e["digest"]) for e in events if e["version_number"] and e["digest"]
    }
    for number, wanted in sorted(said):
        path = folder / "versions" / f"v{number}.json"
        if not path.is_file():
            faults.append(f"Thiếu phiên bản {number}.")
        elif sha256(path.read_bytes()) != wanted:
            faults.append(f"Phiên bản {number} không khớp với sự kiện đã ghi.")
    return faults


def faults_of_pdf(folder: Path, events: List[Event]) -> List[str]:  # noqa: UP006
    seals = [event for event in events if event["act"] == "seal"]
    path = folder / "issued.pdf"
    if not seals:
        return ["Có tệp đã ban hành nhưng không có sự kiện đóng dấu."] if path.exists() else []
    if not path.is_file():
        return ["Thiếu tệp đã ban hành issued.pdf."]
    if sha256(path.read_bytes()) != seals[-1]["details"].get("issued_sha256"):
        return ["Tệp issued.pdf không khớp với sự kiện đóng dấu."]
    return []


def faults(folder: Path) -> List[str]:  # noqa: UP006
    found = faults_of_files(folder)
    text = (folder / "events.jsonl").read_text("utf-8")
    events = [json.loads(line) for line in text.split("\n") if line]
    return (
        found
        + faults_of_events(events)
        + faults_of_versions(folder, events)
        + faults_of_pdf(folder, events)
    )


def main() -> int:
    found = faults(Path(__file__).resolve().parent)
    for fault in found:
        sys.stdout.write(f"SAI: {fault}\n")
    if not found:
        sys.stdout.write("Bộ chứng cứ nguyên vẹn: mọi tệp, sự kiện và phiên bản đều khớp.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
