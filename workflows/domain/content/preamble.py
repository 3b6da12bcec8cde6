"""Reads what stands before the body of a plain text: trích yếu, căn cứ, mở đầu."""

import re

from workflows.domain.content.lines import read_line
from workflows.domain.content.parts import KIND, Cut, bare, first_line, is_ornament
from workflows.domain.content.reading import Source
from workflows.domain.content.tabletext import is_row

_LETTER = re.compile(r"[^\W\d_]")
_BASIS = re.compile(r"(Căn cứ|Xét đề nghị|Theo đề nghị|Thực hiện [^;]{1,2000};$)")


def take_title(main: list[Source], whole: Cut) -> list[Source]:
    """Take the trích yếu off the beginning of *main*."""
    if not main:
        return main
    first = main[0]
    text = bare(first.text).removeprefix(KIND).strip(" :")
    at = 1
    if text:
        whole.title.append(Source(first.number, text))
    else:
        while at < len(main) and not main[at].text:
            at += 1
    while at < len(main) and _goes_on(main[at].text, whole.title):
        whole.title.append(Source(main[at].number, bare(main[at].text)))
        at += 1
    return main[at:]


def _goes_on(text: str, title: list[Source]) -> bool:
    if (
        not text
        or is_row(text)
        or _BASIS.match(bare(text))
        or read_line(bare(text)).level != "para"
    ):
        return False
    return not title or (len(text) <= 120 and text[-1] not in ".:;,")


def take_preamble(main: list[Source], whole: Cut) -> None:
    """Tell căn cứ and mở đầu from the body that begins with the first number or bullet."""
    at = first_line(main, _starts_body)
    at = len(main) if at is None else at
    for line in main[:at]:
        if not line.text or is_ornament(line.text):
            continue
        is_basis = _BASIS.match(_unbulleted(line.text)) is not None
        follows = bool(whole.bases) and not _starts_capital(line.text)
        if (is_basis or follows) and not whole.opening:
            whole.bases.append(Source(line.number, _unbulleted(line.text)))
        else:
            whole.opening.append(line)
    whole.body = main[at:]


def _unbulleted(text: str) -> str:
    line = read_line(text)
    return bare(line.text if line.level == "dash" else text)


def _starts_body(text: str) -> bool:
    if is_row(text):
        return True
    return read_line(text).level != "para" and not _BASIS.match(_unbulleted(text))


def _starts_capital(text: str) -> bool:
    found = _LETTER.search(text[:20])
    return found is None or not found[0].islower()
