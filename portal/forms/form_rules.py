"""The form that sets one rule of form to a level."""

from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from portal.forms.base import PortalForm, at_most, required, whole_number

_INCOMPLETE: Final = _l("Biểu mẫu thiếu dữ liệu. Hãy tải lại trang rồi làm lại.")


class RuleLevelForm(PortalForm):
    """Which organisation takes which rule how; the service knows what may be chosen."""

    organisation_id = HiddenField(filters=[whole_number], validators=[required(_INCOMPLETE)])
    rule = StringField(validators=[required(_INCOMPLETE), at_most(60)])
    level = StringField(validators=[required(_INCOMPLETE), at_most(10)])
