"""The hash chain of the audit record: what an event's hash covers, and how a chain is walked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


def event_hash(event: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of every field but the hash itself.

    Times are ISO 8601 in UTC, ids are strings; *previous_hash* is among the fields.
    """
    covered = {key: value for key, value in event.items() if key != "hash"}
    text = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first event of a chain that is not as it was written."""

    seq: int
    sentence: str


def first_break(
    events: Iterable[Mapping[str, Any]], *, head_seq: int, head_hash: str
) -> Break | None:
    """Walk *events* in order of seq; None when every one is as it was written."""
    seq, previous = 0, GENESIS
    for event in events:
        if event["seq"] != seq + 1:
            return Break(seq + 1, "Sự kiện này không còn trong nhật ký.")
        seq = seq + 1
        if event["previous_hash"] != previous:
            return Break(seq, "Sự kiện này không nối với sự kiện đứng trước.")
        if event_hash(event) != event["hash"]:
            return Break(seq, "Nội dung của sự kiện này đã bị sửa.")
        previous = event["hash"]
    if seq < head_seq:
        return Break(seq + 1, "Sự kiện này và các sự kiện sau nó không còn trong nhật ký.")
    if (seq, previous) != (head_seq, head_hash):
        return Break(seq, "Đầu chuỗi không khớp với sự kiện cuối cùng.")
    return None
