"""A backup is worth what its restore is worth: both run here, on a real PostgreSQL."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from motcua.acts import api as acts
from motcua.kernel.actors import SYSTEM
from motcua.kernel.ids import new_id
from motcua.project import backup


@pytest.fixture
def folders(tmp_path: Path, settings: object) -> Path:
    settings.MOTCUA_FILES = tmp_path / "files"  # type: ignore[attr-defined]
    settings.MOTCUA_KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a").write_text("paper")
    (tmp_path / "keys").mkdir()
    return tmp_path


@pytest.fixture
def empty_database() -> Iterator[str]:
    """A second, empty database to restore into."""
    name = settings.DATABASES["default"]["NAME"] + "_drill"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_into_an_empty_database(folders: Path, empty_database: str) -> None:
    dossier = new_id()
    acts.record(SYSTEM, "dossier.submitted", object=("dossier", dossier), dossier_id=dossier)
    backup.make_backup(folders / "backup")
    (folders / "files" / "a").unlink()
    own = connections["default"].settings_dict["NAME"]
    connections["default"].settings_dict["NAME"] = empty_database
    try:
        backup.restore_backup(folders / "backup")
        restored = [row.verb for row in acts.timeline_of(dossier)]
    finally:
        connections.close_all()
        connections["default"].settings_dict["NAME"] = own
    assert restored == ["dossier.submitted"]
    assert (folders / "files" / "a").read_text() == "paper"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["database.dump", "files.tar", "keys.tar", "manifest.json"])
def test_a_changed_backup_is_refused_before_anything_is_touched(folders: Path, part: str) -> None:
    backup.make_backup(folders / "backup")
    content = (folders / "backup" / part).read_bytes()
    (folders / "backup" / part).write_bytes(content[: len(content) // 2])
    with pytest.raises(CommandError):
        call_command("restore", folders / "backup", check=True)


@pytest.mark.django_db(transaction=True)
def test_a_backup_does_not_overwrite_another(folders: Path) -> None:
    call_command("backup", folders / "backup")
    made = json.loads((folders / "backup" / "manifest.json").read_text())
    with pytest.raises(CommandError):
        call_command("backup", folders / "backup")
    assert json.loads((folders / "backup" / "manifest.json").read_text()) == made
