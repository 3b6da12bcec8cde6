"""What the fields of a signed PDF show: typeset by typst, imported as form XObjects.

pyHanko 0.38 writes the widths of embedded fonts in font units instead of thousandths
(`font/opentype.py`), which spreads text in a 2048-unit font to double width and breaks PDF/A
6.2.11.5. Every appearance is therefore a small page from the engine that set the document.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.form_tools import annot_width_height
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.stamp import StaticStampStyle

from portal.documents.typesetting import Look, appearance
from portal.signing.likeness import looks_like
from portal.signing.names import DATE_FIELD, NUMBER_FIELD

FILLED: dict[str, Look] = {NUMBER_FIELD: "so", DATE_FIELD: "ngay"}
_PLACED = "/Xem"


@dataclass(frozen=True)
class Picture:
    """One page of PDF to be shown in a signature field, stretched to it exactly."""

    pdf: bytes

    def style(self) -> StaticStampStyle:
        return StaticStampStyle(
            background=_BytesPage(self.pdf),
            background_opacity=1,
            border_width=0,
            background_layout=SimpleBoxLayoutRule(
                AxisAlignment.ALIGN_MID,
                AxisAlignment.ALIGN_MID,
                margins=Margins.uniform(0),
                inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
            ),
        )


class _BytesPage(ImportedPdfPage):
    """pyHanko's own imported page reads from a file name only."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__("")
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject[_PLACED] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return f"{_PLACED} Do".encode()


def field_named(pdf: PdfHandler, name: str) -> generic.IndirectObject:
    """Find a top-level field of the form by its name."""
    references: list[generic.IndirectObject] = list(pdf.root["/AcroForm"]["/Fields"])
    for reference in references:
        if str(entry(reference.get_object(), "/T")) == name:
            return reference
    raise KeyError(name)


def entry(dictionary: generic.DictionaryObject, key: str) -> Any:
    """Read an entry with its reference followed, which pyHanko's own `get` does not do."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401 - get() is what fails


def fill_text(writer: IncrementalPdfFileWriter, name: str, value: str) -> None:
    """Put *value* and its picture into a text field and close the field to further typing."""
    reference = field_named(writer, name)
    field = reference.get_object()
    picture = PdfFileReader(io.BytesIO(_picture_of(field, name, value)))
    shown = writer.import_page_as_xobject(picture)
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): shown})
    field[pdf_name("/V")] = generic.TextStringObject(value)
    field[pdf_name("/Ff")] = generic.NumberObject(int(entry(field, "/Ff") or 0) | 1)
    writer.mark_update(reference)


def shows_its_value(pdf: PdfHandler, name: str) -> bool:
    """Whether the picture in a text field is the one that its value gives.

    Nothing in PDF ties the two together: a clerk's key could seal a date that reads otherwise.
    """
    field = field_named(pdf, name).get_object()
    shown = field["/AP"]
    if list(shown) != ["/N"]:
        return False
    picture = _picture_of(field, name, str(field["/V"]))
    if _fingerprint(shown["/N"], ()) == _fingerprint(_as_xobject(picture), ()):
        return True
    return looks_like(shown["/N"], picture, size_of(field))


def size_of(field: generic.DictionaryObject) -> tuple[float, float]:
    """Width and height of a field's widget in points."""
    width, height = annot_width_height(field)
    return float(width), float(height)


def _picture_of(field: generic.DictionaryObject, name: str, value: str) -> bytes:
    return appearance(FILLED[name], *size_of(field), text=value)


def _as_xobject(picture: bytes) -> Any:
    """Import *picture* the way `fill_text` does, written out and read back."""
    writer = PdfFileWriter()
    shown = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(picture)))
    empty = writer.add_object(generic.StreamObject(stream_data=b""))
    resources = generic.DictionaryObject(
        {pdf_name("/XObject"): generic.DictionaryObject({pdf_name(_PLACED): shown})}
    )
    writer.insert_page(PageObject(empty, (0, 0, 1, 1), resources=resources))
    written = io.BytesIO()
    writer.write(written)
    page = PdfFileReader(written).root["/Pages"]["/Kids"][0]
    return page["/Resources"]["/XObject"][_PLACED]


def _fingerprint(value: Any, above: tuple[int, ...]) -> bytes:
    """Digest everything that *value* reaches, independent of object numbers and compression."""
    if isinstance(value, generic.IndirectObject):
        value = value.get_object()
    if id(value) in above:
        return b"above"
    parts = [type(value).__name__.encode(), *_parts(value, (*above, id(value)))]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


def _parts(value: Any, above: tuple[int, ...]) -> Iterator[bytes]:
    if isinstance(value, generic.StreamObject):
        yield value.data
    if isinstance(value, generic.DictionaryObject):
        for key in sorted(set(value) - {"/Length", "/Filter", "/DecodeParms"}):
            yield from (str(key).encode(), _fingerprint(value.raw_get(key), above))
    elif isinstance(value, generic.ArrayObject):
        yield from (_fingerprint(entry, above) for entry in value)
    elif isinstance(value, generic.FloatObject | generic.NumberObject):
        yield f"{float(value):.4f}".encode()
    else:
        yield str(value).encode()
