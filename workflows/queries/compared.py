"""Texts that are compared, with where they come from and how they were asked for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from workflows.domain.content.shape import Doc
from workflows.queries.rollover import Origin


class Source(StrEnum):
    """Where a text comes from."""

    VERSION = "version"
    REVISION = "revision"
    DRAFT = "draft"
    MOMENT = "moment"
    ORIGIN = "origin"


@dataclass(frozen=True)
class Option:
    """A text that may be chosen; *key* names it in an address."""

    key: str
    source: Source
    number: int | None = None
    at: datetime | None = None
    who: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Side:
    """One of the two texts. *word* is how it was asked for: for “seen”, *at* is when.

    *digest* is a version's own; of any other text, that of its bare content.
    """

    option: Option
    word: str
    doc: Doc
    digest: str
    text_version: int | None


@dataclass(frozen=True)
class Choice:
    """Two texts to compare; *lacking* says which word names no text, if there are no two.

    *tells_who*: the reader may learn who changed what, as far as it can be found.
    """

    plan_id: UUID
    title: str
    version_number: int
    options: tuple[Option, ...]
    old: Side | None
    new: Side | None
    lacking: str | None = None
    origin: Origin | None = None
    tells_who: bool = False


def signed_like(side: Side | None, other: Side | None) -> Side | None:
    """A text that is not frozen has no lines of signature yet; the same signer is no change."""
    if side is None or other is None or side.text_version is None:
        return side
    [theirs] = (node for node in other.doc["content"] if node["type"] == "signature")
    content = [
        {**node, "attrs": {**node["attrs"], **_lines(theirs)}}
        if node["type"] == "signature" and node["attrs"]["position"] == theirs["attrs"]["position"]
        else node
        for node in side.doc["content"]
    ]
    return replace(side, doc={**side.doc, "content": content})


def _lines(signature: Doc) -> Doc:
    return {name: signature["attrs"][name] for name in ("lines", "name")}
