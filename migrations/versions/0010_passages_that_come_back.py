"""Whether a quote stood once in its block, so that it is known again when a deletion is undone."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of old remarks nobody knows: their passages stay gone once they are.
    op.add_column(
        "thread", sa.Column("is_sole", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.alter_column("thread", "is_sole", server_default=None)


def downgrade() -> None:
    op.drop_column("thread", "is_sole")
