"""Proposals whose matter the drafter wrote in their own words."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = ("open", "accepted", "rejected", "withdrawn")


def upgrade() -> None:
    _states((*STATES, "adopted"))


def downgrade() -> None:
    op.execute("UPDATE suggestion SET state = 'rejected' WHERE state = 'adopted'")
    _states(STATES)


def _states(words: tuple[str, ...]) -> None:
    name = op.f("ck_suggestion_state_known")
    op.drop_constraint(name, "suggestion", type_="check")
    known = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(name, "suggestion", f"state IN ({known})")
