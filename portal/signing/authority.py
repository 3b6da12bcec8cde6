"""The demonstration authority: a root, a subordinate and a time-stamping certificate of our own.

Everything it issues says KIỂM THỬ in its name and is refused outside demonstration mode. Keys are
made at first use, so that no private key is ever part of the source.
"""

import fcntl
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from asn1crypto import crl
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from portal.signing import certificates
from portal.signing.certificates import Identity
from portal.signing.errors import KeyMissing, KeyRefused

ROOT, SUBORDINATE, TIMESTAMPS = "root", "sub", "tsa"
_AUTHORITY = "Cơ quan chứng thực số thử nghiệm"


class Authority:
    """A folder of PKCS#12 files; every file is written once and never replaced."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.folder = folder
        self._passphrase = passphrase.encode()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            self._found()

    def issue_person(self, name: str, title: str, organisation: str) -> str:
        """Return the name of the key of a person in office, making it when it is new."""
        return self._issue(name, organisation, title)

    def issue_organisation(self, name: str) -> str:
        """Return the name of the key behind an organisation's seal, making it when it is new."""
        return self._issue(name, name, None)

    def revoke(self, key_name: str, *, at: datetime) -> None:
        """Put the certificate of *key_name* on the list of revoked ones from *at* on."""
        serial = self.identity(key_name).certificate.serial_number
        with self._locked():
            entries = {**self._revoked(), str(serial): at.isoformat()}
            self._write(self.folder / "revoked.json", json.dumps(entries).encode())

    def identity(self, key_name: str) -> Identity:
        """Read a certificate with its private key."""
        path = key_file(self.folder, key_name)
        key, certificate, _ = pkcs12.load_key_and_certificates(path.read_bytes(), self._passphrase)
        if certificate is None or not isinstance(key, EllipticCurvePrivateKey):
            raise KeyRefused("Tệp khóa %(key)s không có khóa hoặc chứng thư.", key=key_name)
        return Identity(certificate, key)

    def revocation_lists(self, *, at: datetime) -> tuple[crl.CertificateList, ...]:
        """What both authorities publish at *at*, for long-term validation without a network."""
        revoked = [(int(s), datetime.fromisoformat(t)) for s, t in self._revoked().items()]
        lists = (
            certificates.revocation_list(self.identity(ROOT), [], at=at),
            certificates.revocation_list(self.identity(SUBORDINATE), revoked, at=at),
        )
        return tuple(crl.CertificateList.load(entry.public_bytes(Encoding.DER)) for entry in lists)

    def _found(self) -> None:
        if not self._exists(ROOT):
            name = certificates.subject("CA gốc", _AUTHORITY)
            self._keep(ROOT, certificates.authority(name, None), [])
        root = self.identity(ROOT)
        if not self._exists(SUBORDINATE):
            name = certificates.subject("CA cấp dưới", _AUTHORITY)
            self._keep(SUBORDINATE, certificates.authority(name, root), [root.certificate])
        if not self._exists(TIMESTAMPS):
            name = certificates.subject("Dấu thời gian", _AUTHORITY)
            stamps = certificates.timestamp_authority(name, root)
            self._keep(TIMESTAMPS, stamps, [root.certificate])

    def _issue(self, name: str, organisation: str, title: str | None) -> str:
        key_name = key_name_of(name, organisation, title)
        with self._locked():
            if not self._exists(key_name):
                issuer = self.identity(SUBORDINATE)
                subject = certificates.subject(name, organisation, title)
                chain = [issuer.certificate, self.identity(ROOT).certificate]
                self._keep(key_name, certificates.signatory(subject, issuer), chain)
        return key_name

    def _exists(self, key_name: str) -> bool:
        return (self.folder / f"{key_name}.p12").exists()

    def _keep(self, key_name: str, identity: Identity, chain: list[x509.Certificate]) -> None:
        encryption = BestAvailableEncryption(self._passphrase)
        data = pkcs12.serialize_key_and_certificates(
            key_name.encode(), identity.key, identity.certificate, chain, encryption
        )
        self._write(self.folder / f"{key_name}.p12", data)

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        """Write under another name first: a reader never sees half a key."""
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)

    def _revoked(self) -> dict[str, str]:
        path = self.folder / "revoked.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Two processes starting together must agree on one root."""
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def key_file(folder: Path, key_name: str) -> Path:
    """The file of *key_name*; a name that is no plain word would leave the folder."""
    path = folder / f"{key_name}.p12"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", key_name) or not path.is_file():
        raise KeyMissing("Không có khóa ký số mang tên “%(key)s”.", key=key_name)
    return path


def key_name_of(name: str, organisation: str, title: str | None) -> str:
    """A readable file name that differs whenever any part of the subject differs."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    words = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if c.isascii())).strip("-")
    mark = hashlib.sha256(json.dumps([name, organisation, title]).encode()).hexdigest()[:8]
    return f"{words[:60].strip('-') or 'khoa'}-{mark}"
