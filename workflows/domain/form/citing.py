"""Reads the citations in a text: kind, number, symbol, date, and what follows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.form.kinds import BODY_SLIPS, KINDS, PARTY, SLIPS
from workflows.domain.form.letters import LETTERS, SPACE, UPPER, spaced

_STATE: Final = frozenset({"UBND", "HĐND", "CP", "TTg"})
_WORDS: Final = sorted(
    {
        *(word for words in KINDS.values() for word in words),
        *("Công văn", "Văn bản", "Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Thư", "Giấy"),
    },
    key=len,
    reverse=True,
)
_KIND: Final = "|".join(sorted((*KINDS, *SLIPS), key=len, reverse=True))
_BODY: Final = rf"[{UPPER}][{LETTERS}0-9]{{0,14}}"
_GAP: Final = f"{SPACE}{{0,2}}"
# A number, perhaps with a year, and a known kind: whatever marks and spaces stand between.
_LOOSE: Final = re.compile(
    rf"(?<![\w/.-])(?P<number>[0-9OolI]{{0,4}}[0-9][OolI]?)"
    rf"(?:{_GAP}/{_GAP}(?P<year>[12][0-9]{{3}}))?"
    rf"(?P<first>{_GAP}[/\-–.]{_GAP}|{SPACE}{{1,2}})(?P<kind>{_KIND})"
    rf"(?P<second>{_GAP}[-–—/.]{_GAP}|(?=(?:UBND|HĐND|CP|TTg)(?!\w)))"
    rf"(?P<body>{_BODY}(?:{_GAP}[-–]{_GAP}{_BODY}){{0,3}})(?!\w)"
)
# Symbols without a kind of ours: 20/2023/QH15, 1407/UBND-NNMT.
_PLAIN: Final = re.compile(
    rf"(?<![\w/.-])(?P<number>[0-9]{{1,5}})(?:/(?P<year>[12][0-9]{{3}}))?/"
    rf"(?P<body>(?:QH|UBTVQH)[0-9]{{1,2}}|[{UPPER}]{_BODY}(?:-{_BODY}){{1,3}})(?![\w/])"
)
_BEFORE: Final = re.compile(
    rf"(?P<word>{'|'.join(spaced(word) for word in _WORDS)})"
    rf"(?:{SPACE}+của{SPACE}[^,;.()]{{1,60}}?)?(?P<number>{SPACE}+số{_GAP}(?P<colon>:)?)?"
    rf"{_GAP}\Z",
    re.IGNORECASE,
)
_BARE_NUMBER: Final = re.compile(
    rf"(?<!\w)(?:số|và|,|;|-){_GAP}(?P<colon>:)?{_GAP}\Z", re.IGNORECASE
)
_BACK: Final = 110
_AHEAD: Final = 500


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation as it stands. *kind* and *body* are as they were meant; *right* is how the
    number and symbol should be written."""

    block: Block
    start: int
    end: int
    number: int
    year: int | None
    kind: str
    body: str
    right: str
    word: str
    word_start: int | None
    colon: int | None
    is_led: bool
    tail: str

    @property
    def written(self) -> str:
        """The number and symbol as they stand."""
        return self.block.text[self.start : self.end]

    @property
    def ahead(self) -> str:
        """What follows, other citations too: several may share an issuer and a title."""
        return self.block.text[self.end : self.end + _AHEAD]

    @property
    def key(self) -> tuple[int, int | None, str, str]:
        """What makes two citations the same document, but for its year when none is written."""
        return (self.number, self.year, self.kind, self.body)


def citations_in(block: Block) -> list[Citation]:
    """The citations of a block, in order."""
    found = sorted(_numbers(block.text), key=lambda match: match.start())
    ends = [*(match.start() for match in found[1:]), len(block.text)][: len(found)]
    return [_citation(block, match, end) for match, end in zip(found, ends, strict=True)]


def _numbers(text: str) -> Iterator[re.Match[str]]:
    last = 0
    taken: list[tuple[int, int]] = []
    for match in _LOOSE.finditer(text):
        if _is_meant(match):
            taken.append(match.span())
            yield match
    for match in _PLAIN.finditer(text):
        while last < len(taken) and taken[last][1] <= match.start():
            last += 1
        if last == len(taken) or taken[last][0] >= match.end():
            yield match


def _is_meant(match: re.Match[str]) -> bool:
    """A space instead of the mark is a slip only when the rest leaves no doubt."""
    if match["first"].strip():
        return True
    bodies = BODY_SLIPS.get(match["body"], match["body"])
    return bool(match["second"].strip()) and bodies in _STATE | PARTY


def _citation(block: Block, match: re.Match[str], until: int) -> Citation:
    parts = match.groupdict()
    kind = SLIPS.get(parts.get("kind") or "", parts.get("kind") or "")
    body = "-".join(
        BODY_SLIPS.get(part.strip(), part.strip()) for part in re.split("[-–]", parts["body"])
    )
    digits = int(parts["number"].translate(str.maketrans("OolI", "0011")))
    year = int(parts["year"]) if parts["year"] else None
    back = max(0, match.start() - _BACK)
    head = block.text[back : match.start()]
    before = _BEFORE.search(head)
    bare = _BARE_NUMBER.search(head)
    colon = before or bare
    return Citation(
        block=block,
        start=match.start(),
        end=match.end(),
        number=digits,
        year=year,
        kind=kind,
        body=body,
        right=_right(digits, year, kind, body, _is_party(parts, body)),
        word=" ".join(before["word"].split()) if before else "",
        word_start=back + before.start() if before else None,
        colon=back + colon.start("colon") if colon and colon["colon"] else None,
        is_led=before is not None or bare is not None,
        tail=block.text[match.end() : min(until, match.end() + _AHEAD)],
    )


def _is_party(parts: dict[str, str | None], body: str) -> bool:
    if body.split("-")[0] in _STATE:
        return False
    first, second = (str(parts.get(name) or "").strip() for name in ("first", "second"))
    return body in PARTY or (first in ("-", "–") and second == "/")


def _right(number: int, year: int | None, kind: str, body: str, is_party: bool) -> str:
    """A leading zero below ten, one slash, hyphens without spaces (mục II.3c)."""
    if is_party and kind:
        return f"{number:02d}-{kind}/{body}"
    symbol = f"{kind}-{body}" if kind else body
    return f"{number:02d}/{year}/{symbol}" if year else f"{number:02d}/{symbol}"
