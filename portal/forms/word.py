"""Bringing in a Word file: for which unit, and the file itself."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from portal.documents.word.reader.refusals import (
    MAX_BYTES,
    WordRefused,
    refuse_by_look,
    refuse_by_name,
)
from portal.errors import sentence_of
from portal.forms.base import STALE_FORM, PortalForm, whole_number

ACCEPT: Final = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordForm(PortalForm):
    """A Word file for a draft. What is wrong with it at first sight is said here."""

    file = FileField(
        _l("Tệp Word (.docx), tối đa 20 MB"),
        validators=[FileRequired(_l("Chọn tệp Word."))],
        render_kw={"accept": ACCEPT},
    )
    data_read: bytes = b""

    def validate_file(self, field: Any) -> None:
        """Look at the name and the first bytes; the rest is for the job."""
        try:
            refuse_by_name(field.data.filename or "")
            self.data_read = field.data.read(MAX_BYTES + 1)
            refuse_by_look(self.data_read)
        except WordRefused as refusal:
            raise StopValidation(sentence_of(refusal)) from refusal

    @property
    def file_name(self) -> str:
        """The name without folders and controls, as it is shown."""
        name = (self.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
        return "".join(sign for sign in name if sign.isprintable())


class NewWordForm(WordForm):
    """A Word file for a new plan."""

    unit_id = SelectField(_l("Đơn vị soạn thảo"), choices=[], validate_choice=False)

    def offer(self, units: tuple[tuple[str, str], ...]) -> None:
        """Set the units to choose from."""
        self.unit_id.choices = [SelectChoice(key, name) for key, name in units]

    def validate_unit_id(self, field: Any) -> None:
        """The choices are the person's own units."""
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(_("Hãy chọn đơn vị soạn thảo."))


class TakingForm(PortalForm):
    """Taking a reading into a draft, from the text that the person saw."""

    text_version = HiddenField(filters=[whole_number])

    def validate_text_version(self, field: Any) -> None:
        """Without it what others just wrote would be overwritten unseen."""
        if field.data is None:
            raise StopValidation(str(STALE_FORM))
