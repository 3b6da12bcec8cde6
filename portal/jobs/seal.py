"""Seals a numbered plan with its number, in the name of the clerk who gave it."""

import hashlib
from datetime import datetime
from uuid import UUID

from portal import clock
from portal.acts.means import hurry, keys, store
from portal.archive.store import FileStore
from portal.extensions import db
from portal.jobs.context import Task, in_app, still_owed
from portal.signing.errors import KeyMissing, NotSignable
from portal.signing.keys import KeyStore
from portal.signing.seal import seal
from portal.signing.verification import verify
from workflows.domain.errors import NotPossible
from workflows.domain.numbers import date_text, number_text
from workflows.queries.work import Sealing, sealing
from workflows.services.files import StoredFile
from workflows.services.issuing import record_seal
from workflows.services.outbox import settle
from workflows.services.transaction import transaction


@in_app
def seal_plan(message_id: str) -> None:
    """Seal, verify, keep, record; always with the number that the register has."""
    session = db.session()
    task = still_owed(session, UUID(message_id))
    if task is None:
        return
    found = _read(task)
    if found is not None:
        sealed = _kept(store(), found, sealed_pdf(store(), keys(), found, now=clock.now()))
        _record(task, found, sealed)
    settle(session, task.id, now=clock.now())
    # The archive and the notices of an issued plan need not wait for the next sweep.
    hurry()


def sealed_pdf(store: FileStore, keys: KeyStore, found: Sealing, *, now: datetime) -> bytes:
    """The sealed file; raises SignatureError rather than let a wrong one pass."""
    signed = store.get(found.signed_key)
    if hashlib.sha256(signed).hexdigest() != found.signed_sha256:
        raise NotSignable("Tệp đã ký trong kho không còn đúng như khi ký. Không được đóng dấu.")
    if found.key_name is None:
        raise KeyMissing("Cơ quan chưa có khóa ký số để đóng dấu. Hãy báo quản trị hệ thống.")
    sealed = seal(
        signed,
        keys,
        key_name=found.key_name,
        number_text=number_text(found.number),
        date_text=date_text(found.place, found.dated),
        organisation_name=found.organisation_name,
        at=now,
    )
    _refuse_wrong(sealed, keys, found)
    return sealed


def _refuse_wrong(sealed: bytes, keys: KeyStore, found: Sealing) -> None:
    """What is recorded as issued must be what anybody will find when they verify it."""
    # As of this moment: a timestamp authority's own clock may be a little ahead of ours.
    verdict = verify(sealed, keys.trust)
    expected = (number_text(found.number), date_text(found.place, found.dated), found.digest)
    if not verdict.is_valid:
        raise NotSignable(
            "Tệp vừa đóng dấu không qua được kiểm tra: %(reason)s",
            reason=" ".join((verdict.sentence, *verdict.findings)),
        )
    if (verdict.number, verdict.date, verdict.plan_digest) != expected:
        raise NotSignable("Số, ngày hoặc nội dung của tệp vừa đóng dấu không khớp với sổ đăng ký.")


def _read(task: Task) -> Sealing | None:
    session = db.session()
    with transaction(session):
        return sealing(session, task.payload["version_id"], clerk_id=int(task.payload["actor_id"]))


def _kept(store: FileStore, found: Sealing, sealed: bytes) -> StoredFile:
    """Lay the file into the store; one whose recording fails harms nobody."""
    sha256 = hashlib.sha256(sealed).hexdigest()
    key = f"{found.folder}/issued-{sha256[:12]}.pdf"
    store.put(key, sealed)
    return StoredFile(key, sha256, len(sealed))


def _record(task: Task, found: Sealing, sealed: StoredFile) -> None:
    try:
        record_seal(
            db.session(), plan_id=found.plan_id, actor=found.clerk, sealed=sealed, now=clock.now()
        )
    except NotPossible:
        # Two runs side by side: the other one's file is the issued one.
        if _read(task) is not None:
            raise
