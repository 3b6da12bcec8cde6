"""What proposals did, and where, in the text that they were made for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("suggestion", sa.Column("place_words", sa.Text(), nullable=False, server_default=""))
    op.alter_column("suggestion", "place_words", server_default=None)
    doing = sa.Column("doing", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    op.add_column("suggestion", doing)


def downgrade() -> None:
    op.drop_column("suggestion", "doing")
    op.drop_column("suggestion", "place_words")
