"""What a person typed into the form that was refused, so that a page can give it back."""

from typing import Final, NamedTuple

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

# Never shown again, and never the person's own words.
SECRET_NAMES: Final = ("password", "token", "secret", "pin")
# What was ticked or chosen: its value is a word of the program's, and it is quickly chosen again.
CHOSEN_NAMES: Final = frozenset({"is_public", "position", "to_step", "unit_id", "usual"})
TECHNICAL_NAMES: Final = frozenset(
    {
        "next",
        "submit",
        "then",
        "version",
        "row_version",
        "seen_version",
        "text_version",
        "digest",
        "language",
        "q",
        "block_id",
        "job_id",
        "prepared_sha256",
    }
)


class Typed(NamedTuple):
    """One text field: the words for its name, and all that was in it."""

    label: str
    text: str


def typed_texts() -> tuple[Typed, ...]:
    """Every text of the submitted form except secrets and the form's own machinery."""
    if request.method != "POST":
        return ()
    try:
        submitted = list(request.form.items(multi=True))
    except HTTPException:
        # Too large or damaged: it could not be read, so there is nothing to give back.
        return ()
    return tuple(
        Typed(_label(name), text)
        for name, text in submitted
        if text.strip() and _is_the_persons_own(name)
    )


def _is_the_persons_own(name: str) -> bool:
    lowered = name.lower()
    named = TECHNICAL_NAMES | CHOSEN_NAMES
    return lowered not in named and not any(part in lowered for part in SECRET_NAMES)


def _label(name: str) -> str:
    labels = {
        "text": _("Nội dung"),
        "body": _("Nội dung"),
        "title": _("Trích yếu"),
        "comment": _("Ý kiến"),
        "reason": _("Lý do"),
        "bases": _("Căn cứ ban hành"),
        "opening": _("Phần mở đầu"),
        "closing": _("Phần kết"),
        "recipients": _("Nơi nhận"),
        "filing": _("Nơi lưu"),
        "annexes": _("Phụ lục"),
        "remark": _("Ý kiến"),
        "note": _("Ghi chú"),
        "email": _("Thư điện tử"),
    }
    return str(labels.get(name, name))
