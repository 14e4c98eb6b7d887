from django.db import migrations

# Frozen here: what the code reads must be among it (motcua.acts.counting.READINGS).
VERBS = (
    "'registers.read', 'registers.read-denied', 'registers.not-found',"
    " 'registers.too-many-reads', 'registers.people-found'"
)


class Migration(migrations.Migration):
    dependencies = [("acts", "0002_told_later")]
    operations = [
        migrations.RunSQL(
            [
                "CREATE INDEX acts_by_reader ON acts_act (body_id, actor_id, at)"
                f" WHERE verb IN ({VERBS})"
            ],
            ["DROP INDEX acts_by_reader"],
        ),
    ]
