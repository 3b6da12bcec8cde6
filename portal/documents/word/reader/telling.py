"""Puts every doubt at its block, and those of lines that were left out at the block before them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.documents.word.reader.flattening import LETTERHEAD, SIGNATURE, TABLE_LINE, Flattened
from portal.documents.word.reader.lines import SHIELD, Line
from portal.documents.word.reader.tears import TEARS
from portal.documents.word.reader.told import Remarks, Told
from workflows.domain.content.parts import Cut
from workflows.domain.content.reading import Doubt

NO_BODY = "Không thấy mục nào có số hoặc gạch đầu dòng; cả văn bản được coi là phần mở đầu."


@dataclass(frozen=True)
class Places:
    """The blocks at which something can be told: by their line, and the two that have none."""

    title: str
    signature: str
    block_of: Mapping[int, str]


def told(flat: Flattened, whole: Cut, places: Places) -> list[Told]:
    """Every doubt at its block; of a line that was left out, at the block before it."""
    told = [Told(places.title, LETTERHEAD, flat.letterhead)] if flat.letterhead else []
    place = places.title
    doubts = defaultdict(list)
    for doubt in whole.doubts:
        doubts[doubt.line].append(doubt)
    for number, line in enumerate(flat.lines, start=1):
        place = places.block_of.get(number, place)
        told += [
            Told(at, each.sentence, each.excerpt)
            for at, remarks in _remarks(line, place)
            for each in remarks.all()
        ]
        told += [
            Told(
                place,
                doubt.sentence,
                _words(doubt, line),
                doubt.suggestion,
                can_join=doubt.sentence in TEARS,
            )
            for doubt in doubts[number]
        ]
    told += [Told(place, each.sentence, each.excerpt) for each in flat.end().all()]
    if flat.signing:
        told.append(Told(places.signature, SIGNATURE, " / ".join(flat.signing)))
    if not whole.body and len(whole.opening) > 2:
        told.append(Told(places.title, NO_BODY))
    return told


def _words(doubt: Doubt, line: Line) -> str:
    """A table that is left out is told with the words in it."""
    if line.table is None or doubt.excerpt != TABLE_LINE:
        return doubt.excerpt.replace(SHIELD, "")
    return " / ".join(text for each in line.table.paragraphs if (text := each.text.strip()))


def _remarks(line: Line, place: str) -> Iterator[tuple[str, Remarks]]:
    """Those of a line at its *place*, and those of the cells of a table at theirs."""
    yield place, line.remarks
    if line.table:
        for each in line.table.paragraphs:
            yield each.block_id or place, each.remarks
