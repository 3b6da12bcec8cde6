"""For whom a proposed wording is, by the text that was on the page when it was made."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("suggestion", sa.Column("audience", sa.String(length=32), nullable=True))
    # As it was decided so far: for readers, if its text had been submitted by then.
    op.execute(
        "UPDATE suggestion SET audience = CASE WHEN EXISTS (SELECT FROM plan_version"
        " WHERE plan_version.plan_id = suggestion.plan_id"
        " AND plan_version.text_version = suggestion.made_version"
        " AND plan_version.number <= suggestion.version_number)"
        " THEN 'readers' ELSE 'writers' END"
    )
    op.alter_column("suggestion", "audience", nullable=False)
    op.create_check_constraint(
        op.f("ck_suggestion_audience_known"), "suggestion", "audience IN ('writers', 'readers')"
    )


def downgrade() -> None:
    op.drop_column("suggestion", "audience")
