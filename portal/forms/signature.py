"""The signer's form: which file was read, and the password."""

import re
from typing import Any, Final

from wtforms import HiddenField
from wtforms.validators import StopValidation

from portal.forms.base import STALE_FORM
from portal.forms.password import ReauthenticatedForm

SHA256: Final = re.compile(r"[0-9a-f]{64}")


class SigningForm(ReauthenticatedForm):
    """Carries the SHA-256 of the PDF that stood on the page."""

    prepared_sha256 = HiddenField()

    def validate_prepared_sha256(self, field: Any) -> None:
        """A form without it never came from our page."""
        if not SHA256.fullmatch(field.data or ""):
            raise StopValidation(str(STALE_FORM))
