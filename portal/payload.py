"""What a page's script sends and gets: JSON with known names and types, and nothing else."""

from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Response, jsonify, request
from flask_babel import gettext as _

from portal.cursors import LARGEST
from workflows.domain.errors import Fault, UnfitText, WorkflowError
from workflows.domain.letters import nfc

Kind = type | tuple[type, ...]


def read_payload(kinds: Mapping[str, Kind], optional: Mapping[str, Any] | None = None) -> Any:
    """The body as a dictionary with exactly *kinds*; names of *optional* may be absent.

    Texts are NFC and without U+0000. Raises UnfitText for anything else.
    """
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        _refuse()
    if not isinstance(body, dict):
        _refuse()
    given = {**(optional or {}), **body}
    if given.keys() != kinds.keys():
        _refuse()
    for name, kind in kinds.items():
        # bool is an int to Python; a number that is asked for is never a yes or no.
        if not isinstance(given[name], kind) or (type(given[name]) is bool and kind is int):
            _refuse()
        if type(given[name]) is int and abs(given[name]) > LARGEST:
            _refuse()
    return {name: _clean(value) for name, value in given.items()}


def problem(status: int, refusal: WorkflowError, **more: Any) -> tuple[Response, int]:
    """RFC 9457 problem details with the refusal's sentence, and *more* for the script."""
    detail = str(_(refusal.sentence, **refusal.values))
    answer = jsonify(title=detail, detail=detail, status=status, **more)
    answer.content_type = "application/problem+json"
    return answer, status


def _refuse() -> NoReturn:
    sentence = "Trang gửi dữ liệu không đúng dạng. Hãy tải lại trang rồi làm lại."
    raise UnfitText(sentence, faults=[Fault("", sentence)])


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
            # JSON can spell half a letter; nothing else can.
            _refuse()
        return nfc(value.replace("\x00", ""))
    return value
