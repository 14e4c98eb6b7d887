import django.contrib.postgres.fields
from django.db import migrations, models

import motcua.kernel.ids

# One statement each: prepared statements do not take several.
LEDGER = [
    """
CREATE TABLE acts_act (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    verb text NOT NULL CHECK (verb ~ '^[a-z-]+\\.[a-z-]+$'),
    actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'officer', 'system', 'guest')),
    actor_id uuid,
    actor_label text NOT NULL DEFAULT '',
    post_id uuid,
    body_id uuid,
    object_kind text NOT NULL,
    object_id uuid NOT NULL,
    dossier_id uuid,
    subjects uuid[] NOT NULL DEFAULT '{}',
    basis text NOT NULL DEFAULT '',
    purpose text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}',
    salt bytea NOT NULL CHECK (octet_length(salt) = 16),
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (at, id),
    CHECK (actor_kind <> 'officer' OR (actor_id IS NOT NULL AND body_id IS NOT NULL)),
    CHECK (actor_kind <> 'person' OR actor_id IS NOT NULL)
) PARTITION BY RANGE (at);
""",
    """
CREATE INDEX acts_by_dossier ON acts_act (dossier_id, at) WHERE dossier_id IS NOT NULL;
""",
    """
CREATE INDEX acts_by_subject ON acts_act USING gin (subjects) WHERE subjects <> '{}';
""",
    """
CREATE INDEX acts_in_order ON acts_act (xact, id);
""",
    """
CREATE FUNCTION acts_are_forever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger of acts is append-only';
END $$;
""",
    """
CREATE TRIGGER acts_append_only BEFORE UPDATE OR DELETE ON acts_act
    FOR EACH ROW EXECUTE FUNCTION acts_are_forever();
""",
    """
CREATE TRIGGER acts_no_truncate BEFORE TRUNCATE ON acts_act
    FOR EACH STATEMENT EXECUTE FUNCTION acts_are_forever();
""",
    """
-- A month's partition is made before it is needed; the default one catches what nobody foresaw.
CREATE TABLE acts_act_default PARTITION OF acts_act DEFAULT;
""",
    """
CREATE FUNCTION acts_make_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', month);
    name text := 'acts_act_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF acts_act FOR VALUES FROM (%L) TO (%L)',
            name, first::timestamp AT TIME ZONE 'UTC',
            (first + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    END IF;
END $$;
""",
    """
SELECT acts_make_month(month::date)
    FROM generate_series(date '2025-01-01', date '2027-12-01', interval '1 month') AS month;
""",
]
UNDO = [
    "DROP TABLE acts_act",
    "DROP FUNCTION acts_make_month(date)",
    "DROP FUNCTION acts_are_forever()",
]


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(LEDGER, UNDO),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("pk", models.CompositePrimaryKey("at", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("id", models.UUIDField(default=motcua.kernel.ids.new_id, editable=False)),
                ("at", models.DateTimeField()),
                ("verb", models.TextField()),
                ("actor_kind", models.TextField()),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_label", models.TextField(blank=True)),
                ("post_id", models.UUIDField(null=True)),
                ("body_id", models.UUIDField(null=True)),
                ("object_kind", models.TextField()),
                ("object_id", models.UUIDField()),
                ("dossier_id", models.UUIDField(null=True)),
                ("subjects", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("basis", models.TextField(blank=True)),
                ("purpose", models.TextField(blank=True)),
                ("detail", models.JSONField(default=dict)),
                ("salt", models.BinaryField(max_length=16)),
                ("leaf", models.BinaryField(max_length=32)),
            ],
            options={"db_table": "acts_act", "managed": False},
        ),
        migrations.CreateModel(
            name="ReaderCursor",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("xact", models.BigIntegerField(default=0)),
                ("act_id", models.UUIDField(null=True)),
            ],
        ),
    ]
