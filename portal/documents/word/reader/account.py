"""Compares the words of a file with those of its reading, so that none is lost without a word.

Every part of the reader tells what it leaves out. This is the net below all of them: whatever
paragraph is neither in the text nor told by then is told here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from portal.documents.word import names
from portal.documents.word.reader.lines import length_of_annex_word
from portal.documents.word.reader.markers import marked
from portal.documents.word.reader.own_tables import LETTERHEAD
from portal.documents.word.reader.pieces import Item, Paragraph
from portal.documents.word.reader.told import Told
from workflows.domain.content.blocks import blocks
from workflows.domain.content.parts import KIND
from workflows.domain.content.shape import Doc

MISSED: Final = "Đoạn này không có chỗ trong kế hoạch nên không được đưa vào."

_REFERENCE: Final = re.compile(r"\(Kèm theo [^()]*\)")
_WORD: Final = re.compile(r"\w+")
# What the page generates, and whose words need not be kept.
_GENERATED: Final = (KIND, "Nơi nhận: Nơi gửi: văn bản", "Lưu:", "Kèm theo Kế hoạch", "Phụ lục")


def missed(items: Iterable[Item], doc: Doc, told: Iterable[Told]) -> list[Told]:
    """A doubt for every paragraph with words that are neither in *doc* nor among what was told."""
    paragraphs = list(_paragraphs(items))
    said = [list(_words(_text(each))) for each in paragraphs]
    owed = Counter(word for words in said for word in words)
    owed -= Counter(_kept(doc))
    owed -= Counter(word for each in told for word in _words(f"{each.sentence} {each.excerpt}"))
    for text in _GENERATED:
        for word in _words(text):
            del owed[word]
    if not owed:
        return []
    whole = [at for at, words in enumerate(said) if words and all(owed[word] for word in words)]
    # A paragraph that is missing as a whole explains more than one that shares its words.
    order = dict.fromkeys([*whole, *range(len(said))])
    found = set()
    for at in order:
        missing = [word for word in said[at] if owed[word] > 0]
        if missing:
            found.add(at)
            owed.subtract(Counter(missing))
    return [Told(None, MISSED, paragraphs[at].text.strip()) for at in sorted(found)]


def letterhead_of(items: Iterable[Item]) -> str:
    """What stands above the title of a file made here, which is made anew for every page."""
    texts = [each.text.strip() for each in _paragraphs(items) if each.style in LETTERHEAD]
    return " / ".join(filter(None, texts))


def _paragraphs(items: Iterable[Item]) -> Iterator[Paragraph]:
    for item in items:
        yield from [item] if isinstance(item, Paragraph) else item.paragraphs


def _text(paragraph: Paragraph) -> str:
    """The words that somebody typed: without numbers, and without what a file of ours generates."""
    text = "".join(
        piece.text for piece in paragraph.pieces if piece.face.character_style != names.GENERATED
    ).strip()
    is_ours = paragraph.style == names.ANNEX_REFERENCE and _REFERENCE.fullmatch(text)
    if paragraph.style in LETTERHEAD or is_ours:
        return ""
    return text[marked(text, paragraph.label).cut or length_of_annex_word(text, paragraph) :]


def _kept(doc: Doc) -> Iterator[str]:
    for block in blocks(doc):
        yield from _words(f"{block.label} {block.text}")


def _words(text: str) -> Iterator[str]:
    return (found[0].casefold() for found in _WORD.finditer(text))
