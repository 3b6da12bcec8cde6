"""Which remarks ask about a passage that the plan took over from the one it was begun from."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "thread", sa.Column("is_inherited", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # They came into the world with their plan, which nobody could speak of before.
    op.execute(
        "UPDATE thread SET is_inherited = true FROM plan"
        " WHERE plan.id = thread.plan_id AND thread.opened_at = plan.created_at"
    )
    op.alter_column("thread", "is_inherited", server_default=None)


def downgrade() -> None:
    op.drop_column("thread", "is_inherited")
