"""The words below a node that does not come in as text, and what the node is to a reader."""

from collections.abc import Iterator
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from portal.documents.word.reader.told import Remarks
from portal.documents.word.reader.xml import MC, Element, local

DELETED: Final = "Chữ đã xoá khi theo dõi thay đổi (track changes) không được đưa vào."
BOX: Final = "Khung chữ (text box) không được đưa vào."
PICTURE: Final = "Hình ảnh không được đưa vào."
OBJECT: Final = "Đối tượng nhúng (bảng tính, biểu đồ, điều khiển…) không được đưa vào."
FORMULA: Final = "Công thức không được đưa vào."
STRAY: Final = "Chữ nằm sai chỗ trong cấu trúc của tệp nên không được đưa vào."
UNKNOWN: Final = "Có phần mà hệ thống không biết; phần đó không được đưa vào."

_WORDS: Final = frozenset({"t", "delText"})
_BETWEEN: Final = frozenset({"p", "tab", "br", "cr", "tc"})
_BOXES: Final = frozenset({"txbxContent", "textpath"})
_OBJECTS: Final = frozenset({"OLEObject", "control", "chart", "relIds"})
_PICTURES: Final = frozenset({"blip", "imagedata"})


def text_below(node: Element) -> str:
    """All the text under a node, deleted text too, paragraphs parted by spaces.

    What stands there in two forms, for newer and for older readers, is said once.
    """
    parts: list[str] = []
    walker = etree.iterwalk(node, events=("start",))
    for _, each in walker:
        name = local(each)
        if name in _WORDS:
            parts.append(each.text or "")
        elif name in _BETWEEN:
            parts.append(" ")
        elif name == "textpath":
            parts.append(f" {each.get('string') or ''} ")
        elif each.tag == MC + "AlternateContent" and each is not node:
            walker.skip_subtree()
            parts.append(f" {text_below(chosen(each))} ")
    return " ".join("".join(parts).split())


def tell_stray(node: Element, remarks: Remarks) -> None:
    """Tell of the words that stand bare in a node of which only its children say anything."""
    said = (node.text, *(child.tail for child in node))
    if words := " ".join(filter(None, ((each or "").strip() for each in said))):
        remarks.leave_out(STRAY, words)


def chosen(alternatives: Element) -> Element:
    """The first of the alternatives that says anything; else the first, which is the fullest."""
    forms = [each for each in alternatives if each.tag in (MC + "Choice", MC + "Fallback")]
    for each in forms:
        if any(local(below) in _WORDS for below in each.iter()):
            return each
    return forms[0] if forms else alternatives


def drawn(node: Element) -> Iterator[tuple[str, str]]:
    """What is told of a drawing: its words, pictures and objects; a bare line says nothing."""
    kept = chosen(node) if node.tag == MC + "AlternateContent" else node
    names = {local(each) for each in kept.iter()}
    words = text_below(kept)
    if names & _BOXES:
        yield BOX, words
        words = ""
    if names & _OBJECTS:
        yield OBJECT, words
    elif names & _PICTURES:
        yield PICTURE, words
    elif words:
        yield UNKNOWN, words
