"""What visitors fill in: a search, and a PDF to be checked."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from portal.forms.base import PortalForm


class UploadForm(PortalForm):
    """Any file is taken: what is wrong with it is the verdict's to say."""

    pdf = FileField(
        _l("Tệp PDF"),
        validators=[FileRequired(_l("Chọn tệp cần kiểm tra."))],
        render_kw={"accept": "application/pdf,.pdf"},
    )
