"""What a verification tells a person: the list of Circular 15/2025/TT-BKHCN, in Vietnamese."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the file turned out to be."""

    ISSUED = "issued"
    SIGNED_ONLY = "signed_only"
    UNSIGNED = "unsigned"
    ALTERED = "altered"
    UNTRUSTED = "untrusted"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    NOT_PDF = "not_pdf"


SENTENCES = {
    Kind.ISSUED: "Văn bản hợp lệ: đã ký số, cấp số, đóng dấu và không bị sửa đổi.",
    Kind.SIGNED_ONLY: "Văn bản có chữ ký hợp lệ của người có thẩm quyền nhưng chưa được phát hành:"
    " chưa có số, ngày và chữ ký số của cơ quan.",
    Kind.UNSIGNED: "Không hợp lệ: tệp PDF không có chữ ký số.",
    Kind.ALTERED: "Không hợp lệ: văn bản đã bị sửa đổi hoặc không đúng như khi phát hành.",
    Kind.UNTRUSTED: "Không hợp lệ: không xác minh được chứng thư số của người ký.",
    Kind.DAMAGED: "Không hợp lệ: tệp PDF bị hỏng, không đọc được.",
    Kind.ENCRYPTED: "Không hợp lệ: tệp PDF có mật khẩu, không kiểm tra được.",
    Kind.TOO_LARGE: "Không hợp lệ: tệp quá lớn (giới hạn 50 MB).",
    Kind.NOT_PDF: "Không hợp lệ: đây không phải là tệp PDF.",
}


@dataclass(frozen=True)
class SignatureReport:
    """One signature, seal or document timestamp."""

    field: str
    role: str
    signer: str
    organisation: str
    issuer: str
    signing_time: datetime | None
    timestamp: datetime | None
    intact: bool
    trusted: bool
    covers: str
    modification: str
    algorithm: str
    certificate_serial: str
    certificate_not_before: datetime
    certificate_not_after: datetime

    @property
    def is_valid(self) -> bool:
        return self.intact and self.trusted

    @property
    def conclusion(self) -> str:
        """The words that the circular prescribes."""
        return "hợp lệ" if self.is_valid else "không hợp lệ"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one verification; the sentences are for people, `kind` is for code."""

    kind: Kind
    findings: tuple[str, ...] = ()
    signatures: tuple[SignatureReport, ...] = ()
    number: str | None = None
    date: str | None = None
    digest: str = field(default="")
    plan_digest: str | None = None

    @property
    def is_valid(self) -> bool:
        """Whether this is an issued document as its organisation issued it."""
        return self.kind is Kind.ISSUED

    @property
    def sentence(self) -> str:
        return SENTENCES[self.kind]
