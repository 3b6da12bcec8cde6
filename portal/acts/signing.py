"""The leader's act: sign the exact PDF that was shown, keep it, then bind it to the plan."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.archive.store import FileStore
from portal.signing.keys import KeyStore
from portal.signing.leader import leader_sign
from workflows.domain.actor import Actor
from workflows.domain.errors import NotPossible
from workflows.models.plan import Plan
from workflows.queries.signature import Signable, signable
from workflows.services.files import StoredFile
from workflows.services.signature import record_signature
from workflows.services.transaction import transaction


def sign_plan(
    session: Session,
    *,
    plan_id: UUID,
    seen: int,
    actor: Actor,
    prepared_sha256: str,
    keys: KeyStore,
    store: FileStore,
    now: datetime,
) -> Plan:
    """Sign and record; the plan stays unsigned and signable whatever fails before the last step.

    *seen* and *prepared_sha256* are from the page that the signer read. Raises what
    `record_signature` raises, and SignatureError when no signature could be made.
    """
    # The transaction ends before the timestamp authority is asked: no lock waits on a network.
    with transaction(session):
        found = signable(session, plan_id, seen=seen, actor=actor, prepared_sha256=prepared_sha256)
    signed = leader_sign(
        _prepared(store, found), keys, key_name=found.key_name, signer_name=actor.name, at=now
    )
    return record_signature(
        session,
        plan_id=plan_id,
        seen=seen,
        actor=actor,
        prepared_sha256=prepared_sha256,
        signed=_kept(store, plan_id, found, signed),
        now=now,
    )


def _prepared(store: FileStore, found: Signable) -> bytes:
    prepared = store.get(found.store_key)
    if hashlib.sha256(prepared).hexdigest() != found.sha256:
        raise NotPossible(
            "Tệp PDF trong kho không còn đúng như khi tạo. Không được ký. "
            "Hãy báo quản trị hệ thống."
        )
    return prepared


def _kept(store: FileStore, plan_id: UUID, found: Signable, signed: bytes) -> StoredFile:
    """Lay the signed file into the store; one that is never recorded harms nobody."""
    sha256 = hashlib.sha256(signed).hexdigest()
    folder = f"plans/{plan_id}/v{found.version_number}-{found.digest[:12]}"
    key = f"{folder}/signed-{sha256[:12]}.pdf"
    store.put(key, signed)
    return StoredFile(key, sha256, len(signed))
