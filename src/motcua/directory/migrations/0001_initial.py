

import django.db.models.deletion
import motcua.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(unique=True)),
                ('definition', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('fingerprint', models.TextField()),
                ('counts', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(unique=True)),
                ('title', models.JSONField()),
                ('permissions', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('level', models.TextField()),
                ('kind', models.TextField()),
                ('name', models.TextField()),
                ('parent_code', models.TextField(blank=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('search_key', models.TextField()),
                ('sort_key', models.TextField()),
                ('number_prefix', models.TextField(blank=True)),
                ('number_confidence', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'level', 'valid_from'), name='area_key'), models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('code', 'level'), name='area_code_open_once'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='area_dates'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'province'), ('parent_code', '')), models.Q(('level', 'commune'), models.Q(('parent_code', ''), _negated=True)), _connector='OR'), name='area_level_and_parent'), models.CheckConstraint(condition=models.Q(('number_prefix', ''), ('number_prefix__regex', '^[0-9]{3}$'), _connector='OR'), name='area_number_prefix')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('kind', models.TextField()),
                ('name', models.JSONField()),
                ('area_code', models.TextField(blank=True)),
                ('calendar', models.TextField()),
                ('confidence', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body')),
            ],
        ),
        migrations.CreateModel(
            name='BodySuccession',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='directory.body')),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('area_code', models.TextField()),
                ('body_code', models.TextField()),
                ('law', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'area_code', 'valid_from'), name='delegation_key'), models.CheckConstraint(condition=models.Q(('law', ''), _negated=True), name='delegation_has_a_ground'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='delegation_dates')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('title', models.JSONField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='directory.body')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.TextField()),
                ('title', models.JSONField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='AreaSuccession',
            fields=[
                ('id', models.UUIDField(default=motcua.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='directory.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('old', 'new'), name='area_succession_key'), models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='area_succession_moves')],
            },
        ),
        migrations.AddIndex(
            model_name='body',
            index=models.Index(fields=['kind', 'area_code'], name='body_by_kind_and_area'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='body_key'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('code',), name='body_code_open_once'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='body_dates'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9A-Z.]{1,35}$')), name='body_code_alphabet'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['verified', 'seen-in-code', 'recalled', 'candidate'])), name='body_confidence'),
        ),
        migrations.AddConstraint(
            model_name='bodysuccession',
            constraint=models.UniqueConstraint(fields=('old', 'new'), name='body_succession_key'),
        ),
        migrations.AddConstraint(
            model_name='bodysuccession',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='body_succession_moves'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('body', 'kind', 'valid_from'), name='unit_key'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('body', 'kind'), name='unit_kind_open_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='unit_dates'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['body', 'role'], name='post_by_body_and_role'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='post_dates'),
        ),
    ]
