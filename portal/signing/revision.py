"""One signature as one incremental revision at level PAdES B-LTA (ETSI EN 319 142-1)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import aiohttp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigningSession,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimestampRequestError

from portal.signing.appearance import Picture
from portal.signing.errors import KeyRefused, NotSignable, TimestampUnavailable
from portal.signing.keys import KeyStore

VIETNAM = "Asia/Ho_Chi_Minh"

EVIDENCE_FIRST = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
"""A document time stamp must be the last thing in the file, or it does not cover the file."""


def open_for_signing(pdf: bytes) -> IncrementalPdfFileWriter:
    """Read *pdf* for one more revision; nothing that is there already changes."""
    try:
        return IncrementalPdfFileWriter(io.BytesIO(pdf))
    except PdfError as error:
        raise NotSignable("Tệp PDF bị hỏng, không ký được.") from error


def sign_revision(
    writer: IncrementalPdfFileWriter,
    keys: KeyStore,
    key_name: str,
    picture: Picture,
    *,
    field: str,
    permissions: MDPPerm,
    certify: bool,
    name: str,
    reason: str,
    at: datetime,
) -> bytes:
    """Sign what *writer* holds in the empty *field*; on any error nothing has been written."""
    metadata = PdfSignatureMetadata(
        field_name=field,
        certify=certify,
        docmdp_permissions=permissions,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        name=name,
        reason=reason,
        embed_validation_info=True,
        validation_context=keys.validation_context(at=at),
        use_pades_lta=True,
        dss_settings=DSSContentSettings(include_vri=False, next_ts_settings=EVIDENCE_FIRST),
    )
    signer = _SignerAt(
        metadata,
        keys.signer_for(key_name),
        timestamper=keys.timestamper(at=at),
        stamp_style=picture.style(),
    )
    signer.at = at.astimezone(ZoneInfo(VIETNAM))
    return _run(signer, writer)


def _run(signer: "_SignerAt", writer: IncrementalPdfFileWriter) -> bytes:
    with refusals_in_words():
        return bytes(signer.sign_pdf(writer, existing_fields_only=True).getvalue())


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Turn what pyHanko raises into errors that a person can act on."""
    try:
        yield
    except (TimestampRequestError, aiohttp.ClientError, TimeoutError) as error:
        raise TimestampUnavailable(
            "Dịch vụ cấp dấu thời gian không trả lời. Văn bản chưa được ký; hãy thử lại sau."
        ) from error
    except SigningError as error:
        if "certificate" in str(error):
            raise KeyRefused(
                "Chứng thư số không hợp lệ, đã hết hạn, bị thu hồi, "
                "hoặc không kiểm tra được trạng thái thu hồi."
            ) from error
        raise NotSignable("Không ký được vào tệp PDF này.") from error


class _SignerAt(PdfSigner):
    """Signs at a given time; pyHanko itself knows only the clock and zone of the machine."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Declare PAdES only: pyHanko would raise the file to PDF 2.0 for ECDSA (ISO/TS 32002).

        The file is PDF/A-3, which is PDF 1.7; ETSI EN 319 142-1 allows ECDSA there as it is.
        """
        pdf_out.register_extension(ESIC_EXTENSION_1)
