"""Who may do what to a plan: a table of rules with reasons, closed by default."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from workflows.domain.actor import Actor, Post, Role
from workflows.domain.errors import NotPermitted
from workflows.domain.machine import EDITABLE, PlanAction, PlanState

Seat = tuple[int, Role]


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of a plan; read under the plan's lock when a service asks."""

    plan_id: UUID
    state: PlanState
    author_id: int
    unit_id: int
    organisation_id: int
    editors: frozenset[int]
    # People of other units who are asked to write along, and those who were.
    writers: frozenset[int]
    dismissed: frozenset[int]
    # The seat that the plan waits for, and the one position in it that may act, if only one may.
    waiting: Seat | None
    waiting_position_id: int | None
    # Every seat that the plan has ever waited for.
    seats_reached: frozenset[Seat]
    # Who has a decision that still stands on the current version.
    deciders: frozenset[int]
    signers: frozenset[int]


Rule = Callable[[Actor, Facts], str | None]  # A reason to refuse, or None.


def is_drafter_here(actor: Actor, plan: Facts) -> str | None:
    if (plan.unit_id, Role.DRAFTER) in actor.seats:
        return None
    return "Chỉ chuyên viên soạn thảo của đơn vị chủ trì được làm việc này."


def writes_here(actor: Actor, plan: Facts) -> str | None:
    """An invitation lasts as long as the guest drafts for some unit of the organisation."""
    if is_drafter_here(actor, plan) is None or _is_guest(actor, plan):
        return None
    return "Chỉ chuyên viên soạn thảo của đơn vị chủ trì và người được mời cùng soạn được sửa."


def is_author_or_head(actor: Actor, plan: Facts) -> str | None:
    if is_author(actor, plan) is None or (plan.unit_id, Role.UNIT_HEAD) in actor.seats:
        return None
    return "Chỉ người soạn thảo hoặc lãnh đạo đơn vị chủ trì được làm việc này."


def is_author(actor: Actor, plan: Facts) -> str | None:
    """The name on the draft gives nothing to who has left the post: authority is the post's."""
    if actor.id == plan.author_id and is_drafter_here(actor, plan) is None:
        return None
    return "Chỉ người đứng tên soạn thảo được làm việc này."


def is_not_editor(actor: Actor, plan: Facts) -> str | None:
    if actor.id in plan.editors or actor.id == plan.author_id:
        return "Người soạn thảo hoặc đã sửa văn bản không được quyết định về chính văn bản đó."
    return None


def holds_the_waiting_seat(actor: Actor, plan: Facts) -> str | None:
    if deciding_post(actor, plan) is not None:
        return None
    return "Kế hoạch không chờ quyết định của chức vụ mà bạn đang giữ."


def has_not_decided(actor: Actor, plan: Facts) -> str | None:
    if actor.id in plan.deciders:
        return "Bạn đã quyết định ở một bước khác; mỗi bước phải do một người khác kiểm tra."
    return None


def is_not_clerk(actor: Actor, plan: Facts) -> str | None:
    if actor.holds(Role.CLERK):
        return "Văn thư không được ký văn bản (Điều 32)."
    return None


def is_not_signer(actor: Actor, plan: Facts) -> str | None:
    if actor.id in plan.signers or actor.holds(Role.SIGNER):
        return "Người ký văn bản không được cấp số, đóng dấu."
    return None


def is_not_administrator(actor: Actor, plan: Facts) -> str | None:
    if actor.holds(Role.ADMINISTRATOR):
        return "Quản trị hệ thống không tham gia quyết định về kế hoạch."
    return None


def is_not_auditor(actor: Actor, plan: Facts) -> str | None:
    if actor.holds(Role.AUDITOR):
        return "Thanh tra, kiểm toán chỉ đọc, không thay đổi hồ sơ."
    return None


def holds_a_post_here(actor: Actor, plan: Facts) -> str | None:
    if any(post.organisation_id == plan.organisation_id for post in actor.posts):
        return None
    return "Bạn không giữ chức vụ nào của cơ quan ban hành."


def is_clerk_here(actor: Actor, plan: Facts) -> str | None:
    if any(p.role is Role.CLERK and p.organisation_id == plan.organisation_id for p in actor.posts):
        return None
    return "Chỉ văn thư của cơ quan ban hành được làm việc này."


_OUTSIDE: tuple[Rule, ...] = (is_not_administrator, is_not_auditor)

