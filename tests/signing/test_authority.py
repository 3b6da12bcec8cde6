"""The demonstration authority marks all it makes, agrees with itself, and stays in its place."""

import multiprocessing
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from config import Config
from portal.signing.authority import ROOT, SUBORDINATE, TIMESTAMPS, Authority
from portal.signing.errors import KeyMissing, KeyRefused
from portal.signing.keys import DemonstrationKeys, FolderKeys, open_keys
from portal.signing.names import TEST_MARK
from tests.signing.conftest import AT, PASSPHRASE
from tests.signing.plan import ORGANISATION, SIGNER, TITLE

LONG = "Ủy ban nhân dân " + "rất dài " * 20


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "keys", PASSPHRASE)


def test_every_name_carries_the_test_mark(authority: Authority) -> None:
    person = authority.issue_person(SIGNER, TITLE, ORGANISATION)
    names = (ROOT, SUBORDINATE, TIMESTAMPS, person, authority.issue_organisation(LONG))
    for name in names:
        subject = authority.identity(name).certificate.subject
        for part in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
            (value,) = subject.get_attributes_for_oid(part)
            assert str(value.value).endswith(f"({TEST_MARK})")
            assert len(str(value.value).encode()) <= 64


def test_keys_are_on_a_curve_that_the_circular_allows(authority: Authority) -> None:
    for name in (ROOT, SUBORDINATE, TIMESTAMPS, authority.issue_organisation(ORGANISATION)):
        assert isinstance(authority.identity(name).key.curve, ec.SECP256R1)


def test_only_the_owner_reads_the_keys(authority: Authority, tmp_path: Path) -> None:
    authority.issue_organisation(ORGANISATION)
    folder = tmp_path / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.glob("*.p12"))
    assert len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_the_passphrase_protects_the_keys(authority: Authority, tmp_path: Path) -> None:
    name = authority.issue_organisation(ORGANISATION)
    with pytest.raises(ValueError, match="password"):
        Authority(tmp_path / "keys", "mot-mat-khau-khac").identity(name)


def test_a_certificate_is_made_once(authority: Authority, tmp_path: Path) -> None:
    first = authority.issue_person(SIGNER, TITLE, ORGANISATION)
    made = authority.identity(first).certificate
    again = Authority(tmp_path / "keys", PASSPHRASE)
    assert again.issue_person(SIGNER, TITLE, ORGANISATION) == first
    assert again.identity(first).certificate == made


@pytest.mark.parametrize(
    "other",
    [
        (f"{SIGNER} B", TITLE, ORGANISATION),
        (SIGNER, "Chủ tịch", ORGANISATION),
        (SIGNER, TITLE, "Ủy ban nhân dân quận Ba Đình"),
    ],
)
def test_another_subject_is_another_key(authority: Authority, other: tuple[str, str, str]) -> None:
    assert authority.issue_person(*other) != authority.issue_person(SIGNER, TITLE, ORGANISATION)


def test_two_processes_agree_on_one_authority(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        roots = pool.map(_root_of, [str(tmp_path / "keys")] * 4)
    assert len(set(roots)) == 1


def _root_of(folder: str) -> int:
    return Authority(Path(folder), PASSPHRASE).identity(ROOT).certificate.serial_number


def test_revoked_certificates_are_listed(authority: Authority) -> None:
    name = authority.issue_organisation(ORGANISATION)
    authority.revoke(name, at=AT)
    root, subordinate = authority.revocation_lists(at=AT)
    serials = [
        entry["user_certificate"].native
        for entry in subordinate["tbs_cert_list"]["revoked_certificates"]
    ]
    assert serials == [authority.identity(name).certificate.serial_number]
    assert not root["tbs_cert_list"]["revoked_certificates"].native


def test_demonstration_mode_opens_the_demonstration_authority(tmp_path: Path) -> None:
    keys = open_keys(_config(tmp_path, demo=True, tsa_url=None))
    assert isinstance(keys, DemonstrationKeys)
    assert keys.trust.demonstration


def test_test_keys_are_refused_outside_demonstration_mode(
    authority: Authority, tmp_path: Path
) -> None:
    name = authority.issue_organisation(ORGANISATION)
    keys = open_keys(_config(tmp_path, demo=False, tsa_url="http://127.0.0.1:1/"))
    assert isinstance(keys, FolderKeys)
    assert not keys.trust.demonstration
    with pytest.raises(KeyRefused, match="chứng thư thử nghiệm"):
        keys.signer_for(name)


def test_a_test_root_is_refused_outside_demonstration_mode(
    authority: Authority, tmp_path: Path
) -> None:
    folder = tmp_path / "keys" / "trust"
    folder.mkdir()
    (folder / "root.pem").write_bytes(
        authority.identity(ROOT).certificate.public_bytes(Encoding.PEM)
    )
    keys = open_keys(_config(tmp_path, demo=False, tsa_url="http://127.0.0.1:1/"))
    with pytest.raises(KeyRefused, match="chứng thư thử nghiệm"):
        _ = keys.trust


def test_outside_demonstration_mode_a_timestamp_authority_is_needed(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused, match="TSA_URL"):
        open_keys(_config(tmp_path, demo=False, tsa_url=None))


def test_a_key_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "hong.p12").write_bytes(b"hong")
    keys = open_keys(_config(tmp_path, demo=False, tsa_url="http://127.0.0.1:1/"))
    with pytest.raises(KeyRefused, match="“hong”"):
        keys.signer_for("hong")
    with pytest.raises(KeyMissing):
        keys.signer_for("khong-co")


def _config(folder: Path, *, demo: bool, tsa_url: str | None) -> Config:
    return Config(
        demo=demo,
        secret_key="x" * 40,
        password_salt="x" * 40,
        database_url="postgresql+psycopg://",
        redis_url="redis://",
        data_dir=folder,
        base_url="http://127.0.0.1",
        mail_from="a@demo.invalid",
        keys_dir=folder / "keys",
        keys_passphrase=PASSPHRASE,
        tsa_url=tsa_url,
    )
