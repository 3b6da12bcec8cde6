"""Turns a rule's example, written in a few lines, into a whole plan: for the tests and the page."""

from collections.abc import Iterator
from itertools import count, takewhile
from typing import Final

from workflows.domain.content.blocks import blocks
from workflows.domain.content.numbering import LEVELS
from workflows.domain.content.shape import Doc, NewId

# Written as “what: text” lines, in which every part that is named replaces the one here.
SOUND: Final = """title: Tuyên truyền cải cách hành chính năm 2026
opening: Ủy ban nhân dân Thành phố ban hành Kế hoạch như sau:
part: MỤC ĐÍCH
dash: Nâng cao nhận thức của Nhân dân.
part: TỔ CHỨC THỰC HIỆN
sec: Sở Tài chính
dash: Bố trí kinh phí trước ngày 15 tháng 3 năm 2026.
sec: Sở Nội vụ
dash: Báo cáo kết quả hằng quý.
closing: Yêu cầu các đơn vị triển khai thực hiện./.
recipient: Sở Tài chính
recipient: Sở Nội vụ
filing: VT, KGVX
position: 1"""
_BODY: Final = (*LEVELS, "cell")
# What stands in the signature, which is no block of the text.
_SIGNED: Final = ("power", "signer")


def example_doc(example: str) -> Doc:
    """The sound plan with the parts that *example* names put in place of its own."""
    given = list(_lines(example))
    # What follows an annex's title stands in the annex.
    own = takewhile(lambda line: line[0] != "annex", given)
    named = {_group(what) for what, _ in own}
    kept = [line for line in _lines(SOUND) if _group(line[0]) not in named]
    return _plan([*kept, *given])


def shown(example: str) -> tuple[str, ...]:
    """The lines of an example as the page prints them, numbered and with the marks it adds.

    None where it has only what is chosen and not written, such as who signs.
    """
    whole = example_doc(example)
    texts = {text for _, text in _lines(example)}
    lines = []
    for block in blocks(whole):
        if block.text in texts and block.text.strip():
            lead = "Lưu:" if block.kind == "filing" else block.label
            lines.append(f"{lead} {block.text}".strip())
    lines += [text for what, text in _lines(example) if what in _SIGNED]
    return tuple(lines) if any(texts) else ("(trống)",)


def _lines(example: str) -> Iterator[tuple[str, str]]:
    for line in example.strip().split("\n"):
        what, _, text = line.partition(":")
        yield what.strip(), text.removeprefix(" ")


def _group(what: str) -> str:
    return "body" if what in _BODY else what


def _plan(lines: list[tuple[str, str]]) -> Doc:
    numbers = count(1)

    def new_id() -> str:
        return f"example{next(numbers):06d}"

    def of(*kinds: str) -> list[str]:
        return [text for what, text in lines if what in kinds]

    content: list[Doc] = [_block("title", text, new_id()) for text in of("title")]
    for kind in ("basis", "opening"):
        content += [_block(kind, text, new_id()) for text in of(kind)]
    body, annexes = _bodies(lines, new_id)
    content += [*body, *(_block("closing", text, new_id()) for text in of("closing"))]
    receivers = [_block("recipient", text, new_id()) for text in of("recipient") if text]
    filing = next(iter(of("filing")), "")
    content.append({"type": "recipients", "attrs": {"filing": filing}, "content": receivers})
    signature = {
        "id": new_id(),
        "position": next(iter(of("position")), "") or None,
        "lines": of("power"),
        "name": next(iter(of("signer")), ""),
    }
    content.append({"type": "signature", "attrs": signature})
    return {"type": "doc", "content": [*content, *annexes]}


def _bodies(lines: list[tuple[str, str]], new_id: NewId) -> tuple[list[Doc], list[Doc]]:
    """The clauses of the body, and the annexes with the clauses that follow each."""
    body: list[Doc] = []
    annexes: list[Doc] = []
    for what, text in lines:
        into = annexes[-1]["content"] if annexes else body
        if what == "annex":
            title = _block("annex_title", text, None)
            annexes.append({"type": "annex", "attrs": {"id": new_id()}, "content": [title]})
        elif what == "cell":
            into.append(_table(text, new_id))
        elif what in LEVELS:
            into.append(_block("clause", text, new_id(), what))
    return body, annexes


def _table(text: str, new_id: NewId) -> Doc:
    cell = {"type": "table_cell", "content": [_block("clause", text, new_id(), "para")]}
    row = {"type": "table_row", "content": [cell]}
    return {"type": "table", "attrs": {"id": new_id()}, "content": [row]}


def _block(kind: str, text: str, identity: str | None, level: str = "") -> Doc:
    attrs = {**({"id": identity} if identity else {}), **({"level": level} if level else {})}
    content = [{"type": "text", "text": text}] if text else []
    return {"type": kind, **({"attrs": attrs} if attrs else {}), "content": content}