RULES: dict[PlanAction, tuple[Rule, ...]] = {
    PlanAction.EDIT: (*_OUTSIDE, writes_here),
    PlanAction.SUBMIT: (*_OUTSIDE, is_drafter_here),
    PlanAction.CANCEL: (*_OUTSIDE, is_author_or_head),
    PlanAction.WITHDRAW: (*_OUTSIDE, is_author),
    PlanAction.APPROVE: (*_OUTSIDE, is_not_editor, holds_the_waiting_seat, has_not_decided),
    PlanAction.RETURN: (*_OUTSIDE, is_not_editor, holds_the_waiting_seat, has_not_decided),
    PlanAction.SIGN: (
        *_OUTSIDE,
        is_not_editor,
        is_not_clerk,
        holds_the_waiting_seat,
        has_not_decided,
    ),
    PlanAction.NUMBER: (*_OUTSIDE, is_not_editor, is_not_signer, holds_the_waiting_seat),
    # The job seals in the name of the clerk who gave the number.
    PlanAction.SEAL: (*_OUTSIDE, is_not_editor, is_not_signer, is_clerk_here),
    PlanAction.RECALL: (*_OUTSIDE, is_clerk_here),
    PlanAction.COMMENT: (*_OUTSIDE, holds_a_post_here),
    PlanAction.SUGGEST: (*_OUTSIDE, holds_a_post_here),
    PlanAction.ANSWER: (*_OUTSIDE, writes_here),
    PlanAction.INVITE: (*_OUTSIDE, is_drafter_here),
}


def refusal(actor: Actor, action: PlanAction, plan: Facts) -> str | None:
    """Why *actor* may not act, or None when they may. No rule: nobody may."""
    rules = RULES.get(action)
    if not rules:
        return "Không ai được làm việc này."
    if not may_read(actor, plan):
        return "Bạn không tham gia xử lý kế hoạch này."
    return next((reason for rule in rules if (reason := rule(actor, plan))), None)


def require(actor: Actor, action: PlanAction, plan: Facts) -> None:
    """Raise NotPermitted with the reason, unless *actor* may act."""
    if reason := refusal(actor, action, plan):
        raise NotPermitted(reason)


def deciding_post(actor: Actor, plan: Facts) -> Post | None:
    """The position by which *actor* may decide now, or None."""
    if plan.waiting is None:
        return None
    fitting = [post for post in actor.posts if post.seat == plan.waiting]
    if plan.waiting_position_id is not None:
        fitting = [post for post in fitting if post.position_id == plan.waiting_position_id]
    return min(fitting, key=lambda post: post.position_id, default=None)


def may_read(actor: Actor, plan: Facts) -> bool:
    """Whether the plan exists for *actor* at all; if not, it is a 404 to them."""
    return _writes(actor, plan) or any(_post_reads(post, plan) for post in actor.posts)


def may_read_draft(actor: Actor, plan: Facts) -> bool:
    """Whether *actor* sees the working text as well as the frozen versions."""
    return _writes(actor, plan) or any(
        post.seat == (plan.unit_id, Role.DRAFTER) or _audits(post, plan) for post in actor.posts
    )


def _wrote(actor: Actor, plan: Facts) -> bool:
    """Whoever wrote in the text reads it for as long as they serve in the organisation.

    A guest was let in for a time, and reads no longer than that.
    """
    serves = any(post.organisation_id == plan.organisation_id for post in actor.posts)
    wrote = actor.id in plan.editors and actor.id not in plan.dismissed
    return serves and (actor.id == plan.author_id or wrote)


def _writes(actor: Actor, plan: Facts) -> bool:
    return _wrote(actor, plan) or _is_guest(actor, plan)


def _is_guest(actor: Actor, plan: Facts) -> bool:
    return actor.id in plan.writers and any(
        post.role is Role.DRAFTER and post.organisation_id == plan.organisation_id
        for post in actor.posts
    )


def _post_reads(post: Post, plan: Facts) -> bool:
    return (
        post.seat in plan.seats_reached
        or post.seat in {(plan.unit_id, Role.DRAFTER), (plan.unit_id, Role.UNIT_HEAD)}
        or _audits(post, plan)
    )


def _audits(post: Post, plan: Facts) -> bool:
    return post.role is Role.AUDITOR and post.organisation_id == plan.organisation_id


def is_editable(plan: Facts) -> bool:
    """Whether the working text may change in this state."""
    return plan.state in EDITABLE
