"""Says of any file whether it is a plan as its organisation issued it, and if not, why not."""

import asyncio
import hashlib
import io
import logging
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader

from portal.signing.attachment import plan_digest
from portal.signing.names import DATE_FIELD, NUMBER_FIELD
from portal.signing.reports import examine
from portal.signing.shape import faults_of_shape, is_timestamp, value_of
from portal.signing.trust import Trust
from portal.signing.verdict import Kind, Verdict

LIMIT = 50 * 1024 * 1024

_log = logging.getLogger(__name__)


def verify(pdf: bytes, trust: Trust, *, at: datetime | None = None) -> Verdict:
    """Judge *pdf* as of *at*, or of this moment; whatever goes wrong is a verdict too.

    This parses hostile input in the calling process: for an upload use `verify_isolated`.
    """
    refused = refused_unread(pdf)
    if refused is not None:
        return refused
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        return _examined(pdf, digest, trust, at)
    except MemoryError:
        raise
    except Exception:
        # Damaged files raise anything at all, from zlib.error to RecursionError. Not being able
        # to read a file to its end is the finding, and it is never a valid one.
        _log.info("file could not be verified", exc_info=True, extra={"digest": digest})
        return Verdict(Kind.DAMAGED, digest=digest)


def refused_unread(pdf: bytes) -> Verdict | None:
    """Judge what needs no parsing: the size, and whether this is a PDF at all."""
    if len(pdf) > LIMIT:
        return Verdict(Kind.TOO_LARGE, digest=hashlib.sha256(pdf).hexdigest())
    if not pdf.startswith(b"%PDF-"):
        return Verdict(Kind.NOT_PDF, digest=hashlib.sha256(pdf).hexdigest())
    return None


def _examined(pdf: bytes, digest: str, trust: Trust, at: datetime | None) -> Verdict:
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        return Verdict(Kind.ENCRYPTED, digest=digest)
    if not reader.embedded_signatures:
        return Verdict(Kind.UNSIGNED, digest=digest, plan_digest=plan_digest(reader))
    results = asyncio.run(examine(reader, trust, at))
    reports = tuple(report for report, _ in results)
    shape = faults_of_shape(reader, pdf)
    doubts = [doubt for _, doubt in results if doubt]
    sealed = sum(not is_timestamp(one) for one in reader.embedded_signatures) == 2
    if shape or not all(report.intact for report in reports):
        kind = Kind.ALTERED
    elif not all(report.trusted for report in reports):
        kind = Kind.UNTRUSTED
    else:
        kind = Kind.ISSUED if sealed else Kind.SIGNED_ONLY
    return Verdict(
        kind,
        findings=(*shape, *doubts),
        signatures=reports,
        number=value_of(reader, NUMBER_FIELD) if sealed else None,
        date=value_of(reader, DATE_FIELD) if sealed else None,
        digest=digest,
        plan_digest=plan_digest(reader),
    )
