"""Signs with real keys what the application itself would not sign."""

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from portal.signing.appearance import Picture
from portal.signing.keys import DemonstrationKeys
from portal.signing.revision import sign_revision
from portal.signing.verdict import Kind, Verdict
from tests.signing.conftest import AT


def assert_altered(verdict: Verdict) -> None:
    assert verdict.kind is Kind.ALTERED
    assert not verdict.is_valid
    assert verdict.findings
    assert verdict.sentence.startswith("Không hợp lệ")


def signed_at(
    writer: IncrementalPdfFileWriter,
    keys: DemonstrationKeys,
    key_name: str,
    field: str,
    picture: bytes,
    permissions: MDPPerm,
) -> bytes:
    return sign_revision(
        writer,
        keys,
        key_name,
        Picture(picture),
        field=field,
        permissions=permissions,
        certify=False,
        name="x",
        reason="x",
        at=AT,
    )
