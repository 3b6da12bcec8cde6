"""Prints a redline with both texts named on every page, readable in black and white."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from portal.documents.changes import LEVEL_WORDS, MARK_WORDS, Change, Mark
from portal.documents.composition import LONGEST_WORD, breakable
from portal.documents.isolation import typeset_isolated
from portal.documents.redline_items import (
    Context,
    Entry,
    Gap,
    Item,
    Layout,
    Renumbered,
    TableEntry,
    TableRow,
)
from portal.documents.redline_rows import CellView
from workflows.domain.content.coverage import unprintable

Json = dict[str, Any]
Piece = tuple[str, str]

WARNING = "Bản so sánh – không có giá trị pháp lý"
ROLES = ("Bản cũ", "Bản mới")
LEGEND = (
    ("deleted", "chữ", "phần bỏ"),
    ("inserted", "chữ", "phần thêm"),
    ("restyled", "chữ", "chữ đổi kiểu (đậm, nghiêng)"),
    ("seam", "", "chỗ nối hai đoạn"),
)
ROWS = {"insert": "Thêm hàng", "delete": "Bỏ hàng cũ", "move": "Chuyển hàng", "same": "Hàng"}
# So long a heading or a name is cut off: it is repeated where the whole is not needed.
LONGEST_HEADING, LONGEST_NAME = 160, 36
LONGEST_WORD_IN_CELLS = 12


def redline_pdf(
    layout: Layout,
    *,
    title: str,
    names: tuple[str, str],
    digests: tuple[str, str],
    any_placement: bool,
    at: dt.datetime,
) -> bytes:
    """Typeset the redline as it is laid out; the same bytes for the same arguments.

    Raises RenderingFailed or TypesetterBusy: whoever reads two texts may ask, at any time.
    """
    sides = [
        {
            "role": role,
            "name": _plain(name),
            "short": f"{_plain(_cut(name, LONGEST_NAME))} · {digest[:12]}…",
            "digest": f"SHA-256 {breakable(digest, LONGEST_WORD)}",
        }
        for role, name, digest in zip(ROLES, names, digests, strict=True)
    ]
    counts = "; ".join(f"{MARK_WORDS[mark]}: {count}" for mark, count in layout.counts.items())
    whole = {
        "heading": "BẢN SO SÁNH",
        "warning": WARNING,
        "page": "Trang",
        "title": _plain(title),
        "sides": sides,
        "total": f"{layout.last} chỗ thay đổi." if layout.last else "Hai bản có lời văn như nhau.",
        "counts": f"{counts}." if counts else "",
        "legend": [{"fate": fate, "words": word, "says": says} for fate, word, says in LEGEND],
        "placement": "Không kể chỗ chỉ khác cách đặt dấu thanh." if any_placement else "",
        "items": [_item(item) for item in layout.items],
    }
    inputs = {"redline": json.dumps(whole, ensure_ascii=False)}
    return typeset_isolated("redline.typ", inputs, at=at)


def _item(item: Item) -> Json:
    match item:
        case Entry():
            return _entry(item)
        case TableEntry():
            return _table(item)
        case Context(block=block, old_label=old_label):
            label = f"{old_label} → {block.label}" if old_label else block.label
            text = _plain(_cut(f"{label} {block.text}".strip(), LONGEST_HEADING))
            return {"kind": "context", "text": text}
        case Gap(count=count):
            return {"kind": "gap", "text": f"[… {count} đoạn giữ nguyên …]"}
        case Renumbered(changes=changes, skipped=skipped):
            numbers = ", ".join(f"{each.label_before} → {each.label_after}" for each in changes)
            among = f" (ở giữa có {skipped} đoạn giữ nguyên)" if skipped else ""
            return {"kind": "renumbered", "text": f"Đánh số lại: {numbers}{among}"}


def _entry(item: Entry) -> Json:
    change = item.change
    if change.kind == "merge":
        row: list[Piece] = [("kept", _plain(_cut(change.block.text, LONGEST_HEADING)))]
    else:
        row = list(_pieces(change))
    return {
        "kind": "entry",
        "number": item.number,
        "marks": _words(change.marks),
        "place": "; ".join(_told(change)),
        "pieces": [*_label(change), *row],
    }


def _told(change: Change) -> Iterator[str]:
    yield change.block.place + ("" if change.after else " (ở bản cũ)")
    if change.kind == "split" and change.other:
        yield f"tách từ {change.other.place}"
    if change.kind == "merge" and change.other:
        yield f"gộp vào {change.other.place}"
    if change.before and change.after:
        if change.kind == "move" and change.before.place != change.after.place:
            yield f"trước đây ở {change.before.place}"
        if change.relevelled:
            levels = (each.level or each.kind for each in (change.before, change.after))
            before, after = (LEVEL_WORDS.get(level, "") for level in levels)
            yield f"từ {before} thành {after}"


def _label(change: Change) -> Iterator[Piece]:
    before, after = change.label_before or "", change.label_after or ""
    if change.before and change.after and before != after:
        if before:
            yield "deleted", before
        if after:
            yield "inserted", after
    elif before or after:
        yield ("inserted" if change.kind == "split" else "kept"), before or after
    if before or after:
        yield "kept", " "


def _pieces(change: Change, longest: int = LONGEST_WORD) -> Iterator[Piece]:
    for is_after_seam, segment in change.shown:
        if is_after_seam:
            yield "seam", ""
        fate = "restyled" if segment.faces else segment.kind
        yield fate, breakable(_plain(segment.text), longest)


def _table(item: TableEntry) -> Json:
    table = item.table
    columns = [
        *(f"thêm cột: {_plain(name)}" for name in table.added_columns),
        *(f"bỏ cột: {_plain(name)}" for name in table.removed_columns),
    ]
    rows = [row for line in item.rows for row in _rows(line, table.width)]
    if item.skipped:
        rows.append(_gap(item.skipped, table.width))
    return {
        "kind": "table",
        "number": item.number,
        "marks": _words(item.marks),
        "place": "; ".join([table.place, *columns]),
        "width": table.width,
        "rows": rows,
    }


def _rows(line: TableRow, width: int) -> Iterator[Json]:
    if line.skipped:
        yield _gap(line.skipped, width)
    row = line.row
    word = ROWS.get(row.fate, "Sửa hàng" if row.is_touched else "Hàng")
    number = f"{line.number}. " if line.number else ""
    cells = [_cell(cell, width) for cell in row.cells]
    yield {"name": f"{number}{word} {row.number}", "cells": cells}


def _gap(count: int, width: int) -> Json:
    text = [[("kept", f"[… {count} hàng giữ nguyên …]")]]
    return {"name": "", "cells": [{"across": width, "paragraphs": text}]}


def _cell(cell: CellView, width: int) -> Json:
    longest = max(4, LONGEST_WORD_IN_CELLS * 8 // max(width, 8))
    return {
        "across": cell.across,
        "paragraphs": [[*_label(each), *_pieces(each, longest)] for each in cell.changes],
    }


def _words(marks: Sequence[Mark]) -> str:
    return ", ".join(MARK_WORDS[mark] for mark in marks)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _plain(text: str) -> str:
    """*text* with a question mark for what the font lacks: a draft may hold anything."""
    missing = {ord(sign): "?" for sign in unprintable(text) if sign != "\n"}
    return text.translate(missing)
