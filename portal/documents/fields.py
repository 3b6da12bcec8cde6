"""Gives a rendering its empty form: number, date and both signatures, before anything is signed.

All fields must exist before the leader's signature certifies the document: what is added later
is an alteration. pikepdf rewrites the file, the same bytes for the same rendering.
"""

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from portal.documents.form import Box, Form, Rect
from portal.documents.render import Mark, Rendering
from portal.documents.typesetting import appearance

MM = 72 / 25.4
SIGNATURE_MM = (46.0, 22.0)
# A parameter of the organisation: provincial seals are taken to be 42 mm, which is unconfirmed.
SEAL_DIAMETER_MM = 42.0


@dataclass(frozen=True)
class Prepared:
    """A plan ready to be signed, and where its four fields stand."""

    pdf: bytes
    boxes: dict[str, Box]


def prepare(rendering: Rendering, *, seal_diameter_mm: float = SEAL_DIAMETER_MM) -> Prepared:
    """Add so, ngay, ky_lanh_dao and con_dau to *rendering*, empty and with their locks."""
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        where = boxes(rendering.marks, _height(pdf), seal_diameter_mm)
        form = Form(pdf)
        form.add_text("so", where["so"], "Số văn bản")
        form.add_text(
            "ngay",
            where["ngay"],
            "Địa danh, ngày tháng năm ban hành",
            appearance("ngay", *where["ngay"].size, undated(rendering.place)),
        )
        form.add_signature(
            "ky_lanh_dao",
            where["ky_lanh_dao"],
            "Chữ ký số của người có thẩm quyền",
            Dictionary(
                Type=Name.SigFieldLock,
                Action=Name.Exclude,
                Fields=Array([String("so"), String("ngay"), String("con_dau")]),
            ),
        )
        form.add_signature(
            "con_dau",
            where["con_dau"],
            "Chữ ký số của cơ quan, tổ chức",
            Dictionary(Type=Name.SigFieldLock, Action=Name.All, P=1),
        )
        form.close()
        return Prepared(_saved(pdf), where)


def undated(place: str) -> str:
    """Return the date line of a plan that has no date yet."""
    return f"{place}, ngày      tháng      năm         "


def boxes(
    marks: dict[str, Mark], page_height: float, seal_diameter_mm: float = SEAL_DIAMETER_MM
) -> dict[str, Box]:
    """Return the four rectangles. The seal covers the left third of the signature (Điều 33.1 b).

    On the main document the seal is its image alone, so its field is just the seal's square.
    """
    place = marks["ky_lanh_dao"]
    _, bottom, _, top = _rect(place, page_height)
    centre, middle = place.x + place.w / 2, (bottom + top) / 2
    width, height = (size * MM for size in SIGNATURE_MM)
    left, diameter = centre - width / 2, seal_diameter_mm * MM
    covered = left + width / 3
    signature = (left, middle - height / 2, left + width, middle + height / 2)
    seal = (covered - diameter, middle - diameter / 2, covered, middle + diameter / 2)
    return {
        "so": Box(marks["so"].page, _rect(marks["so"], page_height)),
        "ngay": Box(marks["ngay"].page, _rect(marks["ngay"], page_height)),
        "ky_lanh_dao": Box(place.page, signature),
        "con_dau": Box(place.page, seal),
    }


def _rect(mark: Mark, page_height: float) -> Rect:
    bottom = page_height - mark.y - mark.h
    return mark.x, bottom, mark.x + mark.w, bottom + mark.h


def _height(pdf: pikepdf.Pdf) -> float:
    return float(pdf.pages[0].mediabox[3])


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
