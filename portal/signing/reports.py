"""Judges each signature by AdES long-term validation and words the result for people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from portal.signing.keys import is_test_certificate
from portal.signing.names import LEADER_FIELD, SEAL_FIELD
from portal.signing.policy import specification, timing
from portal.signing.shape import is_timestamp
from portal.signing.trust import Trust
from portal.signing.verdict import SignatureReport

ROLES = {
    LEADER_FIELD: "Chữ ký của người có thẩm quyền",
    SEAL_FIELD: "Chữ ký của cơ quan, tổ chức",
}
STAMP, STRANGER = "Dấu thời gian của tài liệu", "Chữ ký lạ"

COVERS = {
    SignatureCoverageLevel.ENTIRE_FILE: "Toàn bộ tệp",
    SignatureCoverageLevel.ENTIRE_REVISION: "Toàn bộ văn bản tại thời điểm ký",
}
MODIFICATIONS = {
    ModificationLevel.NONE: "Không có thay đổi sau khi ký",
    ModificationLevel.LTA_UPDATES: "Chỉ bổ sung thông tin xác thực lâu dài",
    ModificationLevel.FORM_FILLING: "Chỉ điền số, ngày và đóng dấu theo phép của người ký",
}
DOUBTS: dict[AdESSubIndic, str] = {
    AdESFailure.REVOKED: "đã bị thu hồi",
    AdESIndeterminate.REVOKED_NO_POE: "đã bị thu hồi",
    AdESIndeterminate.REVOKED_CA_NO_POE: "do một cơ quan chứng thực đã bị thu hồi cấp",
    AdESFailure.NOT_YET_VALID: "chưa có hiệu lực khi ký",
    AdESIndeterminate.NOT_YET_VALID: "chưa có hiệu lực khi ký",
    AdESIndeterminate.EXPIRED: "đã hết hạn khi ký",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "đã hết hạn, không chứng minh được thời điểm ký",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "không do cơ quan chứng thực được tin cậy cấp",
}


@dataclass(frozen=True)
class Examiner:
    """Judges the signatures of one file; what it has to compare is compared once."""

    reader: PdfFileReader
    trust: Trust
    at: datetime | None
    specification: PdfSignatureValidationSpec

    async def report(self, signature: EmbeddedPdfSignature) -> tuple[SignatureReport, str | None]:
        """Return the report on *signature* and, unless all is well, the sentence saying why."""
        if is_timestamp(signature):
            return await self._report_stamp(signature)
        return await self._report_signature(signature)

    async def _report_signature(
        self, signature: EmbeddedPdfSignature
    ) -> tuple[SignatureReport, str | None]:
        result = await ades_lta_validation(
            signature, self.specification, timing_info=timing(self.at)
        )
        indication, status = result.ades_subindic, result.api_status
        stamped = status is not None and status.timestamp_validity is not None
        report = _report(
            signature,
            status,
            trusted=indication is AdESPassed.OK and stamped and self._may_trust(signature),
            timestamp=result.best_signature_time if stamped else None,
        )
        if status is not None and not status.docmdp_ok:
            report = replace(report, intact=False)
        if report.intact and indication is AdESPassed.OK and not stamped:
            return report, f"{report.role} không có dấu thời gian."
        # When no past path can be built either, the reason met first is the one to tell.
        first = status.trust_problem_indic if status is not None else None
        return report, self._doubt(report, first or indication)

    async def _report_stamp(
        self, signature: EmbeddedPdfSignature
    ) -> tuple[SignatureReport, str | None]:
        status = await async_validate_pdf_timestamp(
            signature, self._stored_context(), self.specification.diff_policy
        )
        trusted = bool(status.trusted) and self._may_trust(signature)
        report = _report(signature, status, trusted=trusted, timestamp=status.timestamp)
        return report, self._doubt(report, AdESIndeterminate.GENERIC)

    def _stored_context(self) -> ValidationContext:
        return DocumentSecurityStore.read_dss(self.reader).as_validation_context(
            {
                "trust_roots": list(self.trust.roots),
                "moment": self.at or datetime.now(UTC),
                "allow_fetching": False,
                "revocation_mode": "require",
            }
        )

    def _may_trust(self, signature: EmbeddedPdfSignature) -> bool:
        return self.trust.demonstration or not is_test_certificate(signature.signer_cert)

    def _doubt(self, report: SignatureReport, indication: AdESSubIndic) -> str | None:
        if not report.intact:
            return f"{report.role}: nội dung được ký không còn nguyên vẹn."
        if report.trusted:
            return None
        reason = DOUBTS.get(indication, "không xác minh được")
        return f"{report.role}: chứng thư số của {report.signer} {reason}."


async def examine(
    reader: PdfFileReader, trust: Trust, at: datetime | None
) -> list[tuple[SignatureReport, str | None]]:
    """Judge every signature of the file in the order of signing."""
    examiner = Examiner(reader, trust, at, specification(trust))
    return [await examiner.report(one) for one in reader.embedded_signatures]


def _report(
    signature: EmbeddedPdfSignature, status: Any, *, trusted: bool, timestamp: datetime | None
) -> SignatureReport:
    certificate = signature.signer_cert
    level = status.modification_level if status else None
    intact = bool(status and status.intact and status.valid) and level in MODIFICATIONS
    return SignatureReport(
        field=signature.field_name,
        role=STAMP if is_timestamp(signature) else ROLES.get(signature.field_name, STRANGER),
        signer=_of(certificate.subject, "common_name"),
        organisation=_of(certificate.subject, "organization_name"),
        issuer=_of(certificate.issuer, "common_name"),
        signing_time=signature.self_reported_timestamp,
        timestamp=timestamp,
        intact=intact,
        trusted=trusted,
        covers=_worded(COVERS, signature.coverage, "Không rõ phạm vi"),
        modification=_worded(MODIFICATIONS, level, "Nội dung đã bị sửa đổi sau khi ký"),
        algorithm=_algorithm(signature),
        certificate_serial=f"{certificate.serial_number:x}",
        certificate_not_before=certificate.not_valid_before,
        certificate_not_after=certificate.not_valid_after,
    )


def _worded(words: Mapping[Any, str], key: object, otherwise: str) -> str:
    return words.get(key, otherwise)


def _of(name: x509.Name, attribute: str) -> str:
    value = name.native.get(attribute, "")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _algorithm(signature: EmbeddedPdfSignature) -> str:
    key = signature.signer_cert.public_key
    mechanism = signature.signer_info["signature_algorithm"].signature_algo
    return f"{mechanism} {key.bit_size} bit, {signature.md_algorithm}".upper().replace("BIT", "bit")
