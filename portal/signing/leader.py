"""The signature of the person with authority: certifies the text, leaves number and date open."""

from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from portal.documents.typesetting import appearance
from portal.signing.appearance import Picture, field_named, size_of
from portal.signing.errors import NotSignable
from portal.signing.keys import KeyStore
from portal.signing.names import DATE_FIELD, LEADER_FIELD, NUMBER_FIELD, SEAL_FIELD
from portal.signing.revision import open_for_signing, sign_revision

REASON = "Ký ban hành văn bản"


def leader_sign(
    prepared: bytes, keys: KeyStore, *, key_name: str, signer_name: str, at: datetime
) -> bytes:
    """Return *prepared* with a certification signature that allows filling in and nothing more.

    Number and date come after the signature (Article 15 of Decree 30/2020), so they must be
    empty here: what the leader certifies is the text, with the places for them.
    """
    writer = open_for_signing(prepared)
    _refuse_unless_blank(writer)
    field = field_named(writer, LEADER_FIELD).get_object()
    picture = Picture(appearance("chu_ky", *size_of(field), text=signer_name))
    return sign_revision(
        writer,
        keys,
        key_name,
        picture,
        field=LEADER_FIELD,
        permissions=MDPPerm.FILL_FORMS,
        certify=True,
        name=signer_name,
        reason=REASON,
        at=at,
    )


def _refuse_unless_blank(writer: IncrementalPdfFileWriter) -> None:
    try:
        fields = {
            name: field_named(writer, name).get_object()
            for name in (LEADER_FIELD, SEAL_FIELD, NUMBER_FIELD, DATE_FIELD)
        }
    except KeyError as error:
        raise NotSignable("Tệp PDF không có đủ chỗ ghi số, ngày, chữ ký và dấu.") from error
    if "/V" in fields[LEADER_FIELD]:
        raise NotSignable("Văn bản đã có chữ ký của người có thẩm quyền.")
    if any("/V" in field for field in fields.values()):
        raise NotSignable("Số, ngày hoặc dấu đã được điền trước khi ký.")
