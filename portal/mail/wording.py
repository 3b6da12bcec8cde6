"""What a notice says: one sentence for the list of notices, and a few facts for the letter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.clock import write_date
from workflows.domain.calendar import vietnam
from workflows.domain.machine import ACTION_LABELS, PlanAction

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Wording:
    """A notice in words; *facts* are pairs of a label and what stands behind it."""

    subject: str
    sentence: str
    facts: tuple[tuple[str, str], ...]


def wording(payload: Values, *, today: date) -> Wording:
    """Put the payload of a notify message into Vietnamese; an unknown kind is a KeyError."""
    values = {"number": "", "excerpt": "", **payload, "title": one_line(payload["title"])}
    subject, sentence = KINDS[payload["kind"]](values, today)
    return Wording(subject, sentence, _facts(values))


def one_line(text: str) -> str:
    """The text without line breaks or control characters: it goes into headers and lists."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _waiting(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "Kế hoạch “%(title)s” chờ bạn xử lý ở bước “%(step)s”, hạn %(due)s. "
        "%(actor)s đã thực hiện: %(act)s.",
        **_named(values),
    )
    return _("Chờ xử lý: %(title)s", title=values["title"]), sentence


def _outcome(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "Kế hoạch “%(title)s” đã chuyển sang bước “%(step)s”. %(actor)s đã thực hiện: %(act)s.",
        **_named(values),
    )
    return _("Kết quả xử lý: %(title)s", title=values["title"]), sentence


def _returned(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "%(actor)s đã trả lại kế hoạch “%(title)s” về bước “%(step)s”. Lý do: %(reason)s",
        **_named(values),
    )
    return _("Trả lại: %(title)s", title=values["title"]), sentence


def _withdrawn(values: Values, today: date) -> tuple[str, str]:
    sentence = _("%(actor)s đã rút lại kế hoạch “%(title)s”. Lý do: %(reason)s", **_named(values))
    return _("Rút lại: %(title)s", title=values["title"]), sentence


def _cancelled(values: Values, today: date) -> tuple[str, str]:
    sentence = _("%(actor)s đã huỷ kế hoạch “%(title)s”. Lý do: %(reason)s", **_named(values))
    return _("Huỷ: %(title)s", title=values["title"]), sentence


def _comment(values: Values, today: date) -> tuple[str, str]:
    sentence = _("%(actor)s đã góp ý về kế hoạch “%(title)s”: “%(excerpt)s”", **_named(values))
    return _("Góp ý mới: %(title)s", title=values["title"]), sentence


def _mention(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "%(actor)s nhắc đến bạn trong góp ý về kế hoạch “%(title)s”: “%(excerpt)s”",
        **_named(values),
    )
    return _("Nhắc đến bạn: %(title)s", title=values["title"]), sentence


def _answer(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "%(actor)s đã trả lời góp ý, đề xuất về kế hoạch “%(title)s”: “%(excerpt)s”",
        **_named(values),
    )
    return _("Trả lời góp ý: %(title)s", title=values["title"]), sentence


def _reopened(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "%(actor)s đã mở lại góp ý về kế hoạch “%(title)s”: “%(excerpt)s”", **_named(values)
    )
    return _("Mở lại góp ý: %(title)s", title=values["title"]), sentence


def _suggestion(values: Values, today: date) -> tuple[str, str]:
    # In Vietnamese both forms are the same; in English they are not.
    sentence = ngettext(
        "%(actor)s gửi %(num)s đề xuất sửa kế hoạch “%(title)s”: “%(excerpt)s”",
        "%(actor)s gửi %(num)s đề xuất sửa kế hoạch “%(title)s”: “%(excerpt)s”",
        values.get("proposals") or 1,
        **_named(values),
    )
    return _("Đề xuất sửa: %(title)s", title=values["title"]), sentence


def _settled(values: Values, today: date) -> tuple[str, str]:
    counted = (
        (_("chấp nhận %(count)s", count=values.get("accepted")), values.get("accepted")),
        (_("đã sửa theo %(count)s", count=values.get("adopted")), values.get("adopted")),
        (_("không chấp nhận %(count)s", count=values.get("rejected")), values.get("rejected")),
    )
    verdicts = ", ".join(words for words, count in counted if count)
    sentence = _(
        "%(actor)s đã xử lý đề xuất sửa của bạn về kế hoạch “%(title)s”: %(verdicts)s.",
        verdicts=verdicts,
        **_named(values),
    )
    if values["excerpt"]:
        sentence = f"{sentence} " + _("Trả lời: “%(excerpt)s”", **_named(values))
    return _("Trả lời đề xuất sửa: %(title)s", title=values["title"]), sentence


