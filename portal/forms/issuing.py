"""The clerk's forms: number a plan, and recall one."""

from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from portal.forms.base import VersionedForm, at_most, required
from portal.forms.password import ReauthenticatedForm

LONGEST_REASON: Final = 10_000


class IssuingForm(ReauthenticatedForm):
    """The password is all: number and date are the system's to give."""


class RecallForm(VersionedForm):
    """Why an issued plan is taken out of force (Điều 18.4)."""

    reason = TextAreaField(
        _l("Căn cứ và lý do thu hồi"),
        validators=[
            required(_l("Chưa nêu căn cứ và lý do thu hồi.")),
            at_most(LONGEST_REASON),
        ],
        render_kw={"rows": 5},
    )
