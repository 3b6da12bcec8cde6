"""Texts that several people write: the log of steps, threads, proposals, Word files, rules of form."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)
# Rows that nobody changes or removes once they are there.
FROZEN = ("text_step", "text_snapshot", "revision")
# Rows that nobody removes; some columns are filled in later.
KEPT = ("plan_writer", "thread", "suggestion")
TOPICS = ("notify", "render", "seal", "archive")


def upgrade() -> None:
    _text()
    _discussion()
    _files_and_rules()
    _topics((*TOPICS, "import"))
    op.alter_column("outbox_message", "plan_id", nullable=True)
    for table in FROZEN:
        _refuse(table, "UPDATE OR DELETE")
    for table in KEPT:
        _refuse(table, "DELETE")


def downgrade() -> None:
    for table in (*FROZEN, *KEPT):
        op.execute(f"DROP TRIGGER {table}_rows_stay ON {table}")
        op.execute(f"DROP TRIGGER {table}_stays_whole ON {table}")
    op.execute("DELETE FROM notice WHERE plan_id IS NULL")
    op.execute("DELETE FROM outbox_message WHERE plan_id IS NULL OR topic = 'import'")
    op.alter_column("outbox_message", "plan_id", nullable=False)
    _topics(TOPICS)
    op.drop_table("form_rule_level")
    op.drop_table("word_import")
    op.drop_table("suggestion")
    op.drop_index("ix_comment_thread_id", table_name="comment")
    op.add_column("comment", sa.Column("block_id", sa.String(length=40), nullable=True))
    _despite_the_trigger(
        "UPDATE comment SET block_id = thread.block_id FROM thread WHERE thread.id = thread_id"
    )
    op.drop_column("comment", "thread_id")
    op.drop_table("thread")
    op.drop_column("plan_view", "text_version")
    _text_back_into_plan()
    op.drop_table("plan_writer")
    op.drop_table("revision")
    op.drop_column("plan_version", "text_version")
    op.drop_column("plan", "text_version")
    op.drop_table("text_snapshot")
    op.drop_table("text_step")


def _text() -> None:
    op.create_table(
        "text_step",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", JSONB, nullable=False),
        sa.Column("ranges", JSONB, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("text_step", "plan_id", "plan"),
        _to("text_step", "author_id", "person"),
        sa.PrimaryKeyConstraint("plan_id", "version", name=op.f("pk_text_step")),
    )
    op.create_index("ix_text_step_author", "text_step", ["plan_id", "author_id", "version"])
    op.create_table(
        "text_snapshot",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("doc", JSONB, nullable=False),
        _to("text_snapshot", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("plan_id", "version", name=op.f("pk_text_snapshot")),
    )
    op.execute("INSERT INTO text_snapshot (plan_id, version, doc) SELECT id, 0, draft FROM plan")
    op.drop_column("plan", "draft")
    _counted("plan")
    _counted("plan_version")
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("revision", "plan_id", "plan"),
        _to("revision", "author_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_revision_plan_id_number")),
    )
    op.create_table(
        "plan_writer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        _to("plan_writer", "plan_id", "plan"),
        _to("plan_writer", "person_id", "person"),
        _to("plan_writer", "invited_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_writer")),
    )
    op.create_index(
        "uq_plan_writer_open",
        "plan_writer",
        ["plan_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_plan_writer_person_id", "plan_writer", ["person_id"])


def _discussion() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.String(length=40), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("demands_answer", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        *_anchor(),
        sa.CheckConstraint(
            "answer IN ('accepted', 'partly', 'rejected')", name=op.f("ck_thread_answer_known")
        ),
        _to("thread", "plan_id", "plan"),
        _to("thread", "answered_by_id", "person"),
        _to("thread", "opened_by_id", "person"),
        _to("thread", "resolved_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index("ix_thread_plan_id", "thread", ["plan_id", "id"])
    op.add_column("comment", sa.Column("thread_id", sa.Integer(), nullable=True))
    # Every remark made so far began, and is, a thread of its own.
    op.execute(
        "INSERT INTO thread (id, plan_id, version_number, block_id, quote, demands_answer, "
        "opened_by_id, opened_at, made_version, anchor_version, is_gone) "
        "SELECT id, plan_id, version_number, block_id, '', false, person_id, at, 0, 0, false "
        "FROM comment"
    )
    op.execute("SELECT setval('thread_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM thread), false)")
    _despite_the_trigger("UPDATE comment SET thread_id = id")
    op.alter_column("comment", "thread_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_comment_thread_id_thread"), "comment", "thread", ["thread_id"], ["id"]
    )
    op.create_index("ix_comment_thread_id", "comment", ["thread_id", "id"])
    op.drop_column("comment", "block_id")
    op.add_column("plan_view", sa.Column("text_version", sa.Integer(), nullable=True))
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slice", JSONB, nullable=True),
        sa.Column("before_slice", JSONB, nullable=True),
        sa.Column("block_id", sa.String(length=40), nullable=True),
        sa.Column("attribute", sa.String(length=40), nullable=True),
        sa.Column("before_value", JSONB, nullable=True),
        sa.Column("after_value", JSONB, nullable=True),
        sa.Column("before_text", sa.Text(), nullable=False),
        sa.Column("after_text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("position_title", sa.String(length=310), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_version", sa.Integer(), nullable=True),
        *_anchor(),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'rejected', 'withdrawn')",
            name=op.f("ck_suggestion_state_known"),
        ),
        _to("suggestion", "plan_id", "plan"),
        _to("suggestion", "author_id", "person"),
        _to("suggestion", "settled_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index("ix_suggestion_plan_id", "suggestion", ["plan_id", "id"])


def _files_and_rules() -> None:
    op.create_table(
        "word_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("file_key", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("reading", JSONB, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'reading', 'ready', 'refused', 'taken', 'dropped')",
            name=op.f("ck_word_import_state_known"),
        ),
        _to("word_import", "person_id", "person"),
        _to("word_import", "unit_id", "unit"),
        _to("word_import", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_import")),
    )
    op.create_index("ix_word_import_person_id", "word_import", ["person_id", "created_at"])
    op.create_table(
        "form_rule_level",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("form_rule_level", "organisation_id", "organisation"),
        _to("form_rule_level", "set_by_id", "person"),
        sa.PrimaryKeyConstraint("organisation_id", "rule", name=op.f("pk_form_rule_level")),
    )


def _anchor() -> list[sa.Column]:
    return [
        sa.Column("made_version", sa.Integer(), nullable=False),
        sa.Column("made_start", sa.Integer(), nullable=True),
        sa.Column("made_end", sa.Integer(), nullable=True),
        sa.Column("anchor_version", sa.Integer(), nullable=False),
        sa.Column("anchor_start", sa.Integer(), nullable=True),
        sa.Column("anchor_end", sa.Integer(), nullable=True),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
    ]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _counted(table: str) -> None:
    """The texts of before have no log: each begins at version 0."""
    op.add_column(table, sa.Column("text_version", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column(table, "text_version", server_default=None)


def _topics(words: tuple[str, ...]) -> None:
    name = op.f("ck_outbox_message_topic_known")
    op.drop_constraint(name, "outbox_message", type_="check")
    listed = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(name, "outbox_message", f"topic IN ({listed})")


def _refuse(table: str, events: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_rows_stay BEFORE {events} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _despite_the_trigger(statement: str) -> None:
    """A column that moves is no change to what was said; the trigger cannot know."""
    op.execute("ALTER TABLE comment DISABLE TRIGGER comment_rows_stay")
    op.execute(statement)
    op.execute("ALTER TABLE comment ENABLE TRIGGER comment_rows_stay")


def _text_back_into_plan() -> None:
    """Replay every log to its end: going back must not lose what was typed."""
    from prosemirror.model import Node

    from workflows.domain.content.edits import replay
    from workflows.domain.content.schema import SCHEMA

    op.add_column("plan", sa.Column("draft", JSONB, nullable=True))
    connection = op.get_bind()
    newest = connection.execute(
        sa.text(
            "SELECT DISTINCT ON (plan_id) plan_id, version, doc FROM text_snapshot "
            "ORDER BY plan_id, version DESC"
        )
    ).all()
    for plan_id, version, doc in newest:
        steps = connection.execute(
            sa.text(
                "SELECT step FROM text_step WHERE plan_id = :plan AND version > :version "
                "ORDER BY version"
            ),
            {"plan": plan_id, "version": version},
        ).scalars()
        whole = replay(Node.from_json(SCHEMA, doc), steps).doc.to_json()
        connection.execute(
            sa.text("UPDATE plan SET draft = cast(:doc AS jsonb) WHERE id = :plan"),
            {"plan": plan_id, "doc": json.dumps(whole)},
        )
    op.alter_column("plan", "draft", nullable=False)
