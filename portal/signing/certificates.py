"""Builds the X.509 certificates and revocation lists of the demonstration authority."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.signing.names import TEST_MARK

VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
ROOT_UNTIL = datetime(2060, 1, 1, tzinfo=UTC)
SUBORDINATE_UNTIL = datetime(2055, 1, 1, tzinfo=UTC)
LEAF_UNTIL = datetime(2045, 1, 1, tzinfo=UTC)

NAME_LIMIT = 64
"""ub-common-name and ub-organization-name of RFC 5280, Appendix A, which `cryptography` counts in
octets."""

CRL_LIFETIME = timedelta(days=3650)
"""Long on purpose: a demonstration file must stay verifiable on a machine without a network."""


CLOCK_SKEW = timedelta(minutes=5)
"""A list dated later than the verifier's clock is no evidence, and clocks differ."""


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def new_key() -> ec.EllipticCurvePrivateKey:
    """ECDSA on P-256: allowed by Circular 15/2025/TT-BKHCN (ECDSA of 256 bits or more)."""
    return ec.generate_private_key(ec.SECP256R1())


def marked(name: str) -> str:
    """Put the test mark after *name*, shortening the name where X.509 has no room."""
    suffix = f" ({TEST_MARK})"
    return fitting(name, NAME_LIMIT - len(suffix.encode())) + suffix


def fitting(name: str, limit: int) -> str:
    """Cut *name* to *limit* octets of UTF-8, never through a letter."""
    return name.encode()[:limit].decode(errors="ignore").rstrip()


def subject(common_name: str, organisation: str, title: str | None = None) -> x509.Name:
    """A distinguished name whose common name and organisation both carry the test mark."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, marked(organisation)),
        x509.NameAttribute(NameOID.COMMON_NAME, marked(common_name)),
    ]
    if title:
        parts.append(x509.NameAttribute(NameOID.TITLE, fitting(title, NAME_LIMIT)))
    return x509.Name(parts)


def authority(name: x509.Name, issuer: Identity | None) -> Identity:
    """A certification authority: a root without *issuer*, else one that issues no further CA."""
    key = new_key()
    until = SUBORDINATE_UNTIL if issuer else ROOT_UNTIL
    builder = (
        _start(name, key, issuer, until)
        .add_extension(
            x509.BasicConstraints(ca=True, path_length=0 if issuer else None), critical=True
        )
        .add_extension(_key_usage(authority=True), critical=True)
    )
    return Identity(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def signatory(name: x509.Name, issuer: Identity) -> Identity:
    """A certificate for signing documents, of a person or of an organisation."""
    key = new_key()
    builder = _start(name, key, issuer, LEAF_UNTIL).add_extension(
        _key_usage(non_repudiation=True), critical=True
    )
    return Identity(builder.sign(issuer.key, hashes.SHA256()), key)


def timestamp_authority(name: x509.Name, issuer: Identity) -> Identity:
    """A certificate for time stamps and for nothing else (RFC 3161, 2.3)."""
    key = new_key()
    builder = (
        _start(name, key, issuer, LEAF_UNTIL)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )
    return Identity(builder.sign(issuer.key, hashes.SHA256()), key)


def revocation_list(
    issuer: Identity, revoked: Iterable[tuple[int, datetime]], *, at: datetime
) -> x509.CertificateRevocationList:
    """The list that *issuer* publishes at *at*."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at - CLOCK_SKEW)
        .next_update(at + CRL_LIFETIME)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(_authority_key(issuer.key), critical=False)
    )
    for serial, since in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
        )
    return builder.sign(issuer.key, hashes.SHA256())


def _start(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, issuer: Identity | None, until: datetime
) -> x509.CertificateBuilder:
    issuing_key = issuer.key if issuer else key
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_authority_key(issuing_key), critical=False)
    )


def _authority_key(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _key_usage(*, authority: bool = False, non_repudiation: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=non_repudiation,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
