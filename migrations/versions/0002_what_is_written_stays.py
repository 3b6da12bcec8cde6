"""What is written stays: triggers that refuse to change the record, whoever asks.

The owner of the tables could drop a trigger; the hash chain is what shows that somebody did.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Rows that nobody changes or removes once they are there.
FROZEN = (
    *("audit_event", "plan_version", "plan_editor", "chain_definition"),
    *("rendition", "plan_view", "comment"),
)
# Rows that nobody removes; some columns are filled in later.
KEPT = ("audit_head", "plan", "decision", "register_entry", "number_series", "step_run")


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% on % is refused: what is written stays', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_other_decision() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.voided_at IS NOT NULL
               OR to_jsonb(NEW) - 'voided_at' - 'void_reason'
                  <> to_jsonb(OLD) - 'voided_at' - 'void_reason' THEN
                RAISE EXCEPTION 'a decision is voided once and never changed'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_other_number() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF to_jsonb(NEW) - 'note' - 'sent_on' <> to_jsonb(OLD) - 'note' - 'sent_on' THEN
                RAISE EXCEPTION 'a number that was given stays with its document'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_lower_number() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.last_number < OLD.last_number OR NEW.last_dated < OLD.last_dated
               OR (NEW.organisation_id, NEW.year, NEW.kind)
                  <> (OLD.organisation_id, OLD.year, OLD.kind) THEN
                RAISE EXCEPTION 'a series counts up and is never taken back'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    for table in FROZEN:
        _refuse(table, "UPDATE OR DELETE")
    for table in KEPT:
        _refuse(table, "DELETE")
    op.execute(
        "CREATE TRIGGER decision_stays BEFORE UPDATE ON decision "
        "FOR EACH ROW EXECUTE FUNCTION refuse_other_decision()"
    )
    op.execute(
        "CREATE TRIGGER register_entry_stays BEFORE UPDATE ON register_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_other_number()"
    )
    op.execute(
        "CREATE TRIGGER number_series_counts_up BEFORE UPDATE ON number_series "
        "FOR EACH ROW EXECUTE FUNCTION refuse_lower_number()"
    )
    op.execute(f"INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '{'0' * 64}')")


def downgrade() -> None:
    op.execute("DROP TRIGGER number_series_counts_up ON number_series")
    op.execute("DROP TRIGGER register_entry_stays ON register_entry")
    op.execute("DROP TRIGGER decision_stays ON decision")
    for table in (*FROZEN, *KEPT):
        op.execute(f"DROP TRIGGER {table}_rows_stay ON {table}")
        op.execute(f"DROP TRIGGER {table}_stays_whole ON {table}")
    op.execute("DELETE FROM audit_head")
    op.execute("DROP FUNCTION refuse_lower_number()")
    op.execute("DROP FUNCTION refuse_other_number()")
    op.execute("DROP FUNCTION refuse_other_decision()")
    op.execute("DROP FUNCTION refuse_change()")


def _refuse(table: str, events: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_rows_stay BEFORE {events} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
