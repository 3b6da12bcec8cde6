"""The rows that evidence is made of, as plain JSON data; one function for each table."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.mentions import in_words
from workflows.models.audit import AuditEvent, AuditHead, fields_of
from workflows.models.decision import Decision
from workflows.models.discussion import Comment, PlanView
from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan
from workflows.queries.proposed import all_proposed

Row = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """A time as evidence prints it: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def of_plan(table: Any, plan_id: UUID) -> Select[Any]:
    """The rows of a table that belong to a plan."""
    return select(table).where(table.plan_id == plan_id)


def plan_row(plan: Plan) -> Row:
    return {
        "id": str(plan.id),
        "title": plan.title,
        "kind": plan.kind,
        "state": str(plan.state),
        "version_number": plan.version_number,
        "organisation": plan.organisation.name,
        "unit": plan.unit.name,
        "author": plan.author.name,
        "is_public": plan.is_public,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else None,
        "created_at": moment(plan.created_at),
    }


def decision_rows(session: Session, plan_id: UUID, numbers: dict[int, int]) -> tuple[Row, ...]:
    rows = session.scalars(
        of_plan(Decision, plan_id).options(joinedload(Decision.person)).order_by(Decision.id)
    )
    return tuple(
        {
            "version": numbers[row.version_id],
            "digest": row.digest,
            "step": row.step_key,
            "person": row.person.name,
            "position": row.position_title,
            "outcome": str(row.outcome),
            "reason": row.reason,
            "to_step": row.to_step,
            "at": moment(row.at),
            "voided_at": moment(row.voided_at),
            "void_reason": row.void_reason,
        }
        for row in rows
    )


def comment_rows(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    rows = session.scalars(
        of_plan(Comment, plan_id)
        .options(joinedload(Comment.person), joinedload(Comment.thread))
        .order_by(Comment.id)
    )
    return tuple(
        {
            "version": row.version_number,
            "thread": row.thread_id,
            "audience": str(row.thread.audience),
            "block_id": row.thread.block_id,
            "quote": row.thread.quote,
            "person": row.person.name,
            "position": row.position_title,
            "text": in_words(row.text),
            "at": moment(row.at),
            "demands_answer": row.thread.demands_answer,
            "answer": row.thread.answer,
            "answer_reason": row.thread.answer_reason,
        }
        for row in rows
    )


def proposal_rows(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    return tuple(
        {
            "version": line.version_number,
            "person": line.who,
            "position": line.position,
            "at": moment(line.at),
            "place": line.where,
            "changes": [
                {"before": part.before, "after": part.after, "level": part.level}
                for part in line.parts
            ],
            "note": line.note,
            "state": str(line.state),
            "answer": line.answer,
            "settled_by": line.settled_by,
            "settled_at": moment(line.settled_at),
        }
        for line in all_proposed(session, plan_id)
    )


def view_rows(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    rows = session.scalars(
        of_plan(PlanView, plan_id).options(joinedload(PlanView.person)).order_by(PlanView.id)
    )
    return tuple(
        {
            "version": row.version_number,
            "person": row.person.name,
            "page": row.page,
            "address": row.address,
            "at": moment(row.at),
        }
        for row in rows
    )


def event_rows(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    rows = session.scalars(of_plan(AuditEvent, plan_id).order_by(AuditEvent.seq))
    return tuple(fields_of(row) for row in rows)


def register_row(entry: RegisterEntry) -> Row:
    return {
        "number": entry.number,
        "symbol": entry.symbol,
        "dated": entry.dated.isoformat(),
        "title": entry.title,
        "signer": entry.signer,
        "recipients": entry.recipients,
        "keeper": entry.keeper,
        "copies": entry.copies,
        "numbered_by": entry.numbered_by.name,
        "numbered_at": moment(entry.numbered_at),
        "sent_on": entry.sent_on.isoformat() if entry.sent_on else None,
        "note": entry.note,
    }


def head_row(session: Session) -> Row:
    head = session.scalars(select(AuditHead)).one()
    return {"seq": head.seq, "hash": head.hash}
