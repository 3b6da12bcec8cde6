"""What a Word file does that its text does not show: what it brings hidden, whom it ousts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from workflows.domain.content.runs import runs_of, text_of
from workflows.domain.content.shape import Doc
from workflows.models.people import Unit
from workflows.models.word import WordImport
from workflows.queries.directory import Directory, directory_of
from workflows.queries.people import signing_positions
from workflows.queries.word_coming import Coming


@dataclass(frozen=True)
class Carried:
    """A recipient's code, or a signing position, that came hidden in the file.

    *meant* is what it stands for in our own books; the bare code, and not *is_known*, when it is in
    none. *is_odd* when neither the draft nor the directory has this code for the words *shown*.
    """

    block_id: str
    is_signer: bool
    shown: str
    meant: str
    is_known: bool
    is_odd: bool


@dataclass(frozen=True)
class Ousted:
    """What a comparison of words does not show: to whom the plan goes, and who signs it.

    *kind* is the node's type.
    """

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Effects:
    """All that is worth knowing before the text is taken.

    *named* are the signers whom a file of another hand names, which chooses nobody.
    """

    carried: tuple[Carried, ...] = ()
    ousted: tuple[Ousted, ...] = ()
    named: tuple[str, ...] = ()


def effects_of(
    session: Session, found: WordImport, coming: Coming | None, *, today: date
) -> Effects:
    """What taking the reading brings along; *coming* is what becomes of the draft it is for."""
    organisation_id = session.get_one(Unit, found.unit_id).organisation_id
    books = _Books(session, organisation_id, today)
    reading = found.reading or {}
    doc: Doc = reading["doc"]
    carried = tuple(books.carried(doc, coming.old if coming else None))
    ousted = tuple(books.ousted(coming.old, coming.new)) if coming else ()
    named = tuple(books.named(" ".join(reading.get("signing", ()))))
    return Effects(carried, ousted, named)


class _Books:
    """What codes and positions stand for on a day."""

    def __init__(self, session: Session, organisation_id: int, today: date) -> None:
        self.directory: Directory = directory_of(session, organisation_id, on=today)
        self._names = {code: name for name, code in self.directory.codes.items()}
        self._positions = signing_positions(session, organisation_id, on=today)
        self._signers = {
            str(position.id): f"{position.title} {position.person.name}"
            for position in self._positions
        }

    def carried(self, doc: Doc, old: Doc | None) -> Iterator[Carried]:
        # The same words with the same code, in the draft or by the directory.
        known = {(each.text, each.code) for each in _Line.all_of(old)} if old else set()
        known |= {(each.text, each.code) for each in _Line.all_of(self.directory.aimed(_bare(doc)))}
        for line in _Line.all_of(doc):
            if line.code:
                is_ours = bool(line.text) and (line.text, line.code) in known
                meant, is_known = _meant(self._names, line.code)
                yield Carried(line.key, False, line.text, meant, is_known, is_odd=not is_ours)
        for node in doc["content"]:
            position = node["attrs"].get("position") if node["type"] == "signature" else None
            if position:
                identity, shown = node["attrs"]["id"], " ".join(_signature(node))
                meant, is_known = _meant(self._signers, position)
                is_odd = position != _position(old)
                yield Carried(identity, True, shown, meant, is_known, is_odd=is_odd)

    def named(self, words: str) -> Iterator[str]:
        """Each signer whose name stands in the *words* of a signature."""
        for position in self._positions:
            name = re.escape(position.person.name)
            if re.search(rf"(?<!\w){name}(?!\w)", words, re.IGNORECASE):
                yield self._signers[str(position.id)]

    def ousted(self, old: Doc, new: Doc) -> Iterator[Ousted]:
        for kind in ("recipients", "signature"):
            before, after = (tuple(self._said(doc, kind)) for doc in (old, new))
            if before != after:
                yield Ousted(kind, before, after)

    def _said(self, doc: Doc, kind: str) -> Iterator[str]:
        for node in doc["content"]:
            if node["type"] != kind:
                continue
            if kind == "recipients":
                yield from self._recipients(node)
            elif position := node["attrs"].get("position"):
                yield self._signers.get(position, position)

    def _recipients(self, node: Doc) -> Iterator[str]:
        for each in node.get("content", ()):
            line = _Line.of(each)
            meant = self._names.get(line.code, line.code)
            yield f"{line.text} → {meant}" if meant and meant != line.text else line.text
        if filing := node["attrs"].get("filing"):
            yield f"Lưu: {filing}"


@dataclass(frozen=True)
class _Line:
    key: str
    text: str
    code: str

    @classmethod
    def of(cls, node: Doc) -> "_Line":
        attrs = node["attrs"]
        purpose = f" ({attrs['purpose']})" if attrs.get("purpose") else ""
        return cls(attrs["id"], text_of(runs_of(node)) + purpose, attrs.get("target") or "")

    @classmethod
    def all_of(cls, doc: Doc) -> Iterator["_Line"]:
        for node in doc["content"]:
            if node["type"] == "recipients":
                yield from map(cls.of, node.get("content", ()))


def _meant(names: Mapping[str, str], code: str) -> tuple[str, bool]:
    return names.get(code, code), code in names


def _bare(doc: Doc) -> Doc:
    """The document without codes, as only the visible names would be aimed."""
    content = [
        {**node, "content": [_without_code(each) for each in node.get("content", ())]}
        if node["type"] == "recipients"
        else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}


def _without_code(node: dict[str, Any]) -> dict[str, Any]:
    return {**node, "attrs": {**node["attrs"], "target": None}}


def _position(doc: Doc | None) -> str | None:
    nodes = doc["content"] if doc else ()
    return next((n["attrs"].get("position") for n in nodes if n["type"] == "signature"), None)


def _signature(node: Doc) -> list[str]:
    attrs = node["attrs"]
    return [*(attrs.get("lines") or ()), *([attrs["name"]] if attrs.get("name") else [])]
