"""What people fill in when a plan moves: remarks, reasons, and where to send it back."""

from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from portal.forms.base import (
    STALE_FORM,
    PortalForm,
    VersionedForm,
    at_most,
    required,
    whole_number,
    whole_numbers,
)
from workflows.domain.form.findings import Finding
from workflows.services.review import LONGEST_REMARK

LONGEST_NOTE: Final = 2_000
# As many as one return can tell; who sees more faults sends the plan back for the first of them.
MOST_FINDINGS: Final = 100
# What reviewers most often find; picking one saves typing, the words still go into the record.
USUAL_REASONS: Final = (
    _l("Thiếu thành phần hồ sơ"),
    _l("Chưa lấy đủ ý kiến"),
    _l("Chưa giải trình, tiếp thu ý kiến"),
    _l("Sai thẩm quyền, quyền hạn ký"),
    _l("Sai thể thức, kỹ thuật trình bày"),
    _l("Căn cứ hết hiệu lực hoặc viện dẫn sai"),
    _l("Trùng, chồng chéo với văn bản khác"),
    _l("Nội dung chưa phù hợp chỉ đạo"),
    _l("Chưa rõ đơn vị chủ trì, thời hạn, sản phẩm"),
    _l("Kinh phí chưa có ý kiến của Sở Tài chính"),
    _l("Lỗi số liệu"),
    _l("Sai nơi nhận"),
    _l("Cần xin ý kiến Thường trực Thành ủy, HĐND"),
    _l("Lỗi chính tả"),
)


class ApprovalForm(VersionedForm):
    """A yes, with or without a remark."""

    remark = TextAreaField(_l("Ý kiến (không bắt buộc)"), validators=[at_most(LONGEST_REMARK)])


class SubmissionForm(VersionedForm):
    """What the drafter says to the reviewers along with the plan, on the text that they read."""

    text_version = HiddenField(filters=[whole_number])
    note = TextAreaField(_l("Lời trình (không bắt buộc)"), validators=[at_most(LONGEST_NOTE)])
    # The questions about last year's plan that were on the page, ticked to be left as they are.
    leaves = StringField(filters=[whole_numbers])

    def validate_text_version(self, field: Any) -> None:
        """A form that does not say which text was read cannot submit it."""
        if field.data is None:
            raise StopValidation(str(STALE_FORM))


class WithdrawalForm(VersionedForm):
    """Why the drafter takes the plan back."""

    reason = TextAreaField(
        _l("Lý do rút lại"),
        validators=[required(_l("Chưa nêu lý do rút lại.")), at_most(LONGEST_REMARK)],
    )


class CancellationForm(VersionedForm):
    """Why a draft comes to nothing."""

    reason = TextAreaField(
        _l("Lý do huỷ"),
        validators=[required(_l("Chưa nêu lý do huỷ.")), at_most(LONGEST_REMARK)],
    )


class ReturnForm(VersionedForm):
    """To whom the plan goes back, and why: usual reasons to tick, and words."""

    to_step = RadioField(_l("Trả lại cho bước"), choices=[], validate_choice=False)
    usual = SelectMultipleField(
        _l("Lý do thường gặp"),
        choices=[SelectChoice(str(order), words) for order, words in enumerate(USUAL_REASONS)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    findings = SelectMultipleField(_l("Chỗ cần sửa về thể thức"), choices=[], validate_choice=False)
    reason = TextAreaField(_l("Nội dung cần sửa"))
    known: Mapping[str, Finding] = MappingProxyType({})

    def offer(self, steps: Iterable[tuple[str, str]]) -> None:
        """Set the steps to choose from; the first is chosen until the person chooses."""
        self.to_step.choices = [SelectChoice(key, title) for key, title in steps]
        if self.to_step.data is None and self.to_step.choices:
            self.to_step.data = self.to_step.choices[0].value

    def offer_findings(self, findings: Iterable[Finding]) -> None:
        """Set what may be ticked: the sentences are the check's own, the form sends only keys."""
        self.known = {finding.key: finding for finding in islice(findings, MOST_FINDINGS)}

    @property
    def whole_reason(self) -> str:
        """What goes into the record: the ticked reasons, the words, then the ticked findings."""
        ticked = [str(USUAL_REASONS[int(key)]) for key in self.usual.data or () if _is_known(key)]
        chosen = frozenset(self.findings.data or ())
        lines = [f"- {found.line}" for key, found in self.known.items() if key in chosen]
        return "\n".join(part for part in ("; ".join(ticked), self.reason.data, *lines) if part)

    def validate_findings(self, field: Any) -> None:
        """What was ticked and is found no longer must not get lost in silence."""
        if not frozenset(field.data or ()) <= self.known.keys():
            raise StopValidation(
                _("Kết quả kiểm tra thể thức đã thay đổi. Hãy xem và đánh dấu lại.")
            )

    def validate_to_step(self, field: Any) -> None:
        """The service knows which steps may be chosen; an empty choice is told here."""
        if not field.data:
            raise StopValidation(_("Chưa chọn bước để trả lại."))

    def validate_reason(self, _field: Any) -> None:
        """A return without a reason helps nobody."""
        whole = self.whole_reason
        if not whole:
            raise StopValidation(_("Chưa nêu lý do trả lại. Hãy ghi rõ nội dung cần sửa."))
        if len(whole) > LONGEST_REMARK:
            raise StopValidation(_("Dài quá %(most)s ký tự.", most=LONGEST_REMARK))


def _is_known(key: str) -> bool:
    return len(key) <= 3 and key.isascii() and key.isdigit() and int(key) < len(USUAL_REASONS)


class CommentForm(PortalForm):
    """A remark on the plan, or on one block of it.

    *is_draft* is “1” if the page showed the text as the draft, “” if as a version.
    """

    block_id = HiddenField()
    is_draft = HiddenField()
    text = TextAreaField(
        _l("Góp ý"),
        validators=[required(_l("Nội dung góp ý đang trống.")), at_most(LONGEST_REMARK)],
    )
