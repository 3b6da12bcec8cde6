"""Prolongs what a file proves: a fresh time stamp before the last one's evidence expires."""

from datetime import datetime

from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation import validate_pdf_timestamp

from portal.signing.errors import NotSignable
from portal.signing.keys import KeyStore
from portal.signing.revision import EVIDENCE_FIRST, open_for_signing, refusals_in_words
from portal.signing.verification import verify


def renew(issued: bytes, keys: KeyStore, *, at: datetime) -> bytes:
    """Return *issued* with one more document time stamp (ETSI EN 319 142-1, 5.4.3).

    pyHanko's own renewal puts evidence behind its time stamp, where nothing covers it.
    """
    verdict = verify(issued, keys.trust, at=at)
    if not verdict.is_valid:
        raise NotSignable("Không gia hạn được dấu thời gian. (%(reason)s)", reason=verdict.sentence)
    writer = open_for_signing(issued)
    context = keys.validation_context(at=at)
    last = validate_pdf_timestamp(writer.prev.embedded_timestamp_signatures[-1], context)
    with refusals_in_words():
        renewed = PdfTimeStamper(keys.timestamper(at=at)).timestamp_pdf(
            writer,
            "sha256",
            context,
            validation_paths=[last.validation_path],
            dss_settings=EVIDENCE_FIRST,
        )
    return bytes(renewed.getvalue())
