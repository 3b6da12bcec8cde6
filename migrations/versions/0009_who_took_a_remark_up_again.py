"""Who took a thread up again, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("thread", sa.Column("reopened_by_id", sa.Integer(), nullable=True))
    op.add_column("thread", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_thread_reopened_by_id_person"), "thread", "person", ["reopened_by_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_column("thread", "reopened_at")
    op.drop_column("thread", "reopened_by_id")
