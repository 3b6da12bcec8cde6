import struct
import threading
import zlib

import pytest

from portal.documents.fields import Prepared
from portal.documents.pictures import WIDEST, Unreadable, page_count, page_picture


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Read back a PNG of one IDAT chunk, checking every sum on the way."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunks[kind] = png[at + 8 : at + 8 + length]
        (total,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert total == zlib.crc32(kind + chunks[kind])
        at += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 2)
    return width, height, zlib.decompress(chunks[b"IDAT"])


def test_a_page_becomes_a_picture_of_the_width_asked_for(prepared: Prepared) -> None:
    width, height, rows = pixels(page_picture(prepared.pdf, 1, 600))
    assert (width, height) == (600, 849)
    assert len(rows) == height * (1 + 3 * width)
    assert rows.count(0) > height


@pytest.mark.parametrize(("asked", "given"), [(1, 200), (-5, 200), (10**9, WIDEST)])
def test_the_width_is_bounded(prepared: Prepared, asked: int, given: int) -> None:
    assert pixels(page_picture(prepared.pdf, 1, asked))[0] == given


def test_fields_are_drawn_with_what_they_show(prepared: Prepared) -> None:
    """The date line lives in a field only: a picture without forms would leave it blank."""
    box = prepared.boxes["ngay"]
    width, _, rows = pixels(page_picture(prepared.pdf, 1, 1190))
    scale, stride = width / 595.28, 1 + 3 * width
    top, bottom = (int((841.89 - edge) * scale) for edge in (box.rect[3], box.rect[1]))
    left, right = (1 + 3 * int(edge * scale) for edge in (box.rect[0], box.rect[2]))
    ink = sum(
        sum(1 for value in rows[y * stride + left : y * stride + right] if value < 128)
        for y in range(top, bottom)
    )
    assert ink > 500


@pytest.mark.parametrize("page", [0, -1, 99])
def test_a_page_that_is_not_there_is_refused(prepared: Prepared, page: int) -> None:
    with pytest.raises(Unreadable, match="không có trang"):
        page_picture(prepared.pdf, page, 600)


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"\0" * 500, b"<html>"])
def test_what_is_no_pdf_is_refused(junk: bytes) -> None:
    with pytest.raises(Unreadable, match="Không đọc được"):
        page_count(junk)


def test_threads_take_turns(prepared: Prepared) -> None:
    seen: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: seen.append(page_picture(prepared.pdf, 1, 300)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1
