"""What a Word file holds around its text: headers, footers, drawings' words, files put into it."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from portal.documents.word.reader.package import Package, Relation, open_package
from portal.documents.word.reader.refusals import WordRefused
from portal.documents.word.reader.told import Remarks
from portal.documents.word.reader.words import OBJECT, text_below
from portal.documents.word.reader.xml import parse

HEADER: Final = "Đầu trang hoặc chân trang của tệp không được đưa vào."
ELSEWHERE: Final = "Nội dung chèn từ tệp khác không được đưa vào."

_AROUND: Final = {"header": HEADER, "footer": HEADER, "diagramData": OBJECT, "chart": OBJECT}
_WRITTEN: Final = (".htm", ".html", ".xhtml", ".mht", ".txt", ".xml")
_TAG: Final = re.compile(r"<[^<>]*>")


def surroundings(package: Package, chunks: Iterable[str]) -> Remarks:
    """The words of every such part; *chunks* are the relations of the files put into the text."""
    remarks = Remarks()
    for kind, sentence in _AROUND.items():
        for root in package.parts(kind):
            words = text_below(root)
            # A page number is no word.
            if any(map(str.isalpha, words)):
                remarks.leave_out(sentence, words)
    # Many may name one file.
    relations = (package.relations.get(identity) for identity in chunks)
    for relation in dict.fromkeys(relations):
        remarks.leave_out(ELSEWHERE, _chunk(package, relation))
    return remarks


def _chunk(package: Package, relation: Relation | None) -> str:
    """The words of a file within the file, or its name where they cannot be had."""
    if relation is None or relation.is_external or relation.target not in package.names:
        return relation.target if relation else ""
    data = package.read(relation.target)
    try:
        if data.startswith(b"PK"):
            inner = open_package(data)
            return text_below(parse(inner.read(inner.main)))
    except WordRefused:
        return relation.target
    if relation.target.lower().endswith(_WRITTEN):
        text = unescape(_TAG.sub(" ", data.decode("utf-8", "replace")))
        return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return relation.target
