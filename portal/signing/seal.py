"""The act of the organisation: number, date and seal in one revision, so never one without all."""

from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from portal.documents.typesetting import appearance
from portal.signing.appearance import Picture, field_named, fill_text, size_of
from portal.signing.errors import NotSignable
from portal.signing.keys import KeyStore
from portal.signing.names import DATE_FIELD, NUMBER_FIELD, SEAL_FIELD
from portal.signing.revision import open_for_signing, sign_revision
from portal.signing.verdict import Kind
from portal.signing.verification import verify

REASON = "Phát hành văn bản số %(number)s"


def seal(
    signed: bytes,
    keys: KeyStore,
    *,
    key_name: str,
    number_text: str,
    date_text: str,
    organisation_name: str,
    at: datetime,
) -> bytes:
    """Return *signed* with its number and date filled in and the organisation's seal on it.

    Only a document that the person with authority has signed may be sealed (Article 32.2d of
    Decree 30/2020). On the main document the seal shows its image and no line of text (Phụ lục I,
    Mục II.8).
    """
    _refuse_unless_signed(signed, keys, at)
    writer = open_for_signing(signed)
    fill_text(writer, NUMBER_FIELD, number_text)
    fill_text(writer, DATE_FIELD, date_text)
    return sign_revision(
        writer,
        keys,
        key_name,
        _seal_picture(writer, organisation_name),
        field=SEAL_FIELD,
        permissions=MDPPerm.NO_CHANGES,
        certify=False,
        name=organisation_name,
        reason=REASON % {"number": number_text},
        at=at,
    )


def _refuse_unless_signed(signed: bytes, keys: KeyStore, at: datetime) -> None:
    verdict = verify(signed, keys.trust, at=at)
    if verdict.kind is Kind.ISSUED:
        raise NotSignable("Văn bản đã được cấp số và đóng dấu.")
    if verdict.kind is Kind.UNSIGNED:
        raise NotSignable("Văn bản chưa có chữ ký của người có thẩm quyền.")
    if verdict.kind is not Kind.SIGNED_ONLY:
        raise NotSignable(
            "Chữ ký của người có thẩm quyền không hợp lệ, không được đóng dấu. (%(reason)s)",
            reason=verdict.sentence,
        )


def _seal_picture(writer: IncrementalPdfFileWriter, organisation_name: str) -> Picture:
    field = field_named(writer, SEAL_FIELD).get_object()
    return Picture(appearance("con_dau", *size_of(field), organisation=organisation_name))
