"""For whom a thread is: the writers of a draft, or all who may read the plan."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("thread", sa.Column("audience", sa.String(length=32), nullable=True))
    # By where they were made: on a text that had been submitted by then. Everything else was said
    # about a draft, and stays with its writers.
    op.execute(
        "UPDATE thread SET audience = CASE WHEN EXISTS ("
        "SELECT 1 FROM plan_version WHERE plan_version.plan_id = thread.plan_id "
        "AND plan_version.text_version = thread.made_version "
        "AND plan_version.number <= thread.version_number"
        ") THEN 'readers' ELSE 'writers' END"
    )
    # A remark on the whole plan names no text. Made by somebody who never wrote in it and has no
    # drafter's post in its unit, it was made by a reader.
    op.execute(
        "UPDATE thread SET audience = 'readers' FROM plan "
        "WHERE plan.id = thread.plan_id AND thread.made_start IS NULL "
        "AND thread.opened_by_id <> plan.author_id "
        "AND NOT EXISTS (SELECT 1 FROM plan_editor WHERE plan_editor.plan_id = plan.id "
        "AND plan_editor.person_id = thread.opened_by_id) "
        "AND NOT EXISTS (SELECT 1 FROM plan_writer WHERE plan_writer.plan_id = plan.id "
        "AND plan_writer.person_id = thread.opened_by_id) "
        "AND NOT EXISTS (SELECT 1 FROM position WHERE position.unit_id = plan.unit_id "
        "AND position.role = 'drafter' AND position.person_id = thread.opened_by_id)"
    )
    op.alter_column("thread", "audience", nullable=False)
    op.create_check_constraint(
        op.f("ck_thread_audience_known"), "thread", "audience IN ('writers', 'readers')"
    )


def downgrade() -> None:
    op.drop_column("thread", "audience")
