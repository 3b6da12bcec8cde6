"""Many plans as an office of years has them, written in bulk: units, states, authors, due dates."""

import psycopg

# A step of the chain: its place, its state, its seat, its days, and the plans in a hundred that
# wait in it. The appraisers' one unit sees every plan of the office.
STEPS = """
    (1, 'unit_review', 'unit_review', 'unit_head', 'drafting', 2),
    (2, 'appraisal_review', 'appraisal', 'appraiser', 'appraisal', 5),
    (3, 'appraisal_lead', 'appraisal', 'appraisal_lead', 'appraisal', 2),
    (4, 'form_check', 'form_check', 'form_checker', 'office', 2),
    (5, 'signature', 'awaiting_signature', 'signer', 'leadership', 2),
    (6, 'issue', 'signed', 'clerk', 'registry', 1)
"""
# Of every hundred plans, those from one number up to the next: how many steps they have left
# behind, and whether they stand in the one after.
FATES = """
    (0, 10, 'draft', 0, false), (10, 15, 'returned', 1, false), (15, 18, 'withdrawn', 1, false),
    (18, 25, 'unit_review', 0, true), (25, 33, 'appraisal', 1, true),
    (33, 36, 'appraisal', 2, true), (36, 40, 'form_check', 3, true),
    (40, 44, 'awaiting_signature', 4, true), (44, 46, 'signed', 5, true),
    (46, 48, 'numbered', 6, false), (48, 93, 'issued', 6, false),
    (93, 95, 'recalled', 6, false), (95, 100, 'cancelled', 0, false)
"""
# Every unit drafts, and has a head.
PEOPLE = """
    WITH alone AS (
        SELECT * FROM unit WHERE NOT EXISTS (
            SELECT FROM position WHERE unit_id = unit.id AND role = 'drafter')
    ), hired AS (
        INSERT INTO person (name, email)
        SELECT 'Người ' || word || ' ' || abbreviation, role || alone.id || '@demo.invalid'
        FROM alone, (VALUES ('drafter', 'Soạn'), ('unit_head', 'Duyệt')) AS seat (role, word)
        RETURNING id, email
    )
    INSERT INTO position (person_id, unit_id, role, title, capacity, valid_from)
    SELECT hired.id, alone.id, role, 'Chuyên viên', 'none', alone.valid_from
    FROM alone CROSS JOIN (VALUES ('drafter'), ('unit_head')) AS seat (role)
    JOIN hired ON hired.email = role || alone.id || '@demo.invalid'
"""
# Three plans in ten are soan's, so that the drafter's pages are full at either size. What is on
# its way moved within the last month; the rest lies back three years.
CROWD = f"""
    CREATE TEMPORARY TABLE crowd ON COMMIT DROP AS
    WITH writer AS (
        SELECT row_number() OVER (ORDER BY id) - 1 AS slot, person_id, unit_id,
            count(*) OVER () AS n
        FROM position WHERE role = 'drafter'
    ), numbered AS (
        SELECT n, mod(n * 37, 100) AS luck, mod(mod(n, 100) + n / 100, 10) AS turn
        FROM generate_series(%(first)s::int, %(last)s::int) AS n
    )
    SELECT numbered.n, md5('plan ' || numbered.n)::uuid AS id, person_id, unit_id, state, behind,
        stands, now() - CASE WHEN stands OR state = 'numbered' THEN interval '30 days'
            ELSE interval '3 years' END * (mod(numbered.n * 7919, 10007) / 10007.0) AS moved
    FROM numbered
    JOIN (VALUES {FATES}) AS fate (low, high, state, behind, stands)
        ON low <= luck AND luck < high
    JOIN writer ON slot = CASE WHEN turn < 3 THEN 0 WHEN turn = 3 THEN 1 WHEN turn < 6 THEN 2
        ELSE 3 + mod(numbered.n / 10, writer.n - 3) END
"""
TEXT = '{"content":[{"attrs":{"id":"khoi00000001"},"type":"title"}],"type":"doc"}'
PLANS = f"""
    INSERT INTO plan (id, organisation_id, unit_id, author_id, kind, title, state, step_key,
        chain_id, signing_position_id, row_version, version_number, text_version, is_public,
        issued_on, created_at, updated_at)
    SELECT crowd.id, unit.organisation_id, unit_id, person_id, 'KH',
        'Triển khai nhiệm vụ chuyển đổi số trong lĩnh vực của ' || unit.name || ' số ' || n,
        crowd.state, coalesce(step.key, CASE WHEN behind = 6 THEN 'issue' ELSE 'draft' END),
        chain.id, signing.id, 1, (behind > 0 OR stands)::int, 0, true,
        CASE WHEN crowd.state IN ('issued', 'recalled') THEN moved::date END,
        moved - interval '20 days', moved
    FROM crowd
    JOIN unit ON unit.id = unit_id
    CROSS JOIN (SELECT max(id) AS id FROM chain_definition) AS chain
    CROSS JOIN (SELECT max(id) AS id FROM position WHERE role = 'signer') AS signing
    LEFT JOIN (VALUES {STEPS}) AS step (place, key) ON stands AND step.place = behind + 1
"""
TEXTS = f"""
    INSERT INTO text_snapshot (plan_id, version, doc) SELECT id, 0, '{TEXT}' FROM crowd
"""
VERSIONS = f"""
    INSERT INTO plan_version (plan_id, number, text_version, canonical, digest, frozen_at,
        frozen_by_id)
    SELECT id, 1, 0, '{{"doc":{TEXT},"format":"trinh-ky/plan@1"}}', md5('a' || n) || md5('b' || n),
        moved - interval '10 days', person_id
    FROM crowd WHERE behind > 0 OR stands
"""
EDITORS = """
    INSERT INTO plan_editor (plan_id, person_id, since)
    SELECT id, person_id, moved - interval '20 days' FROM crowd
"""
RUNS = f"""
    INSERT INTO step_run (plan_id, step_key, unit_id, role, position_id, version_number,
        entered_at, due_on, left_at)
    SELECT crowd.id, step.key, coalesce(seat.unit_id, crowd.unit_id), role,
        CASE WHEN role = 'signer' THEN plan.signing_position_id END, 1, entered,
        (entered + days * interval '1 day')::date,
        CASE WHEN place <= behind THEN entered + interval '1 day' END
    FROM crowd
    JOIN plan ON plan.id = crowd.id
    JOIN (VALUES {STEPS}) AS step (place, key, state, role, function, days)
        ON place <= behind + stands::int
    LEFT JOIN unit_function seat ON seat.function = step.function
    CROSS JOIN LATERAL (SELECT moved - (behind + 1 - place) * interval '1 day' AS entered) AS at
"""
# Whoever a plan waits for was told of it, and so was its author; one notice in twenty is unread.
TOLD = """
    CREATE TEMPORARY TABLE told ON COMMIT DROP AS
    SELECT md5('told ' || crowd.id || position.person_id)::uuid AS id, crowd.id AS plan_id, n,
        position.person_id, moved AS at
    FROM crowd
    JOIN step_run run ON run.plan_id = crowd.id AND run.left_at IS NULL
    JOIN position ON position.unit_id = run.unit_id AND position.role = run.role
    UNION ALL
    SELECT md5('own ' || id)::uuid, id, n, person_id, moved FROM crowd WHERE behind > 0
"""
OUTBOX = """
    INSERT INTO outbox_message (id, topic, plan_id, payload, created_at, dispatched_at, handled_at)
    SELECT id, 'notify', plan_id, '{}', at, at, at FROM told
"""
NOTICES = """
    INSERT INTO notice (outbox_id, person_id, plan_id, sentence, at, read_at)
    SELECT id, person_id, plan_id, 'Có kế hoạch chờ xử lý', at,
        CASE WHEN mod(n / 10, 20) > 0 THEN at END
    FROM told
"""
WRITES = (PEOPLE, CROWD, PLANS, TEXTS, VERSIONS, EDITORS, RUNS, TOLD, OUTBOX, NOTICES)


def gather(connection: psycopg.Connection, plans: int, *, after: int = 0) -> None:
    """Write *plans* plans where *after* already are; *connection* must be in autocommit mode."""
    values = {"first": after + 1, "last": after + plans}
    with connection.transaction():
        for statement in WRITES:
            connection.execute(statement, values if statement is CROWD else None)
    # What autovacuum would do by and by, and must not do while times are taken.
    connection.execute("VACUUM ANALYZE")
