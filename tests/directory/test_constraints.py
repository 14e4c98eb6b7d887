"""What the database itself refuses, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.directory.models import Area, Body


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": date(2000, 1, 1)},
        {"level": "county"},
        {"parent_code": ""},
        {"number_prefix": "1"},
        {"code": "00008"},
    ],
)
def test_the_database_refuses_impossible_areas(country, change):
    area = Area.objects.get(code="00004")
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.filter(id=area.id).update(**change)


@pytest.mark.parametrize("change", [{"code": "h 26"}, {"confidence": "official"}])
def test_the_database_refuses_impossible_bodies(country, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(code="H26").update(**change)
