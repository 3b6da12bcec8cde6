"""Whom the verifier believes."""

from dataclasses import dataclass

from asn1crypto import x509


@dataclass(frozen=True)
class Trust:
    """The root certificates believed in, and whether those marked KIỂM THỬ count among them."""

    roots: tuple[x509.Certificate, ...]
    demonstration: bool
