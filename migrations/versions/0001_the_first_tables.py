"""The first tables: people, plans, chains, decisions, numbers, the record and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=35), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('header_lines', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('parent_line', sa.String(length=200), nullable=True),
    sa.Column('collective', sa.String(length=200), nullable=True),
    sa.Column('symbol', sa.String(length=30), nullable=False),
    sa.Column('place', sa.String(length=100), nullable=False),
    sa.Column('key_name', sa.String(length=100), nullable=True),
    sa.Column('seal_diameter_mm', sa.Integer(), nullable=False),
    sa.Column('numbers_per_kind', sa.Boolean(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('successor_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['successor_id'], ['organisation.id'], name=op.f('fk_organisation_successor_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('code', name=op.f('uq_organisation_code'))
    )
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('current_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_login_ip', sa.String(length=64), nullable=True),
    sa.Column('current_login_ip', sa.String(length=64), nullable=True),
    sa.Column('login_count', sa.Integer(), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_account_email_is_lower_case')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_account_fs_uniquifier')),
    sa.UniqueConstraint('person_id', name=op.f('uq_account_person_id'))
    )
    op.create_table('chain_definition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_chain_definition_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chain_definition')),
    sa.UniqueConstraint('organisation_id', 'key', 'version', name=op.f('uq_chain_definition_organisation_id_key_version'))
    )
    op.create_table('number_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('last_dated', sa.Date(), nullable=True),
    sa.CheckConstraint('last_number >= 0', name=op.f('ck_number_series_last_number_counts')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_number_series_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_series')),
    sa.UniqueConstraint('organisation_id', 'year', 'kind', name=op.f('uq_number_series_organisation_id_year_kind'))
    )
    op.create_table('recipient_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=35), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_recipient_group_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipient_group')),
    sa.UniqueConstraint('organisation_id', 'code', name=op.f('uq_recipient_group_organisation_id_code'))
    )
    op.create_index(op.f('ix_recipient_group_organisation_id'), 'recipient_group', ['organisation_id'], unique=False)
    op.create_table('unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=35), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('abbreviation', sa.String(length=30), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('successor_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_unit_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['successor_id'], ['unit.id'], name=op.f('fk_unit_successor_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('organisation_id', 'code', name=op.f('uq_unit_organisation_id_code'))
    )
    op.create_index(op.f('ix_unit_organisation_id'), 'unit', ['organisation_id'], unique=False)
    op.create_table('position',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('capacity', sa.String(length=32), nullable=False),
    sa.Column('head_title', sa.String(length=100), nullable=True),
    sa.Column('field', sa.String(length=200), nullable=True),
    sa.Column('key_name', sa.String(length=100), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("capacity IN ('none', 'head', 'deputy', 'acting', 'by_order')", name=op.f('ck_position_capacity_known')),
    sa.CheckConstraint("role IN ('drafter', 'unit_head', 'consulted', 'appraiser', 'appraisal_lead', 'form_checker', 'signer', 'clerk', 'auditor', 'administrator')", name=op.f('ck_position_role_known')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_position_dates_in_order')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_position_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_position_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position'))
    )
    op.create_index(op.f('ix_position_person_id'), 'position', ['person_id'], unique=False)
    op.create_index('ix_position_seat', 'position', ['unit_id', 'role'], unique=False)
    op.create_table('recipient_group_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(unit_id IS NULL) <> (organisation_id IS NULL)', name=op.f('ck_recipient_group_member_one_body')),
    sa.ForeignKeyConstraint(['group_id'], ['recipient_group.id'], name=op.f('fk_recipient_group_member_group_id_recipient_group')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_recipient_group_member_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_recipient_group_member_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipient_group_member'))
    )
    op.create_index(op.f('ix_recipient_group_member_group_id'), 'recipient_group_member', ['group_id'], unique=False)
    op.create_table('unit_function',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('function', sa.String(length=30), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_function_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_function'))
    )
    op.create_index(op.f('ix_unit_function_unit_id'), 'unit_function', ['unit_id'], unique=False)
    op.create_table('plan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('step_key', sa.String(length=40), nullable=False),
    sa.Column('chain_id', sa.Integer(), nullable=True),
    sa.Column('signing_position_id', sa.Integer(), nullable=True),
    sa.Column('row_version', sa.Integer(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('draft', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'unit_review', 'appraisal', 'form_check', 'awaiting_signature', 'signed', 'numbered', 'issued', 'recalled', 'returned', 'withdrawn', 'cancelled')", name=op.f('ck_plan_state_known')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_plan_author_id_person')),
    sa.ForeignKeyConstraint(['chain_id'], ['chain_definition.id'], name=op.f('fk_plan_chain_id_chain_definition')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_plan_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['signing_position_id'], ['position.id'], name=op.f('fk_plan_signing_position_id_position')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_plan_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan'))
    )
    op.create_index('ix_plan_author_updated', 'plan', ['author_id', 'updated_at'], unique=False)
    op.create_index('ix_plan_issued_on', 'plan', ['issued_on'], unique=False, postgresql_where=sa.text('issued_on IS NOT NULL'))
    op.create_index('ix_plan_organisation_state_updated', 'plan', ['organisation_id', 'state', 'updated_at'], unique=False)
    op.create_index('ix_plan_organisation_updated', 'plan', ['organisation_id', 'updated_at', 'id'], unique=False)
    op.create_index('ix_plan_unit_updated', 'plan', ['unit_id', 'updated_at'], unique=False)
    op.create_table('audit_event',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=100), nullable=False),
    sa.Column('position_id', sa.Integer(), nullable=True),
    sa.Column('position_title', sa.String(length=310), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=True),
    sa.Column('plan_id', sa.Uuid(), nullable=True),
    sa.Column('state_before', sa.String(length=32), nullable=True),
    sa.Column('state_after', sa.String(length=32), nullable=True),
    sa.Column('version_number', sa.Integer(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('details', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_audit_event_actor_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_audit_event_plan_id_plan')),
    sa.ForeignKeyConstraint(['position_id'], ['position.id'], name=op.f('fk_audit_event_position_id_position')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_event_hash'))
    )
    op.create_index('ix_audit_event_plan_id_seq', 'audit_event', ['plan_id', 'seq'], unique=False)
    op.create_table('comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.String(length=40), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position_title', sa.String(length=310), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_comment_person_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_comment_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment'))
    )
    op.create_index('ix_comment_plan_id_at', 'comment', ['plan_id', 'at'], unique=False)
    op.create_table('outbox_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('payload', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('dedupe_key', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dispatched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("topic IN ('notify', 'render', 'seal', 'archive')", name=op.f('ck_outbox_message_topic_known')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_outbox_message_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message'))
    )
    op.create_index('ix_outbox_message_plan_id', 'outbox_message', ['plan_id'], unique=False)
    op.create_index('ix_outbox_message_waiting', 'outbox_message', ['created_at'], unique=False, postgresql_where=sa.text('handled_at IS NULL'))
    op.create_index('uq_outbox_message_dedupe_key', 'outbox_message', ['dedupe_key'], unique=True)
    op.create_table('plan_editor',
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_plan_editor_person_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_editor_plan_id_plan')),
    sa.PrimaryKeyConstraint('plan_id', 'person_id', name=op.f('pk_plan_editor'))
    )
    op.create_index('ix_plan_editor_person_id', 'plan_editor', ['person_id'], unique=False)
    op.create_table('plan_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('canonical', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('frozen_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['person.id'], name=op.f('fk_plan_version_frozen_by_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_version_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_version')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_plan_version_plan_id_number'))
    )
    op.create_table('plan_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_plan_view_person_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_view_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_view'))
    )
    op.create_index('ix_plan_view_plan_id_at', 'plan_view', ['plan_id', 'at'], unique=False)
    op.create_table('register_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('symbol', sa.String(length=40), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=600), nullable=False),
    sa.Column('signer', sa.String(length=200), nullable=False),
    sa.Column('recipients', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('keeper', sa.String(length=200), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('numbered_by_id', sa.Integer(), nullable=False),
    sa.Column('numbered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_register_entry_number_counts')),
    sa.ForeignKeyConstraint(['numbered_by_id'], ['person.id'], name=op.f('fk_register_entry_numbered_by_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_register_entry_plan_id_plan')),
    sa.ForeignKeyConstraint(['series_id'], ['number_series.id'], name=op.f('fk_register_entry_series_id_number_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_entry')),
    sa.UniqueConstraint('plan_id', name=op.f('uq_register_entry_plan_id')),
    sa.UniqueConstraint('series_id', 'number', name=op.f('uq_register_entry_series_id_number'))
    )
    op.create_table('step_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('step_key', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('position_id', sa.Integer(), nullable=True),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('drafter', 'unit_head', 'consulted', 'appraiser', 'appraisal_lead', 'form_checker', 'signer', 'clerk', 'auditor', 'administrator')", name=op.f('ck_step_run_role_known')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_step_run_plan_id_plan')),
    sa.ForeignKeyConstraint(['position_id'], ['position.id'], name=op.f('fk_step_run_position_id_position')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_step_run_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step_run'))
    )
    op.create_index('ix_step_run_plan_id', 'step_run', ['plan_id'], unique=False)
    op.create_index('ix_step_run_seat_plan_id', 'step_run', ['unit_id', 'role', 'plan_id'], unique=False)
    op.create_index('ix_step_run_waiting', 'step_run', ['unit_id', 'role', 'due_on', 'id'], unique=False, postgresql_where=sa.text('left_at IS NULL'))
    op.create_index('uq_step_run_open', 'step_run', ['plan_id'], unique=True, postgresql_where=sa.text('left_at IS NULL'))
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('step_run_id', sa.Integer(), nullable=False),
    sa.Column('step_key', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position_id', sa.Integer(), nullable=False),
    sa.Column('position_title', sa.String(length=310), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('to_step', sa.String(length=40), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("outcome IN ('approved', 'returned', 'signed', 'numbered')", name=op.f('ck_decision_outcome_known')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_person_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_decision_plan_id_plan')),
    sa.ForeignKeyConstraint(['position_id'], ['position.id'], name=op.f('fk_decision_position_id_position')),
    sa.ForeignKeyConstraint(['step_run_id'], ['step_run.id'], name=op.f('fk_decision_step_run_id_step_run')),
    sa.ForeignKeyConstraint(['version_id'], ['plan_version.id'], name=op.f('fk_decision_version_id_plan_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index('ix_decision_plan_id', 'decision', ['plan_id'], unique=False)
    op.create_index('uq_decision_step_run', 'decision', ['step_run_id'], unique=True)
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('outbox_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox_message.id'], name=op.f('fk_notice_outbox_id_outbox_message')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_notice_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('outbox_id', name=op.f('uq_notice_outbox_id'))
    )
    op.create_index('ix_notice_person_id_at', 'notice', ['person_id', 'at'], unique=False)
    op.create_index('ix_notice_unread', 'notice', ['person_id'], unique=False, postgresql_where=sa.text('read_at IS NULL'))
    op.create_table('rendition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('store_key', sa.String(length=300), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('prepared', 'signed', 'issued', 'package')", name=op.f('ck_rendition_kind_known')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_rendition_plan_id_plan')),
    sa.ForeignKeyConstraint(['version_id'], ['plan_version.id'], name=op.f('fk_rendition_version_id_plan_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rendition')),
    sa.UniqueConstraint('version_id', 'kind', name=op.f('uq_rendition_version_id_kind'))
    )
    op.create_index('ix_rendition_plan_id', 'rendition', ['plan_id'], unique=False)
    op.create_index('ix_rendition_sha256', 'rendition', ['sha256'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_rendition_sha256', table_name='rendition')
    op.drop_index('ix_rendition_plan_id', table_name='rendition')
    op.drop_table('rendition')
    op.drop_index('ix_notice_unread', table_name='notice', postgresql_where=sa.text('read_at IS NULL'))
    op.drop_index('ix_notice_person_id_at', table_name='notice')
    op.drop_table('notice')
    op.drop_index('uq_decision_step_run', table_name='decision')
    op.drop_index('ix_decision_plan_id', table_name='decision')
    op.drop_table('decision')
    op.drop_index('uq_step_run_open', table_name='step_run', postgresql_where=sa.text('left_at IS NULL'))
    op.drop_index('ix_step_run_waiting', table_name='step_run', postgresql_where=sa.text('left_at IS NULL'))
    op.drop_index('ix_step_run_seat_plan_id', table_name='step_run')
    op.drop_index('ix_step_run_plan_id', table_name='step_run')
    op.drop_table('step_run')
    op.drop_table('register_entry')
    op.drop_index('ix_plan_view_plan_id_at', table_name='plan_view')
    op.drop_table('plan_view')
    op.drop_table('plan_version')
    op.drop_index('ix_plan_editor_person_id', table_name='plan_editor')
    op.drop_table('plan_editor')
    op.drop_index('uq_outbox_message_dedupe_key', table_name='outbox_message')
    op.drop_index('ix_outbox_message_waiting', table_name='outbox_message', postgresql_where=sa.text('handled_at IS NULL'))
    op.drop_index('ix_outbox_message_plan_id', table_name='outbox_message')
    op.drop_table('outbox_message')
    op.drop_index('ix_comment_plan_id_at', table_name='comment')
    op.drop_table('comment')
    op.drop_index('ix_audit_event_plan_id_seq', table_name='audit_event')
    op.drop_table('audit_event')
    op.drop_index('ix_plan_organisation_updated', table_name='plan')
    op.drop_index('ix_plan_unit_updated', table_name='plan')
    op.drop_index('ix_plan_organisation_state_updated', table_name='plan')
    op.drop_index('ix_plan_issued_on', table_name='plan', postgresql_where=sa.text('issued_on IS NOT NULL'))
    op.drop_index('ix_plan_author_updated', table_name='plan')
    op.drop_table('plan')
    op.drop_index(op.f('ix_unit_function_unit_id'), table_name='unit_function')
    op.drop_table('unit_function')
    op.drop_index(op.f('ix_recipient_group_member_group_id'), table_name='recipient_group_member')
    op.drop_table('recipient_group_member')
    op.drop_index('ix_position_seat', table_name='position')
    op.drop_index(op.f('ix_position_person_id'), table_name='position')
    op.drop_table('position')
    op.drop_index(op.f('ix_unit_organisation_id'), table_name='unit')
    op.drop_table('unit')
    op.drop_index(op.f('ix_recipient_group_organisation_id'), table_name='recipient_group')
    op.drop_table('recipient_group')
    op.drop_table('number_series')
    op.drop_table('chain_definition')
    op.drop_table('account')
    op.drop_table('person')
    op.drop_table('organisation')
    op.drop_table('audit_head')
