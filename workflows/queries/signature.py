"""What the signer is shown, and what the act of signing needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor
from workflows.domain.errors import NotPossible, StaleVersion
from workflows.domain.machine import PlanAction
from workflows.models.decision import Decision, Outcome
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.files import current_file
from workflows.queries.matters import OpenMatters, open_matters
from workflows.queries.reading import plan_to_act_on
from workflows.queries.shown import sight_of


@dataclass(frozen=True)
class SigningSheet:
    """The summary above the PDF. *prepared* is None until the PDF has been rendered."""

    plan: Plan
    version: PlanVersion
    prepared: Rendition | None
    approvals: Sequence[Decision]
    returned: Sequence[Decision]
    matters: OpenMatters


@dataclass(frozen=True)
class Signable:
    """Plain values, so that nothing of the database is held while the signature is made."""

    version_number: int
    digest: str
    store_key: str
    sha256: str
    key_name: str


def signing_sheet(session: Session, plan_id: UUID, *, actor: Actor) -> SigningSheet:
    """The sheet for *actor*; raises PlanNotFound, NotPermitted or NotPossible."""
    plan, facts = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.SIGN)
    version = _current_version(session, plan)
    return SigningSheet(
        plan=plan,
        version=version,
        prepared=current_file(session, plan, RenditionKind.PREPARED),
        approvals=_decisions(session, plan, Outcome.APPROVED),
        returned=_decisions(session, plan, Outcome.RETURNED),
        matters=open_matters(session, sight_of(session, actor, plan, facts)),
    )


def signable(
    session: Session, plan_id: UUID, *, seen: int, actor: Actor, prepared_sha256: str
) -> Signable:
    """What is to be signed, if it still is what *actor* was shown; refuses before the slow work.

    The same is asked again, under the plan's lock, when the signature is recorded.
    """
    plan, _facts = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.SIGN)
    prepared = current_file(session, plan, RenditionKind.PREPARED)
    if plan.row_version != seen or (prepared and prepared.sha256 != prepared_sha256):
        raise StaleVersion(
            "Kế hoạch đã thay đổi từ khi bạn mở trang ký. Hãy đọc lại văn bản rồi ký."
        )
    if prepared is None:
        raise NotPossible("Tệp PDF của phiên bản này đang được tạo. Hãy chờ rồi tải lại trang.")
    position = plan.signing_position
    if position is None or not position.key_name:
        raise NotPossible(
            "Chức vụ ký văn bản này chưa được gắn khoá ký số. Hãy báo quản trị hệ thống."
        )
    version = _current_version(session, plan)
    return Signable(
        version.number, version.digest, prepared.store_key, prepared.sha256, position.key_name
    )


def _current_version(session: Session, plan: Plan) -> PlanVersion:
    return session.scalars(
        select(PlanVersion).where(
            PlanVersion.plan_id == plan.id, PlanVersion.number == plan.version_number
        )
    ).one()


def _decisions(session: Session, plan: Plan, outcome: Outcome) -> Sequence[Decision]:
    """Those that stand on the current version, and every return on the way to it."""
    query = select(Decision).where(Decision.plan_id == plan.id, Decision.outcome == outcome)
    if outcome is Outcome.APPROVED:
        query = query.join(PlanVersion, Decision.version_id == PlanVersion.id).where(
            Decision.voided_at.is_(None), PlanVersion.number == plan.version_number
        )
    return session.scalars(query.options(joinedload(Decision.person)).order_by(Decision.at)).all()
