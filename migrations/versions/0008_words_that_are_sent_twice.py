"""The page's own name for a remark, so that it is said once though it was sent twice."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comment", sa.Column("sent_as", sa.String(length=40), nullable=True))
    op.create_index(
        "uq_comment_sent_as",
        "comment",
        ["plan_id", "person_id", "sent_as"],
        unique=True,
        postgresql_where=sa.text("sent_as IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_comment_sent_as", table_name="comment")
    op.drop_column("comment", "sent_as")
