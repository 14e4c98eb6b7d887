"""Retention and new keys: what they need to find, and what the trigger lets them do."""

from django.db import migrations, models

# Beside the end of a belief: retention may delete, and new keys may be put under sealed fields.
# Each says so to its own transaction first.
KEPT = """
CREATE OR REPLACE FUNCTION registers_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('motcua.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND upper_inf(OLD.recorded) AND NOT upper_inf(NEW.recorded)
        AND lower(NEW.recorded) = lower(OLD.recorded)
        AND to_jsonb(NEW) - 'recorded' = to_jsonb(OLD) - 'recorded' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('motcua.resealing', true) = 'on'
        AND to_jsonb(NEW) - 'values' = to_jsonb(OLD) - 'values' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'versions of facts are kept as they were recorded';
END $$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION registers_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('motcua.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND upper_inf(OLD.recorded) AND NOT upper_inf(NEW.recorded)
        AND lower(NEW.recorded) = lower(OLD.recorded)
        AND to_jsonb(NEW) - 'recorded' = to_jsonb(OLD) - 'recorded' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'versions of facts are kept as they were recorded';
END $$
"""
# Only what has ended is in them: small beside the table, and no cost to what is loaded.
INDEXES = [
    """
CREATE INDEX version_over ON registers_factversion (register, fact, upper(valid))
    WHERE NOT upper_inf(valid)
""",
    """
CREATE INDEX version_replaced ON registers_factversion (register, fact, upper(recorded))
    WHERE NOT upper_inf(recorded)
""",
]


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_access_findings")]

    operations = [
        migrations.AddField("dispute", "due_at", models.DateTimeField(null=True)),
        migrations.RunSQL([KEPT], [BEFORE]),
        migrations.RunSQL(INDEXES, ["DROP INDEX version_over", "DROP INDEX version_replaced"]),
    ]
