"""The plain form in which drafters write a plan in a browser, and back: an exact round trip.

Numbers are typed for the reader's sake only; what counts is the computed one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from workflows.domain.content.body import BodyReader, write_blocks, write_body
from workflows.domain.content.canonical import sound
from workflows.domain.content.identity import keep_ids
from workflows.domain.content.importer import import_text
from workflows.domain.content.inline import read_plain, write_plain
from workflows.domain.content.reading import (
    MAX_LENGTH,
    Doubt,
    Reading,
    Source,
    in_order,
    sequence,
    source_lines,
    tidy,
    too_long,
)
from workflows.domain.content.recipients import (
    read_filing,
    read_recipient,
    write_filing,
    write_recipient,
)
from workflows.domain.content.schema import is_code
from workflows.domain.content.shape import Doc, NewId
from workflows.domain.letters import nfc

__all__ = ["Doubt", "PlanParts", "Reading", "import_text", "keep_ids", "read", "write"]

_ANNEX = re.compile(r"={3,}")
_ANNEX_WORD = re.compile(r"PHỤ LỤC(?:[ ]+[IVXLC0-9]{1,9})?[ ]*:[ ]*", re.IGNORECASE)


@dataclass(frozen=True)
class PlanParts:
    """The fields of the drafter's form.

    *title* and *filing* are one line each, the others hold one block a line. *annexes* begin with
    a line `=== PHỤ LỤC: tiêu đề ===` each. *position*, *signature* and *signer* are chosen or
    generated, not written; they travel along so that nothing is lost.
    """

    title: str = ""
    bases: str = ""
    opening: str = ""
    body: str = ""
    closing: str = ""
    recipients: str = ""
    filing: str = ""
    annexes: str = ""
    position: str = ""
    signature: str = ""
    signer: str = ""


def read(parts: PlanParts, new_id: NewId | None = None) -> Reading:
    """The document that *parts* write; raises UnfitText when they are beyond all measure."""
    length = sum(len(getattr(parts, field.name)) for field in fields(parts))
    if length > MAX_LENGTH:
        raise too_long(length, MAX_LENGTH, "ký tự")
    doubts: list[Doubt] = []
    named = new_id or sequence()
    doc = sound({"type": "doc", "content": list(_nodes(parts, named, doubts))})
    return Reading(doc, in_order(doubts))


def write(doc: Doc) -> PlanParts:
    """The parts of a document: `read(write(doc))` is the normalised *doc* but for its ids."""
    content = sound(doc)["content"]
    of = {kind: [node for node in content if node["type"] == kind] for kind in _KINDS}
    [title], [recipients], [signature] = of["title"], of["recipients"], of["signature"]
    return PlanParts(
        title=_write_line(title),
        bases=write_blocks(of["basis"]),
        opening=write_blocks(of["opening"]),
        body=write_body(node for node in content if node["type"] in ("clause", "table")),
        closing=write_blocks(of["closing"]),
        recipients="\n".join(write_recipient(node) for node in recipients.get("content", ())),
        filing=write_filing(recipients["attrs"]["filing"]),
        annexes="\n".join(_write_annex(node) for node in of["annex"]),
        position=signature["attrs"]["position"] or "",
        signature="\n".join(write_plain(line) for line in signature["attrs"]["lines"]),
        signer=write_plain(signature["attrs"]["name"]) if signature["attrs"]["name"] else "",
    )


_KINDS = ("title", "basis", "opening", "closing", "recipients", "signature", "annex")


def _nodes(parts: PlanParts, new_id: NewId, doubts: list[Doubt]) -> Iterator[Doc]:
    title = read_plain(_one_line(parts.title))
    yield {"type": "title", "attrs": {"id": new_id()}, "content": _text(title)}
    for kind, part in (("basis", "bases"), ("opening", "opening")):
        yield from _blocks(parts, kind, part, new_id, doubts)
    yield from BodyReader(new_id, doubts, "body").read(source_lines(parts.body))
    yield from _blocks(parts, "closing", "closing", new_id, doubts)
    lines = [line for line in source_lines(parts.recipients) if line.text]
    yield {
        "type": "recipients",
        "attrs": {"filing": read_filing(_one_line(parts.filing))},
        "content": [read_recipient(line, new_id, doubts) for line in lines],
    }
    yield _signature(parts, new_id)
    yield from _annexes(source_lines(parts.annexes), new_id, doubts)


def _blocks(
    parts: PlanParts, kind: str, part: str, new_id: NewId, doubts: list[Doubt]
) -> Iterator[Doc]:
    reader = BodyReader(new_id, doubts, part)
    for line in source_lines(getattr(parts, part)):
        if line.text:
            yield reader.inline(kind, line)


def _signature(parts: PlanParts, new_id: NewId) -> Doc:
    lines = [read_plain(line.text) for line in source_lines(parts.signature) if line.text]
    position = parts.position.strip()
    return {
        "type": "signature",
        "attrs": {
            "id": new_id(),
            "position": position if is_code(position) else None,
            "lines": [line for line in lines if line.strip()],
            "name": read_plain(_one_line(parts.signer)),
        },
    }


def _annexes(lines: list[Source], new_id: NewId, doubts: list[Doubt]) -> Iterator[Doc]:
    for heading, content in _split(lines):
        reader = BodyReader(new_id, doubts, "annexes")
        if heading is None:
            reader.doubt(content[0], "Phụ lục phải bắt đầu bằng dòng “=== PHỤ LỤC: tiêu đề ===”.")
        title = _annex_title(heading.text) if heading else ""
        yield {
            "type": "annex",
            "attrs": {"id": new_id()},
            "content": [
                {"type": "annex_title", "content": _text(title)},
                *reader.read(content),
            ],
        }


def _split(lines: list[Source]) -> Iterator[tuple[Source | None, list[Source]]]:
    heading: Source | None = None
    content: list[Source] = []
    for line in lines:
        if not _ANNEX.match(line.text):
            content += [line] if line.text or content else []
            continue
        if heading or content:
            yield heading, content
        heading, content = line, []
    if heading or content:
        yield heading, content


def _annex_title(text: str) -> str:
    bare = nfc(text).strip("=").strip(" ")
    found = _ANNEX_WORD.match(bare)
    return read_plain(bare[found.end() :] if found else bare)


def _write_annex(node: Doc) -> str:
    title, *content = node["content"]
    return f"=== PHỤ LỤC: {_write_line(title)} ===\n{write_body(content)}"


def _write_line(node: Doc) -> str:
    text = "".join(child["text"] for child in node.get("content", ()))
    return write_plain(text) if text else ""


def _one_line(text: str) -> str:
    return tidy(" ".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _text(text: str) -> list[Doc]:
    return [{"type": "text", "text": text}] if text else []
