"""What someone with real keys might seal is found out too: the picture, the order, the lock."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfTimeStamper

from portal.documents.typesetting import appearance
from portal.signing.appearance import field_named, fill_text
from portal.signing.keys import DemonstrationKeys
from portal.signing.leader import leader_sign
from portal.signing.revision import open_for_signing
from portal.signing.verification import verify
from tests.signing import attacks
from tests.signing.conftest import AT
from tests.signing.forgery import assert_altered, signed_at
from tests.signing.plan import DATE, NUMBER, ORGANISATION, SIGNER

LIE = "Hà Nội, ngày 31 tháng 12 năm 2023"


def test_a_picture_that_shows_another_date_is_found_out(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    def lie(writer: IncrementalPdfFileWriter) -> None:
        fill_text(writer, "so", NUMBER)
        fill_text(writer, "ngay", LIE)
        field_named(writer, "ngay").get_object()["/V"] = TextStringObject(DATE)

    verdict = verify(_sealed_after(lie, signed, keys, organisation_key), keys.trust, at=AT)
    assert_altered(verdict)
    assert verdict.findings == ("Ngày hiển thị trên văn bản khác với giá trị đã được đóng dấu.",)


@pytest.mark.parametrize("other", ["30", "36", "39", "88", "3", "388", ""])
def test_a_picture_that_shows_another_number_is_found_out(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str, other: str
) -> None:
    def lie(writer: IncrementalPdfFileWriter) -> None:
        fill_text(writer, "so", other)
        fill_text(writer, "ngay", DATE)
        field_named(writer, "so").get_object()["/V"] = TextStringObject(NUMBER)

    verdict = verify(_sealed_after(lie, signed, keys, organisation_key), keys.trust, at=AT)
    assert verdict.findings == ("Số hiển thị trên văn bản khác với giá trị đã được đóng dấu.",)


@pytest.mark.parametrize(
    ("extra", "accepted"),
    [
        (b"q Q\n", True),
        (b"0 0 1 1 re f\n", False),
        (b"/OC /Lop BDC EMC\n", False),
    ],
    ids=["the same look", "a dot more", "a layer"],
)
def test_a_picture_from_another_typesetter_counts_by_its_look(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str, extra: bytes, accepted: bool
) -> None:
    def redraw(writer: IncrementalPdfFileWriter) -> None:
        fill_text(writer, "so", NUMBER)
        fill_text(writer, "ngay", DATE)
        drawing = field_named(writer, "so").get_object()["/AP"]["/N"]
        drawing._data = extra + drawing.data
        drawing._encoded_data = None

    verdict = verify(_sealed_after(redraw, signed, keys, organisation_key), keys.trust, at=AT)
    assert verdict.is_valid is accepted


def test_number_and_date_filled_in_before_the_seal_are_found_out(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    filled = attacks.incremental(signed, _fill)
    unsealed = verify(filled, keys.trust, at=AT)
    assert_altered(unsealed)
    sealed = _sealed_after(lambda writer: None, filled, keys, organisation_key)
    verdict = verify(sealed, keys.trust, at=AT)
    assert_altered(verdict)
    assert "Số của văn bản không được điền cùng lúc với việc đóng dấu." in verdict.findings


def test_a_number_without_a_seal_is_found_out_under_a_fresh_time_stamp(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    _fill(writer)
    filled = BytesIO()
    writer.write(filled)
    stamped = PdfTimeStamper(keys.timestamper(at=AT)).timestamp_pdf(
        IncrementalPdfFileWriter(filled), "sha256"
    )
    verdict = verify(stamped.getvalue(), keys.trust, at=AT)
    assert_altered(verdict)
    assert verdict.findings == ("Số hoặc ngày đã được điền nhưng không có chữ ký của cơ quan.",)


def test_a_seal_without_number_and_date_is_found_out(
    signed: bytes, keys: DemonstrationKeys, organisation_key: str
) -> None:
    sealed = _sealed_after(lambda writer: None, signed, keys, organisation_key)
    verdict = verify(sealed, keys.trust, at=AT)
    assert_altered(verdict)
    assert "Số của văn bản còn để trống." in verdict.findings


def test_a_seal_made_with_the_leaders_own_key_is_found_out(
    signed: bytes, keys: DemonstrationKeys, leader_key: str
) -> None:
    verdict = verify(_sealed_after(_fill, signed, keys, leader_key), keys.trust, at=AT)
    assert_altered(verdict)
    assert any("chung một chứng thư" in finding for finding in verdict.findings)


def test_a_seal_that_locks_nothing_is_found_out(
    prepared: bytes, keys: DemonstrationKeys, leader_key: str, organisation_key: str
) -> None:
    unlocked = attacks.without_lock(prepared)
    signed = leader_sign(unlocked, keys, key_name=leader_key, signer_name=SIGNER, at=AT)
    sealed = _sealed_after(_fill, signed, keys, organisation_key)
    verdict = verify(sealed, keys.trust, at=AT)
    assert verdict.findings == ("Chữ ký của cơ quan không khóa các ô của văn bản.",)


def test_a_leader_who_only_approves_has_not_certified(
    prepared: bytes, keys: DemonstrationKeys, leader_key: str
) -> None:
    writer = open_for_signing(prepared)
    picture = appearance("chu_ky", 130, 62, text=SIGNER)
    approved = signed_at(writer, keys, leader_key, "ky_lanh_dao", picture, MDPPerm.FILL_FORMS)
    assert_altered(verify(approved, keys.trust, at=AT))


def _fill(writer: IncrementalPdfFileWriter) -> None:
    fill_text(writer, "so", NUMBER)
    fill_text(writer, "ngay", DATE)


def _sealed_after(
    change: attacks.Change, pdf: bytes, keys: DemonstrationKeys, key_name: str
) -> bytes:
    writer = open_for_signing(pdf)
    change(writer)
    picture = appearance("con_dau", 119, 119, organisation=ORGANISATION)
    return signed_at(writer, keys, key_name, "con_dau", picture, MDPPerm.NO_CHANGES)
