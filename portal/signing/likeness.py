"""Compares two pictures by their look, for files that another version of the typesetter sealed.

Issued files outlive the program that made them: a newer typst embeds the same letters in other
bytes. What must stay the same is what a reader sees.
"""

import io
import threading
from typing import Any

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

PLAIN = {"/Font", "/ProcSet", "/ColorSpace", "/ExtGState"}
SCALE = 200 / 72
TOLERANCE = 64
"""Of 255: room for the edges of letters, none for a stroke more or less."""

_one_at_a_time = threading.Lock()
"""PDFium may not be used by two threads at once."""


def looks_like(shown: generic.StreamObject, expected: bytes, size: tuple[float, float]) -> bool:
    """Whether *shown* draws what the one-page PDF *expected* draws, pixel for pixel.

    Only plain text is compared: layers or nested drawings could look otherwise in another viewer.
    """
    if "/OC" in shown or not set(shown["/Resources"]) <= PLAIN or b"BDC" in shown.data:
        return False
    ours, theirs = _pixels(expected), _pixels(_page_with(shown, size))
    return len(ours) == len(theirs) and all(
        abs(one - other) < TOLERANCE for one, other in zip(ours, theirs, strict=True)
    )


def _page_with(shown: generic.StreamObject, size: tuple[float, float]) -> bytes:
    writer = PdfFileWriter()
    drawing = writer.add_object(writer.import_object(shown))
    contents = writer.add_object(generic.StreamObject(stream_data=b"/Xem Do"))
    resources = generic.DictionaryObject(
        {pdf_name("/XObject"): generic.DictionaryObject({pdf_name("/Xem"): drawing})}
    )
    writer.insert_page(PageObject(contents, (0, 0, *size), resources=resources))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _pixels(pdf: bytes) -> bytes:
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        bitmap: Any = document[0].render(scale=SCALE, grayscale=True)
        return bytes(bitmap.buffer)
