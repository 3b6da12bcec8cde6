"""Setting how severe an organisation takes a rule of form."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Post
from workflows.domain.errors import NotPermitted, NotPossible
from workflows.domain.form.rules import Rule, rules
from workflows.models.form import FormRuleLevel
from workflows.models.people import Organisation
from workflows.queries.form_rules import SETTERS
from workflows.services.record import record
from workflows.services.transaction import transaction


def set_level(
    session: Session,
    *,
    organisation_id: int,
    rule: str,
    level: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take *rule* as “error”, “warning”, “note” or “off” from now on.

    Raises NotPermitted for who neither checks the form of the organisation's documents (Điều 12.2)
    nor administers it, NotPossible for a rule or a level that cannot be chosen.
    """
    post = _post(actor, organisation_id)
    chosen = _settable(rule, level)
    with transaction(session):
        # Two people who set one rule at once do so one after the other.
        session.get_one(Organisation, organisation_id, with_for_update={"key_share": True})
        row = session.get(FormRuleLevel, (organisation_id, rule), populate_existing=True)
        before = chosen.level_under({rule: row.level} if row else {})
        if before == level:
            return
        if row is None:
            row = FormRuleLevel(organisation_id=organisation_id, rule=rule)
            session.add(row)
        row.level, row.set_by_id, row.at = level, actor.id, now
        record(
            session,
            act="set_form_rule",
            at=now,
            actor=actor,
            post=post,
            details={"rule": rule, "before": before, "after": level},
        )


def _post(actor: Actor, organisation_id: int) -> Post:
    posts = (
        post
        for post in actor.posts
        if post.organisation_id == organisation_id and post.role in SETTERS
    )
    post = min(posts, key=lambda each: each.position_id, default=None)
    if post is None:
        raise NotPermitted("Bạn không được đặt mức quy tắc thể thức của cơ quan này.")
    return post


def _settable(rule: str, level: str) -> Rule:
    known = rules().get(rule)
    if known is None:
        raise NotPossible("Không có quy tắc thể thức này. Hãy tải lại trang.")
    if known.is_fixed:
        raise NotPossible("Quy tắc “%(rule)s” là bắt buộc, không đổi được mức.", rule=known.name)
    if level not in known.choices:
        raise NotPossible("Không có mức này. Hãy chọn lỗi, cảnh báo, lưu ý hoặc tắt.")
    return known
