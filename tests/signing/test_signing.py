"""When a signature or a seal is refused, and that a refusal leaves nothing behind."""

import socket
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from portal.documents.render import render_plan
from portal.signing.errors import (
    KeyMissing,
    KeyRefused,
    NotSignable,
    SignatureError,
    TimestampUnavailable,
)
from portal.signing.keys import DemonstrationKeys, KeyStore
from portal.signing.leader import leader_sign
from portal.signing.seal import seal
from portal.signing.timestamps import RemoteTimeStamper
from portal.signing.trust import Trust
from portal.signing.verification import verify
from tests.signing import attacks
from tests.signing.conftest import AT, PASSPHRASE
from tests.signing.plan import DATE, NUMBER, ORGANISATION, SIGNER, TITLE, canonical_plan


def _sign(pdf: bytes, keys: KeyStore, key_name: str) -> bytes:
    return leader_sign(pdf, keys, key_name=key_name, signer_name=SIGNER, at=AT)


def _seal(pdf: bytes, keys: KeyStore, key_name: str, number: str = NUMBER) -> bytes:
    return seal(
        pdf,
        keys,
        key_name=key_name,
        number_text=number,
        date_text=DATE,
        organisation_name=ORGANISATION,
        at=AT,
    )


def test_a_plan_is_signed_once(signed: bytes, keys: DemonstrationKeys, leader_key: str) -> None:
    with pytest.raises(NotSignable, match="đã có chữ ký của người có thẩm quyền"):
        _sign(signed, keys, leader_key)


def test_a_plan_is_sealed_once(
    issued: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    with pytest.raises(NotSignable, match="đã được cấp số và đóng dấu"):
        _seal(issued, keys, organisation_key)


def test_the_seal_waits_for_the_leader(
    prepared: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    with pytest.raises(NotSignable, match="chưa có chữ ký của người có thẩm quyền"):
        _seal(prepared, keys, organisation_key)


@pytest.mark.parametrize("name", ["overlay", "refilled_number", "nothing_at_all"])
def test_an_altered_plan_is_not_sealed(
    name: str, signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    changed = attacks.incremental(signed, attacks.INCREMENTAL[name])
    with pytest.raises(NotSignable, match="không hợp lệ, không được đóng dấu"):
        _seal(changed, keys, organisation_key)


def test_a_plan_signed_under_another_authority_is_not_sealed(signed: bytes, tmp_path: Path) -> None:
    others = DemonstrationKeys(tmp_path / "keys", PASSPHRASE)
    with pytest.raises(NotSignable, match="không được đóng dấu"):
        _seal(signed, others, others.authority.issue_organisation(ORGANISATION))


def test_a_number_filled_in_early_is_not_signed(
    prepared: bytes, keys: DemonstrationKeys, leader_key: str
) -> None:
    filled = attacks.incremental(prepared, attacks.refilled_number)
    with pytest.raises(NotSignable, match="trước khi ký"):
        _sign(filled, keys, leader_key)


def test_a_file_without_places_is_not_signed(keys: DemonstrationKeys, leader_key: str) -> None:
    bare = render_plan(canonical_plan(), at=AT).pdf
    with pytest.raises(NotSignable, match="không có đủ chỗ"):
        _sign(bare, keys, leader_key)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"khong phai pdf" * 99])
def test_a_damaged_file_is_not_signed(
    pdf: bytes, keys: DemonstrationKeys, leader_key: str, organisation_key: str
) -> None:
    with pytest.raises(NotSignable):
        _sign(pdf, keys, leader_key)
    with pytest.raises(NotSignable):
        _seal(pdf, keys, organisation_key)


def test_a_retried_seal_carries_the_same_number(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    first, second = (_seal(signed, keys, organisation_key, "05") for _ in range(2))
    assert [verify(one, keys.trust, at=AT).number for one in (first, second)] == ["05", "05"]


def test_a_revoked_key_signs_nothing(prepared: bytes, tmp_path: Path) -> None:
    keys = DemonstrationKeys(tmp_path / "keys", PASSPHRASE)
    key = keys.authority.issue_person(SIGNER, TITLE, ORGANISATION)
    keys.authority.revoke(key, at=AT - timedelta(minutes=1))
    with pytest.raises(KeyRefused, match="thu hồi"):
        _sign(prepared, keys, key)


@pytest.mark.parametrize("year", [2019, 2046])
def test_a_key_signs_only_while_its_certificate_is_valid(
    prepared: bytes, keys: DemonstrationKeys, leader_key: str, year: int
) -> None:
    with pytest.raises(KeyRefused):
        leader_sign(
            prepared, keys, key_name=leader_key, signer_name=SIGNER, at=AT.replace(year=year)
        )


@pytest.mark.parametrize("name", ["khong-co", "", "../keys/root", "a/b", "root.p12", "A"])
def test_an_unknown_key_is_named(prepared: bytes, keys: DemonstrationKeys, name: str) -> None:
    with pytest.raises(KeyMissing) as refused:
        _sign(prepared, keys, name)
    assert f"“{name}”" in str(refused.value)


def test_without_the_timestamp_authority_nothing_is_signed(
    prepared: bytes, signed: bytes, tmp_path: Path
) -> None:
    keys = DemonstrationKeys(tmp_path / "keys", PASSPHRASE, f"http://127.0.0.1:{_closed_port()}/")
    key = keys.authority.issue_person(SIGNER, TITLE, ORGANISATION)
    before = bytes(prepared)
    with pytest.raises(TimestampUnavailable, match="hãy thử lại sau"):
        _sign(prepared, keys, key)
    assert prepared == before


def test_without_the_timestamp_authority_nothing_is_sealed(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    cut_off = CutOffKeys(keys)
    with pytest.raises(TimestampUnavailable):
        _seal(signed, cut_off, organisation_key)


def test_every_refusal_is_one_kind_of_error() -> None:
    for error in (KeyMissing, KeyRefused, NotSignable, TimestampUnavailable):
        assert issubclass(error, SignatureError)


def test_the_leader_leaves_number_date_and_seal_open(signed: bytes) -> None:
    fields = PdfFileReader(BytesIO(signed)).root["/AcroForm"]["/Fields"]
    filled = {str(field.get_object()["/T"]) for field in fields if "/V" in field.get_object()}
    assert {"so", "ngay", "con_dau"}.isdisjoint(filled)
    assert "ky_lanh_dao" in filled


class CutOffKeys:
    """The keys of the demonstration, with a timestamp authority that does not answer."""

    def __init__(self, keys: DemonstrationKeys) -> None:
        self._keys = keys
        self._stamps = RemoteTimeStamper(f"http://127.0.0.1:{_closed_port()}/")

    @property
    def trust(self) -> Trust:
        return self._keys.trust

    def signer_for(self, key_name: str) -> SimpleSigner:
        return self._keys.signer_for(key_name)

    def timestamper(self, *, at: datetime) -> TimeStamper:
        return self._stamps

    def validation_context(self, *, at: datetime) -> ValidationContext:
        return self._keys.validation_context(at=at)


def _closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
