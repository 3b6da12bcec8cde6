"""Where signing keys come from: a folder of PKCS#12 files, or the demonstration authority."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from config import Config
from portal.signing.authority import ROOT, SUBORDINATE, TIMESTAMPS, Authority, key_file
from portal.signing.errors import KeyRefused
from portal.signing.names import TEST_MARK
from portal.signing.timestamps import DemonstrationTimeStamper, RemoteTimeStamper
from portal.signing.trust import Trust


class KeyStore(Protocol):
    """What signing needs to know of keys; a token or an HSM is one more class with these four."""

    @property
    def trust(self) -> Trust:
        """Whom a file signed with these keys is verified against."""

    def signer_for(self, key_name: str) -> SimpleSigner:
        """Open the key of a person or of an organisation."""

    def timestamper(self, *, at: datetime) -> TimeStamper:
        """The timestamp authority; only the demonstration's takes its time from *at*."""

    def validation_context(self, *, at: datetime) -> ValidationContext:
        """What the certificates are checked against before signing, revocation included."""


class FolderKeys:
    """PKCS#12 files in a folder, the authorities' certificates in its subfolder `trust`."""

    def __init__(self, folder: Path, passphrase: str, timestamp_url: str) -> None:
        self._folder = folder
        self._passphrase = passphrase.encode()
        self._timestamp_url = timestamp_url

    @property
    def trust(self) -> Trust:
        certificates = self._authorities()
        return Trust(tuple(c for c in certificates if c.self_signed != "no"), demonstration=False)

    def signer_for(self, key_name: str) -> SimpleSigner:
        path = key_file(self._folder, key_name)
        signer = _load(path, self._passphrase, self._authorities())
        refuse_test_certificate(signer.signing_cert)
        return signer

    def timestamper(self, *, at: datetime) -> TimeStamper:
        return RemoteTimeStamper(self._timestamp_url)

    def validation_context(self, *, at: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.trust.roots),
            other_certs=self._authorities(),
            allow_fetching=True,
            revocation_mode="require",
        )

    def _authorities(self) -> list[x509.Certificate]:
        """Read anew each time: an authority's renewed certificate needs no restart."""
        certificates = list(load_certs_from_pemder(sorted((self._folder / "trust").glob("*.pem"))))
        for certificate in certificates:
            refuse_test_certificate(certificate)
        return certificates


class DemonstrationKeys:
    """Keys that the demonstration authority makes on demand, with its own time stamps."""

    def __init__(self, folder: Path, passphrase: str, timestamp_url: str | None = None) -> None:
        self.authority = Authority(folder, passphrase)
        self._folder = folder
        self._passphrase = passphrase.encode()
        self._timestamp_url = timestamp_url

    @property
    def trust(self) -> Trust:
        return Trust((self._certificate(ROOT),), demonstration=True)

    def signer_for(self, key_name: str) -> SimpleSigner:
        chain = [self._certificate(SUBORDINATE), self._certificate(ROOT)]
        return _load(key_file(self._folder, key_name), self._passphrase, chain)

    def timestamper(self, *, at: datetime) -> TimeStamper:
        if self._timestamp_url:
            return RemoteTimeStamper(self._timestamp_url)
        key = self.authority.identity(TIMESTAMPS).key
        return DemonstrationTimeStamper(self._certificate(TIMESTAMPS), key, at)

    def validation_context(self, *, at: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=[self._certificate(ROOT)],
            other_certs=[self._certificate(SUBORDINATE), self._certificate(TIMESTAMPS)],
            crls=list(self.authority.revocation_lists(at=at)),
            moment=at,
            allow_fetching=False,
            revocation_mode="require",
        )

    def _certificate(self, key_name: str) -> x509.Certificate:
        encoded = self.authority.identity(key_name).certificate.public_bytes(Encoding.DER)
        return x509.Certificate.load(encoded)


def open_keys(config: Config) -> KeyStore:
    """The keys of this installation; the demonstration authority exists only in its mode."""
    if config.demo:
        return DemonstrationKeys(config.keys_dir, config.keys_passphrase, config.tsa_url)
    if not config.tsa_url:
        raise KeyRefused("Chưa khai báo địa chỉ dịch vụ cấp dấu thời gian (TSA_URL).")
    return FolderKeys(config.keys_dir, config.keys_passphrase, config.tsa_url)


def refuse_test_certificate(certificate: x509.Certificate) -> None:
    """Keep demonstration certificates out of an installation that issues real documents."""
    if is_test_certificate(certificate):
        raise KeyRefused(
            "Chứng thư số “%(subject)s” là chứng thư thử nghiệm, "
            "không được dùng ngoài chế độ trình diễn.",
            subject=certificate.subject.human_friendly,
        )


def is_test_certificate(certificate: x509.Certificate) -> bool:
    """Whether the subject or the issuer carries the test mark."""
    names = (certificate.subject.human_friendly, certificate.issuer.human_friendly)
    return any(TEST_MARK in name for name in names)


def _load(path: Path, passphrase: bytes, chain: list[x509.Certificate]) -> SimpleSigner:
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(path.read_bytes(), chain, passphrase)
    except (ValueError, TypeError) as error:
        raise KeyRefused("Không mở được tệp khóa “%(key)s”.", key=path.stem) from error
    return signer
