"""The operator's one button."""

from wtforms import HiddenField

from portal.forms.base import PortalForm, at_most, clean_text


class RequeueForm(PortalForm):
    """Names the job that is to be tried again."""

    job_id = HiddenField(filters=[clean_text], validators=[at_most(200)])
