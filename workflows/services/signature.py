"""The leader's signature: recorded once the signed file lies in the store."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import StaleVersion
from workflows.domain.machine import PlanAction
from workflows.models.decision import Outcome
from workflows.models.plan import Plan
from workflows.models.rendition import RenditionKind
from workflows.services.acting import acting_on
from workflows.services.advance import advance
from workflows.services.files import StoredFile, file_of, note_file
from workflows.services.steps import chain_for, decide, enter, open_run, tell


def record_signature(
    session: Session,
    *,
    plan_id: UUID,
    seen: int,
    actor: Actor,
    prepared_sha256: str,
    signed: StoredFile,
    now: datetime,
) -> Plan:
    """Bind the signed file to the plan and pass it to the clerk.

    *prepared_sha256* is the digest of the exact PDF that the signer was shown; raises
    StaleVersion when the plan's current version has another. The signing itself happened before,
    outside any transaction: dying in between leaves the plan unsigned and signable.
    """
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.SIGN, seen=seen, now=now
    ) as act:
        version = act.version()
        prepared = file_of(session, version.id, RenditionKind.PREPARED)
        if prepared is None or prepared.sha256 != prepared_sha256:
            raise StaleVersion(
                "Tệp PDF đã ký không phải là tệp của phiên bản hiện tại. "
                "Hãy mở lại trang ký và đọc lại văn bản."
            )
        following = chain_for(act).after(open_run(act).step_key)
        decide(act, Outcome.SIGNED)
        note_file(session, version, RenditionKind.SIGNED, signed, act.now)
        enter(act, following)
        tell(act, {act.plan.author_id}, "outcome", step=following.title)
        advance(
            act,
            step=following,
            digest=version.digest,
            prepared_sha256=prepared_sha256,
            signed_sha256=signed.sha256,
        )
        return act.plan
