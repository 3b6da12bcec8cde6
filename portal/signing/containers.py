"""The bytes that no signature covers, those of the signature itself: they must leave no choice.

pyHanko reads a container as any PDF reader would: hexadecimal in either case, white space skipped,
whatever follows the DER ignored. A later signature covers such slack; the last container, which
nothing covers, has one form only.
"""

from pyhanko.sign.validation import EmbeddedPdfSignature

from portal.signing.timestamps import is_canonical


def fits_its_gap(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the gap in the signed bytes is this signature in hexadecimal, no more."""
    byte_range = [int(number) for number in signature.byte_range]
    if len(byte_range) != 4 or byte_range[0] != 0 or min(byte_range) < 0:
        return False
    _, before, after, length = byte_range
    return pdf[before:after].upper() == _written(signature) and after + length <= len(pdf)


def closes_the_file(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether *signature* covers the file to its last byte, and is itself without slack."""
    _, before, after, length = (int(number) for number in signature.byte_range)
    return (
        after + length == len(pdf)
        and pdf[before:after] == _written(signature)
        and _is_exact(signature.pkcs7_content)
    )


def _written(signature: EmbeddedPdfSignature) -> bytes:
    """The container in the hexadecimal that pyHanko writes."""
    return b"<" + signature.pkcs7_content.hex().upper().encode() + b">"


def _is_exact(container: bytes) -> bool:
    size = _der_length(container)
    return not any(container[size:]) and is_canonical(container[:size])


def _der_length(encoded: bytes) -> int:
    """Length of the outermost DER value, header included (X.690, 8.1.3)."""
    first = encoded[1]
    if first < 0x80:
        return 2 + first
    octets = first & 0x7F
    return 2 + octets + int.from_bytes(encoded[2 : 2 + octets], "big")
