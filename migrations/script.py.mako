"""${message}

Rules: one idea each; reversible; safe beside the previous release (add first, remove in a later
release); a new index on a living table is made CONCURRENTLY; no data is rewritten in one statement.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