def _restored(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "%(actor)s đã đưa văn bản kế hoạch “%(title)s” về bản “%(excerpt)s”. "
        "Bản trước đó vẫn còn trong danh sách các bản đã ghi.",
        **_named(values),
    )
    return _("Đưa về bản cũ: %(title)s", title=values["title"]), sentence


def _word(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "%(actor)s đã đưa tệp Word “%(excerpt)s” vào dự thảo kế hoạch “%(title)s”. "
        "Bản trước đó vẫn còn trong danh sách các bản đã ghi.",
        **_named(values),
    )
    return _("Nhận tệp Word vào dự thảo: %(title)s", title=values["title"]), sentence


def _issued(values: Values, today: date) -> tuple[str, str]:
    sentence = _("Kế hoạch “%(title)s” đã được ban hành, số %(number)s.", **_named(values))
    return _("Đã ban hành số %(number)s: %(title)s", **_named(values)), sentence


def _recalled(values: Values, today: date) -> tuple[str, str]:
    sentence = _("%(actor)s đã thu hồi kế hoạch “%(title)s”. Lý do: %(reason)s", **_named(values))
    return _("Thu hồi: %(title)s", title=values["title"]), sentence


def _remind(values: Values, today: date) -> tuple[str, str]:
    sentence = _(
        "Nhắc việc: kế hoạch “%(title)s” chờ bạn xử lý ở bước “%(step)s”, hạn %(due)s (%(left)s).",
        left=time_left(date.fromisoformat(values["due"]), today),
        **_named(values),
    )
    return _("Nhắc việc: %(title)s", title=values["title"]), sentence


def _invited(values: Values, today: date) -> tuple[str, str]:
    sentence = _("%(actor)s mời bạn cùng soạn kế hoạch “%(title)s”.", **_named(values))
    return _("Mời cùng soạn: %(title)s", title=values["title"]), sentence


KINDS: Mapping[str, Callable[[Values, date], tuple[str, str]]] = {
    "waiting": _waiting,
    "outcome": _outcome,
    "returned": _returned,
    "withdrawn": _withdrawn,
    "cancelled": _cancelled,
    "comment": _comment,
    "mention": _mention,
    "answer": _answer,
    "reopened": _reopened,
    "suggestion": _suggestion,
    "settled": _settled,
    "restored": _restored,
    "word": _word,
    "issued": _issued,
    "recalled": _recalled,
    "remind": _remind,
    "invited": _invited,
}


def time_left(due: date, today: date) -> str:
    """How a due date stands today, in working days."""
    days = vietnam().between(today, due)
    if due == today:
        return str(_("đến hạn hôm nay"))
    if due > today:
        return str(ngettext("còn %(num)d ngày làm việc", "còn %(num)d ngày làm việc", days))
    late = max(-days, 1)
    return str(
        ngettext("đã quá hạn %(num)d ngày làm việc", "đã quá hạn %(num)d ngày làm việc", late)
    )


def _named(values: Values) -> dict[str, str]:
    """The places of the sentences above; what a kind does not have is never asked for."""
    return {
        "title": values["title"],
        "actor": one_line(values.get("actor") or ""),
        "act": _act(values.get("action") or ""),
        "step": one_line(values.get("step") or ""),
        "due": _due(values),
        "reason": one_line(values.get("reason") or ""),
        "number": one_line(values.get("number") or ""),
        "excerpt": one_line(values.get("excerpt") or ""),
    }


def _act(action: str) -> str:
    known = action in PlanAction.__members__.values()
    return _(ACTION_LABELS[PlanAction(action)]) if known else ""


def _due(values: Values) -> str:
    return write_date(date.fromisoformat(values["due"])) if values.get("due") else ""


def _facts(values: Values) -> tuple[tuple[str, str], ...]:
    named = _named(values)
    labelled = (
        (_("Trích yếu"), named["title"]),
        (_("Số, ký hiệu"), named["number"]),
        (_("Bước xử lý"), named["step"]),
        (_("Hạn xử lý"), named["due"]),
        (_("Người thực hiện"), named["actor"]),
        (_("Nội dung góp ý"), named["excerpt"]),
        (_("Lý do"), named["reason"]),
    )
    return tuple((label, value) for label, value in labelled if value)
