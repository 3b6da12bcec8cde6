"""The drafter's forms: a new plan from nothing or from a text, and the text part by part."""

import unicodedata
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from portal.forms.base import PortalForm, VersionedForm
from workflows.domain.content.checks import faults_of_text
from workflows.domain.content.importer import MAX_BYTES
from workflows.domain.content.notation import (
    Doubt,
    PlanParts,
    Reading,
    import_text,
    keep_ids,
    read,
    write,
)
from workflows.domain.content.schema import empty_doc
from workflows.domain.errors import Fault, UnfitText
from workflows.queries.directory import Directory

PARTS: Final = (
    *("title", "bases", "opening", "body", "closing"),
    *("recipients", "filing", "position", "annexes"),
)
_PART_OF: Final = {
    "title": "title",
    "basis": "bases",
    "opening": "opening",
    "clause": "body",
    "table": "body",
    "closing": "closing",
    "recipients": "recipients",
    "signature": "position",
    "annex": "annexes",
}


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
    return unicodedata.normalize("NFC", (value or "").replace("\r\n", "\n").replace("\x00", ""))


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


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise StopValidation(_("Tệp lớn hơn 2 MB. Hãy tách phần dài thành phụ lục."))
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise StopValidation(
            _("Tệp không phải văn bản thuần UTF-8. Hãy lưu lại dạng .txt, mã UTF-8.")
        ) from error
    return text.replace("\x00", "")


class DraftForm(_TextForm, VersionedForm):
    """The text of a plan, one field a part, in the written form of `notation`."""

    title = StringField(_l("Trích yếu"))
    bases = TextAreaField(_l("Căn cứ ban hành"))
    opening = TextAreaField(_l("Phần mở đầu"))
    body = TextAreaField(_l("Nội dung"))
    closing = TextAreaField(_l("Phần kết"))
    recipients = TextAreaField(_l("Nơi nhận"))
    filing = StringField(_l("Nơi lưu"))
    position = SelectField(_l("Người ký"), choices=[], validate_choice=False)
    annexes = TextAreaField(_l("Phụ lục"))
    is_public = BooleanField(_l("Công khai trên trang kế hoạch đã ban hành"))

    def offer(self, signers: tuple[tuple[str, str], ...]) -> None:
        """Set the positions to choose from."""
        offered = (("", _("Chưa chọn")), *signers)
        self.position.choices = [SelectChoice(key, words) for key, words in offered]

    def fill(self, doc: dict[str, Any], directory: Directory) -> None:
        """Write the working text into the fields."""
        parts = write(directory.bare(doc))
        for name in PARTS:
            self[name].data = getattr(parts, name)

    def read_over(self, old: dict[str, Any], directory: Directory) -> bool:
        """Read the fields as the new form of *old*; blocks that stayed keep their ids."""
        parts = replace(_kept(old), **{name: self[name].data or "" for name in PARTS})
        if not self.take(lambda: read(parts, new_id)):
            return False
        self.doc = keep_ids(old, directory.aimed(self.doc), new_id)
        return True

    def part_of(self, fault: Fault) -> str | None:
        """The field in which a fault is to be put right."""
        for node in self.doc.get("content", ()):
            if fault.block_id in _ids(node):
                return _PART_OF[node["type"]]
        return "filing" if fault.block_id == "filing" else None


def _kept(old: dict[str, Any]) -> PlanParts:
    """What the form does not show travels along unchanged."""
    parts = write(old)
    return PlanParts(signature=parts.signature, signer=parts.signer)


def _ids(node: dict[str, Any]) -> set[str]:
    own = {node["attrs"]["id"]} if "id" in node.get("attrs", {}) else set()
    return own.union(*(_ids(child) for child in node.get("content", ()) if "text" not in child))
