"""Makes the PDF of a frozen version: PDF/A-3a and PDF/UA-1, its source data attached."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.documents.composition import layout
from portal.documents.typesetting import RenderingFailed, marks_of_last, typeset

FORMAT = "trinh-ky/plan@1"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe]")
PLACES = ("so", "ngay", "ky_lanh_dao")


@dataclass(frozen=True)
class Mark:
    """A place left for later, in points from the top left corner of its page."""

    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Rendering:
    """A typeset plan, the places left in it, and the words shown until the date is known."""

    pdf: bytes
    marks: dict[str, Mark]
    place: str


def render_plan(canonical: bytes, *, at: datetime) -> Rendering:
    """Typeset the *canonical* bytes of a version; the same bytes for the same two arguments.

    The bytes go into the PDF unchanged as plan.json, so that the digest can be taken from it.
    """
    version = _version(canonical)
    source = canonical.decode("utf-8")
    _refuse_right_to_left(source)
    pdf = typeset(
        "plan.typ",
        {
            "layout": json.dumps(layout(version), ensure_ascii=False),
            "source": source,
        },
        at=at,
    )
    return Rendering(pdf, _marks(), version["header"]["place"])


def _refuse_right_to_left(source: str) -> None:
    """Hebrew and Arabic letters: a long word of them keeps typst busy for minutes."""
    found = RIGHT_TO_LEFT.search(source)
    if found:
        raise RenderingFailed(
            "Văn bản có chữ viết từ phải sang trái (“%(letter)s”), không in được."
            " Hãy bỏ chữ đó rồi thử lại.",
            letter=found.group(),
        )


def _version(canonical: bytes) -> dict[str, Any]:
    version: dict[str, Any] = json.loads(canonical)
    if version.get("format") != FORMAT:
        raise RenderingFailed(
            "Không biết định dạng “%(format)s” của văn bản.", format=version.get("format")
        )
    return version


def _marks() -> dict[str, Mark]:
    found = {mark.pop("id"): Mark(**mark) for mark in marks_of_last("plan.typ", "mark")}
    if set(found) != set(PLACES):
        raise RenderingFailed("Bản in thiếu chỗ ghi số, ngày hoặc chữ ký.")
    return found
