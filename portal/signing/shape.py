"""What an issued file must look like, beyond what its signatures say by themselves.

pyHanko judges changes after a signature; these rules judge the whole: which signatures there are,
what they allow, and that the number and date shown are the number and date sealed.
"""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.fields import FieldMDPAction, MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature

from portal.signing.appearance import entry, field_named, shows_its_value
from portal.signing.containers import closes_the_file, fits_its_gap
from portal.signing.names import DATE_FIELD, LEADER_FIELD, NUMBER_FIELD, SEAL_FIELD

OWN_FIELDS = {NUMBER_FIELD, DATE_FIELD, LEADER_FIELD, SEAL_FIELD}
FILLED_FIELDS = (NUMBER_FIELD, DATE_FIELD)

SignatureList = list[EmbeddedPdfSignature]


def faults_of_shape(reader: PdfFileReader, pdf: bytes) -> list[str]:
    """Return a sentence for every rule that the file breaks; none means it is as issued."""
    everything = reader.embedded_signatures
    signatures = [one for one in everything if not is_timestamp(one)]
    faults = list(_faults_of_bytes(everything, pdf)) + list(_faults_of_fields(reader, everything))
    if [one.field_name for one in signatures] not in ([LEADER_FIELD], [LEADER_FIELD, SEAL_FIELD]):
        return [*faults, "Tệp không có đúng chữ ký của người có thẩm quyền và chữ ký của cơ quan."]
    if faults:
        return faults
    faults = list(_faults_of_leader(reader, signatures[0]))
    judge = _faults_of_seal if len(signatures) == 2 else _faults_without_seal
    return faults + list(judge(reader, signatures))


def is_timestamp(signature: EmbeddedPdfSignature) -> bool:
    return bool(signature.sig_object_type == "/DocTimeStamp")


def value_of(pdf: PdfHandler, name: str) -> str | None:
    """What a text field of the form holds, None when it is empty or not there."""
    try:
        value = entry(field_named(pdf, name).get_object(), "/V")
    except KeyError:
        return None
    return None if value is None else str(value)


def _faults_of_bytes(signatures: SignatureList, pdf: bytes) -> Iterator[str]:
    if not all(fits_its_gap(one, pdf) for one in signatures):
        yield "Có chữ ký không khớp với vùng dữ liệu dành cho nó."
    elif not (is_timestamp(signatures[-1]) and closes_the_file(signatures[-1], pdf)):
        yield "Có dữ liệu được thêm vào sau dấu thời gian cuối cùng."


def _faults_of_fields(reader: PdfFileReader, signatures: SignatureList) -> Iterator[str]:
    stamps = {one.field_name for one in signatures if is_timestamp(one)}
    fields = [field.get_object() for field in reader.root["/AcroForm"]["/Fields"]]
    names = [str(entry(field, "/T")) for field in fields]
    if len(names) != len(set(names)) or set(names) != OWN_FIELDS | stamps:
        yield "Biểu mẫu trong tệp không có đúng các ô: số, ngày, chữ ký và dấu."


def _faults_of_leader(reader: PdfFileReader, leader: EmbeddedPdfSignature) -> Iterator[str]:
    permissions = entry(reader.root, "/Perms") or generic.DictionaryObject()
    if not _certifies(permissions, leader) or leader.docmdp_level is not MDPPerm.FILL_FORMS:
        yield "Chữ ký của người có thẩm quyền không phải là chữ ký chứng nhận văn bản."
    then = reader.get_historical_resolver(leader.signed_revision)
    if any(value_of(then, name) is not None for name in (*FILLED_FIELDS, SEAL_FIELD)):
        yield "Số, ngày hoặc dấu đã có trước khi người có thẩm quyền ký."


def _certifies(permissions: generic.DictionaryObject, leader: EmbeddedPdfSignature) -> bool:
    if "/DocMDP" not in permissions:
        return False
    certified, value = permissions.raw_get("/DocMDP"), leader.sig_field.raw_get("/V")
    return bool(certified.reference == value.reference)


def _faults_without_seal(reader: PdfFileReader, signatures: SignatureList) -> Iterator[str]:
    if any(value_of(reader, name) is not None for name in FILLED_FIELDS):
        yield "Số hoặc ngày đã được điền nhưng không có chữ ký của cơ quan."


def _faults_of_seal(reader: PdfFileReader, signatures: SignatureList) -> Iterator[str]:
    leader, seal = signatures
    if leader.signer_cert.dump() == seal.signer_cert.dump():
        yield "Chữ ký của người có thẩm quyền và của cơ quan dùng chung một chứng thư số."
    lock = seal.fieldmdp
    if lock is None or lock.action is not FieldMDPAction.ALL:
        yield "Chữ ký của cơ quan không khóa các ô của văn bản."
    elif seal.docmdp_level is not MDPPerm.NO_CHANGES:
        yield "Chữ ký của cơ quan còn cho phép sửa văn bản."
    for name in FILLED_FIELDS:
        yield from _faults_of_filled(reader, name, seal.signed_revision)


def _faults_of_filled(reader: PdfFileReader, name: str, sealed_in: int) -> Iterator[str]:
    what = "Số" if name == NUMBER_FIELD else "Ngày"
    reference = field_named(reader, name).reference
    if value_of(reader, name) is None:
        yield f"{what} của văn bản còn để trống."
    elif reader.xrefs.get_last_change(reference) != sealed_in:
        yield f"{what} của văn bản không được điền cùng lúc với việc đóng dấu."
    elif not shows_its_value(reader, name):
        yield f"{what} hiển thị trên văn bản khác với giá trị đã được đóng dấu."
