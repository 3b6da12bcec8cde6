"""The drafter's forms: a new plan from nothing or from a text, and the text part by part."""

from typing import Any, Final
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from portal.forms.base import STALE_FORM, PortalForm, VersionedForm, whole_number
from workflows.domain.content.checks import faults_of_text
from workflows.domain.content.importer import MAX_BYTES
from workflows.domain.content.notation import (
    Doubt,
    Reading,
    import_text,
)
from workflows.domain.content.schema import empty_doc
from workflows.domain.errors import Fault, UnfitText
from workflows.domain.letters import nfc


def new_id() -> str:
    """An id for a block that was not there before."""
    return uuid4().hex[:12]


class _TextForm:
    """What both forms gather while they read a text: the document, its faults and doubts."""

    doc: dict[str, Any] = {}  # noqa: RUF012  # Never changed, only replaced.
    doubts: tuple[Doubt, ...] = ()
    faults: tuple[Fault, ...] = ()

    def take(self, read_text: Any) -> bool:
        """Read and check; False when the text cannot be taken in, with the places in `faults`."""
        try:
            reading: Reading = read_text()
            self.doc, self.doubts = reading.doc, reading.doubts
            self.faults = tuple(faults_of_text(reading.doc))
        except UnfitText as refusal:
            self.faults = refusal.faults or (Fault("", str(refusal)),)
            return False
        return not self.faults


def _whole_text(value: str | None) -> str:
    return nfc((value or "").replace("\r\n", "\n").replace("\x00", ""))


class NewPlanForm(_TextForm, PortalForm):
    """Whose plan it is, and the text to begin with, pasted or uploaded."""

    unit_id = SelectField(_l("Đơn vị soạn thảo"), choices=[], validate_choice=False)
    # Blank lines stay, even above the text: doubts name their line by its number.
    text = TextAreaField(_l("Dán văn bản có sẵn (không bắt buộc)"), filters=[_whole_text])
    upload = FileField(_l("Hoặc chọn tệp .txt, tối đa 2 MB"))

    def offer(self, units: tuple[tuple[str, str], ...]) -> None:
        """Set the units to choose from."""
        self.unit_id.choices = [SelectChoice(key, name) for key, name in units]

    def validate_unit_id(self, field: Any) -> None:
        """The choices are the person's own units."""
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(_("Hãy chọn đơn vị soạn thảo."))

    def validate_upload(self, field: Any) -> None:
        """Bring the file into the text field, where it stays if something is wrong."""
        if not field.data or not field.data.filename:
            return
        if self.text.data.strip():
            raise StopValidation(_("Đã có văn bản dán ở trên. Hãy giữ một trong hai."))
        self.text.data = _decoded(field.data.read(MAX_BYTES + 1))

    def validate(self, extra_validators: Any = None) -> bool:
        """Read the text; every place that cannot be taken in is in `faults`."""
        if not super().validate(extra_validators):
            return False
        if not self.text.data.strip():
            self.doc = empty_doc(new_id)
            return True
        return self.take(lambda: import_text(self.text.data, new_id))


# How a zip begins, as .docx is one, and how the older .doc does.
_WORD: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise StopValidation(_("Tệp lớn hơn 2 MB. Hãy tách phần dài thành phụ lục."))
    if data.startswith(_WORD):
        raise StopValidation(_("Đây là tệp Word. Hãy chọn “Từ tệp Word (.docx)” ở đầu trang."))
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise StopValidation(
            _("Tệp không phải văn bản thuần UTF-8. Hãy lưu lại dạng .txt, mã UTF-8.")
        ) from error
    return text.replace("\x00", "")


class PublicityForm(VersionedForm):
    """Whether the plan goes onto the public page once it is issued."""

    is_public = BooleanField(_l("Công khai trên trang kế hoạch đã ban hành"))


class RestoringForm(PortalForm):
    """Going back to a named state, from the text that the person saw."""

    text_version = HiddenField(filters=[whole_number])

    def validate_text_version(self, field: Any) -> None:
        """Without it what others just wrote would be overwritten unseen."""
        if field.data is None:
            raise StopValidation(str(STALE_FORM))


class InvitationForm(PortalForm):
    """Whom to ask to write along."""

    person_id = SelectField(_l("Người được mời"), choices=[], validate_choice=False)

    def offer(self, people: tuple[tuple[str, str], ...]) -> None:
        """Set the people to choose from."""
        offered = (("", _("Chọn người")), *people)
        self.person_id.choices = [SelectChoice(key, words) for key, words in offered]

    def validate_person_id(self, field: Any) -> None:
        """Only who is offered can be asked."""
        if not field.data or field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(_("Hãy chọn người được mời."))
