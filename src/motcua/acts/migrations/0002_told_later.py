from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("acts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [
                "CREATE INDEX acts_told_later ON acts_act (body_id, at)"
                " WHERE (detail ->> 'told_after') IS NOT NULL"
            ],
            ["DROP INDEX acts_told_later"],
        ),
    ]
