"""Ô số 7 to 9: the recipients with the filing line, beside the place of the signature."""

import re
from typing import Any

from portal.documents.word import names
from portal.documents.word.flow import (
    Cell,
    Grid,
    Line,
    Piece,
    Row,
    generated,
    pieces_of,
    plain,
    spacer,
)
from portal.documents.word.page import RECIPIENTS_COLUMN, TEXT_WIDTH
from workflows.domain.content.blocks import FILING_ID
from workflows.domain.content.runs import runs_of, text_of

Json = dict[str, Any]
ENDED = re.compile(r"[;.]\s*$")


def closing_grid(recipients: Json, signature: Json) -> Grid:
    """Both columns in one row, which stays on a page."""
    row = Row(
        "signing", (Cell(_recipients(recipients)), Cell(_signature(signature))), is_whole=True
    )
    return Grid(
        "signing", (RECIPIENTS_COLUMN, TEXT_WIDTH - RECIPIENTS_COLUMN), (row,), is_ruled=False
    )


def _recipients(node: Json) -> tuple[Line, ...]:
    lines = [plain("recipients", names.RECIPIENTS_HEAD, "Nơi nhận:")]
    lines += [_recipient(each) for each in node.get("content", ())]
    filing = node["attrs"].get("filing") or ""
    if filing:
        lines.append(_filing(filing))
    # The cell's last paragraph is there in every version: its mark cannot be tracked.
    return (*lines, spacer("after:recipients"))


def _recipient(node: Json) -> Line:
    attrs, runs = node["attrs"], runs_of(node)
    mark, purpose = names.mark_of(attrs["id"]), attrs.get("purpose")
    is_ended = not purpose and ENDED.search(text_of(runs)) is not None
    around = (*generated(" ("), Piece(purpose, style=names.PURPOSE), *generated(")"))
    return Line(
        attrs["id"],
        names.RECIPIENT,
        pieces_of(runs),
        before=generated("- "),
        after=(*(around if purpose else ()), *generated("" if is_ended else ";")),
        marks=(mark,) if mark else (),
    )


def _filing(filing: str) -> Line:
    return Line(
        FILING_ID,
        names.FILING,
        (Piece(filing),),
        before=generated("- " if filing.startswith("Lưu:") else "- Lưu: "),
        after=generated("" if ENDED.search(filing) else "."),
    )


def _signature(node: Json) -> tuple[Line, ...]:
    attrs = node["attrs"]
    mark, name = names.mark_of(attrs["id"]), attrs.get("name") or ""
    lines = [
        plain(f"signing:{order}", names.SIGNING_LINE, line)
        for order, line in enumerate(attrs.get("lines") or ())
    ]
    signer = Line(
        attrs["id"],
        names.SIGNER,
        (Piece(name),) if name else (),
        marks=(mark,) if mark else (),
    )
    return (*lines, plain("signing:space", names.SIGNING_SPACE), signer)
