"""Changing any byte of an issued file is noticed, those that no signature covers included."""

import asyncio
import random
from collections.abc import Callable
from io import BytesIO

import pytest
from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from portal.signing.containers import closes_the_file, fits_its_gap
from portal.signing.keys import DemonstrationKeys
from portal.signing.verdict import Kind
from portal.signing.verification import verify
from tests.signing import attacks
from tests.signing.conftest import AT

EACH = 5
"""Positions tried in each region; 60 in all."""

NOTICED = (Kind.ALTERED, Kind.DAMAGED, Kind.NOT_PDF)

REGIONS = (
    "head",
    "text",
    "leader's container",
    "leader's padding",
    "first stamp's revision",
    "first stamp's container",
    "number and seal",
    "seal's container",
    "last stamp's revision",
    "last stamp's container",
    "last stamp's padding",
    "tail",
)


@pytest.mark.parametrize("region", REGIONS)
def test_a_changed_byte_is_noticed(issued: bytes, keys: DemonstrationKeys, region: str) -> None:
    chosen = random.Random(region)  # noqa: S311 - positions, not secrets
    for position in chosen.sample(_regions(issued)[region], EACH):
        changed = bytearray(issued)
        # 0x20 turns a capital into a small letter, which hexadecimal does not tell apart.
        changed[position] ^= chosen.choice((0x01, 0x20, 0x80))
        verdict = verify(bytes(changed), keys.trust, at=AT)
        assert verdict.kind in NOTICED, position


@pytest.mark.parametrize(
    "wrong",
    [
        lambda a, b, c: [0, a - 1, b, c],
        lambda a, b, c: [0, a, b + 1, c - 1],
        lambda a, b, c: [0, a, b, c + 1],
        lambda a, b, c: [1, a, b, c],
        lambda a, b, c: [0, -a, b, c],
        lambda a, b, c: [0, a, b, c, 0, 0],
    ],
    ids=["starts early", "ends late", "past the end", "head left out", "negative", "two gaps"],
)
def test_a_gap_wider_than_its_signature_is_noticed(
    issued: bytes, wrong: Callable[[int, int, int], list[int]]
) -> None:
    signature = PdfFileReader(BytesIO(issued)).embedded_signatures[-1]
    _, before, after, length = (int(number) for number in signature.byte_range)
    assert fits_its_gap(signature, issued)
    signature.byte_range = wrong(before, after, length)
    assert not fits_its_gap(signature, issued)


def test_every_byte_of_the_last_container_is_bound(issued: bytes, keys: DemonstrationKeys) -> None:
    """The last time stamp covers everything but itself, so its token is tried byte by byte."""
    signature = PdfFileReader(BytesIO(issued)).embedded_signatures[-1]
    before, after = attacks.gaps(issued)[-1]
    context = keys.validation_context(at=AT)
    container: bytes = signature.pkcs7_content
    assert _holds(issued, signature, context)
    for place in range(len(container)):
        changed = bytearray(container)
        changed[place] ^= 1 << place % 8
        signature.pkcs7_content = bytes(changed)
        hexadecimal = b"<" + changed.hex().upper().encode() + b">"
        pdf = issued[:before] + hexadecimal + issued[after:]
        assert not _holds(pdf, signature, context), place


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.lower(),
        lambda text: text[:-2] + b"  ",
        lambda text: text[:-1] + b"1",
        lambda text: b"\n" + text[:-1],
    ],
    ids=["lower case", "white space for padding", "a one in the padding", "a line break"],
)
def test_the_last_container_is_written_in_one_way_only(
    issued: bytes, keys: DemonstrationKeys, disguise: Callable[[bytes], bytes]
) -> None:
    before, after = attacks.gaps(issued)[-1]
    changed = issued[: before + 1] + disguise(issued[before + 1 : after - 1]) + issued[after - 1 :]
    assert len(changed) == len(issued)
    assert changed != issued
    assert not verify(changed, keys.trust, at=AT).is_valid


@pytest.mark.parametrize("tenths", range(0, 10, 2))
def test_a_truncated_file_is_not_valid(issued: bytes, keys: DemonstrationKeys, tenths: int) -> None:
    assert not verify(issued[: len(issued) * tenths // 10], keys.trust, at=AT).is_valid
    assert not verify(issued[: -1 - tenths], keys.trust, at=AT).is_valid


def _holds(pdf: bytes, signature: EmbeddedPdfSignature, context: ValidationContext) -> bool:
    try:
        if not closes_the_file(signature, pdf):
            return False
        signed = cms.ContentInfo.load(signature.pkcs7_content)["content"]
        found = asyncio.run(validate_tst_signed_data(signed, context, signature.compute_digest))
    except Exception:
        # A token that cannot even be read is refused, whatever it raised.
        return False
    return bool(found["intact"] and found["valid"])


def _regions(pdf: bytes) -> dict[str, range]:
    leader, first, seal, last = attacks.gaps(pdf)
    return {
        "head": range(20),
        "text": range(20, leader[0]),
        "leader's container": range(leader[0], leader[0] + 3000),
        "leader's padding": range(leader[1] - 1000, leader[1]),
        "first stamp's revision": range(leader[1], first[0]),
        "first stamp's container": range(*first),
        "number and seal": range(first[1], seal[0]),
        "seal's container": range(*seal),
        "last stamp's revision": range(seal[1], last[0]),
        "last stamp's container": range(last[0], last[0] + 2600),
        "last stamp's padding": range(last[1] - 1200, last[1]),
        "tail": range(last[1], len(pdf)),
    }
