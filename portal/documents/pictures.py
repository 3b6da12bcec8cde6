"""Pictures of a PDF's pages, so that a phone shows the exact document that is to be signed."""

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium

from workflows.domain.errors import WorkflowError

NARROWEST, WIDEST = 200, 2000
# No page of ours is longer; a stranger's PDF could ask for a picture of any height.
TALLEST = 4 * WIDEST

# PDFium keeps global state: two threads inside it crash the process.
_pdfium = threading.Lock()


class Unreadable(WorkflowError):
    """The bytes are not a PDF that can be shown."""


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, page: int, width: int) -> bytes:
    """Return *page*, counted from 1, as a PNG of *width* pixels, its filled fields drawn.

    The width is brought within bounds; a page that is not there raises Unreadable.
    """
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise Unreadable(
                "Văn bản có %(count)d trang, không có trang %(page)d.",
                count=len(document),
                page=page,
            )
        return _drawn(document[page - 1], min(max(width, NARROWEST), WIDEST))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    with _pdfium:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise Unreadable("Không đọc được tệp PDF này.") from error
        try:
            document.init_forms()
            yield document
        finally:
            document.close()


def _drawn(page: pdfium.PdfPage, width: int) -> bytes:
    wide, high = page.get_size()
    if high / wide * width > TALLEST:
        raise Unreadable("Trang này quá dài, không vẽ được.")
    bitmap = page.render(scale=width / wide, may_draw_forms=True, rev_byteorder=True)
    if bitmap.n_channels != 3:
        raise Unreadable("Trang này có nền trong suốt, không vẽ được.")
    return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Write RGB rows as a PNG (ISO/IEC 15948): eight bits, no filter, no interlace."""
    rows = (pixels[y * stride : y * stride + 3 * width] for y in range(height))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(b"\0" + b"\0".join(rows), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
