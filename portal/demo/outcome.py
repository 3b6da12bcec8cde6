"""What `make demo` leaves behind, and the checks that decide its exit status."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import bagit
from asn1crypto import pem
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.acts.register import register_document
from portal.archive.evidence import evidence_zip
from portal.archive.store import FileStore
from portal.clock import now
from portal.documents.conformance import faults_of_pdf
from portal.signing.keys import KeyStore
from portal.signing.verification import verify
from workflows.models.audit import AuditEvent, fields_of
from workflows.models.numbering import RegisterEntry
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.audit import walk


def write_outcome(
    session: Session, plan_id: UUID, store: FileStore, keys: KeyStore, out: Path
) -> None:
    """Fill the folder *out*, which exists and is empty."""
    issued = _file(session, plan_id, RenditionKind.ISSUED)
    package = _file(session, plan_id, RenditionKind.PACKAGE)
    entry = session.scalars(select(RegisterEntry).where(RegisterEntry.plan_id == plan_id)).one()
    (out / "issued.pdf").write_bytes(store.get(issued.store_key))
    shutil.copytree(store.path(package.store_key), out / "archive")
    (out / "evidence.zip").write_bytes(evidence_zip(session, store, plan_id, at=now()))
    (out / "register.pdf").write_bytes(register_document(session, entry.series, at=now()))
    (out / "timeline.json").write_text(_timeline(session, plan_id), encoding="utf-8")
    # What independent tools are told to trust; demonstration roots have no other home.
    roots = b"".join(pem.armor("CERTIFICATE", root.dump()) for root in keys.trust.roots)
    (out / "trust.pem").write_bytes(roots)


def faults(session: Session, keys: KeyStore, out: Path) -> Iterator[str]:
    """Every check that what lies in *out* does not pass, in a sentence."""
    pdf = (out / "issued.pdf").read_bytes()
    verdict = verify(pdf, keys.trust)
    if not verdict.is_valid:
        yield " ".join((verdict.sentence, *verdict.findings))
    yield from faults_of_pdf(pdf)
    digest = hashlib.sha256(pdf).hexdigest()
    if session.scalar(select(Rendition.id).where(Rendition.sha256 == digest)) is None:
        yield "Tệp PDF không phải là tệp đã ghi trong hồ sơ."
    if not bagit.Bag(str(out / "archive")).is_valid():
        yield "Gói lưu trữ không khớp với bản kê của nó."
    _, broken = walk(session)
    if broken is not None:
        yield f"Nhật ký, sự kiện số {broken.seq}: {broken.sentence}"


def _file(session: Session, plan_id: UUID, kind: RenditionKind) -> Rendition:
    return session.scalars(
        select(Rendition).where(Rendition.plan_id == plan_id, Rendition.kind == kind)
    ).one()


def _timeline(session: Session, plan_id: UUID) -> str:
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.plan_id == plan_id).order_by(AuditEvent.seq)
    )
    return json.dumps([fields_of(event) for event in events], ensure_ascii=False, indent=2)
