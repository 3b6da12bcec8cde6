"""What every form shares: clean text, sentences in Vietnamese, and the version the person saw."""

from collections.abc import Callable
from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import FileField, HiddenField
from wtforms.validators import StopValidation

from workflows.domain.letters import nfc

Check = Callable[[Any, Any], None]
STALE_FORM: Final = _l("Biểu mẫu thiếu phiên bản của kế hoạch. Hãy tải lại trang rồi làm lại.")


def clean_text(value: str | None) -> str:
    """NFC, line ends as LF, no blank ends; an absent field is an empty one, not None.

    PostgreSQL cannot store U+0000, so it goes here; every other odd character is left for
    the text's own checks, which say where it stands.
    """
    if value is None:
        return ""
    plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return nfc(plain).strip()


def required(sentence: str) -> Check:
    """Refuse an empty field with *sentence*, which names the field in its own words."""

    def check(_form: Any, field: Any) -> None:
        if not field.data:
            raise StopValidation(str(sentence))

    # WTForms copies the flag into the HTML, where browsers and screen readers find it.
    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def at_most(length: int) -> Check:
    """Refuse a text of more than *length* characters, saying how many it has."""

    def check(_form: Any, field: Any) -> None:
        if len(field.data or "") > length:
            raise StopValidation(
                _(
                    "Dài %(given)s ký tự; tối đa %(most)s ký tự.",
                    given=len(field.data),
                    most=length,
                )
            )

    return check


class PortalForm(FlaskForm):  # type: ignore[misc]  # Untyped base.
    """A form with its CSRF token; text fields without filters of their own are cleaned."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Untyped base.
        """WTForms knows no Vietnamese; the checks above carry their own sentences."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Clean what is typed into every field that has no filters of its own."""
            if _takes_text(unbound_field) and "filters" not in unbound_field.kwargs:
                options = {**options, "filters": [clean_text]}
            return unbound_field.bind(form=form, **options)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Let a file reach file fields only: in any other it is no text to be cleaned."""
            given = super().wrap_formdata(form, formdata)
            if not isinstance(given, CombinedMultiDict):
                return given
            files = [
                (name, file)
                for name, file in request.files.items(multi=True)
                if isinstance(form._fields.get(name), FileField)
            ]
            return CombinedMultiDict((MultiDict(files), request.form))


def _takes_text(unbound_field: Any) -> bool:
    return unbound_field.field_class.__name__ in {"StringField", "TextAreaField", "SearchField"}


def whole_number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def whole_numbers(value: Any) -> frozenset[int]:
    """The whole numbers of a list with commas; what is none is left out."""
    found = (whole_number(each) for each in str(value or "").split(","))
    return frozenset(each for each in found if each is not None)


class VersionedForm(PortalForm):
    """A form that changes a plan: it carries the row version of the page it stood on."""

    row_version = HiddenField(filters=[whole_number])

    def validate_row_version(self, field: Any) -> None:
        """A form without its version never came from our page."""
        if field.data is None:
            raise StopValidation(str(STALE_FORM))
