"""Backup and restore: the database with PostgreSQL's own tools, the files and keys beside it.

A backup is a folder: `database.dump` (pg_dump, custom format), `files.tar`, `keys.tar` and
`manifest.json` with the SHA-256 of each. Restoring checks the manifest before it touches anything.
"""

import hashlib
import json
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from motcua.kernel import clock
from motcua.project.postgres import bin_dir


class BackupFault(Exception):
    """The folder is not a complete, unchanged backup."""


def make_backup(folder: Path) -> dict[str, Any]:
    """Write a backup into the new folder `folder`; returns its manifest."""
    folder.mkdir(parents=True, mode=0o700)
    dump = folder / "database.dump"
    content = _run_to_bytes("pg_dump", "--format=custom", "--no-owner", _address())
    dump.write_bytes(content)
    for name, source in _folders().items():
        with tarfile.open(folder / name, "w") as archive:
            if source.exists():
                archive.add(source, arcname=".")
    manifest = {
        "made_at": clock.now().isoformat(),
        "sha256": {name: _digest(folder / name) for name in ["database.dump", *_folders()]},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2))
    return manifest


def check_backup(folder: Path) -> None:
    """Refuse a folder whose parts are missing or changed."""
    try:
        sums = json.loads((folder / "manifest.json").read_text())["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupFault(f"{folder} has no readable manifest.json.") from error
    for name in ["database.dump", *_folders()]:
        if not (folder / name).exists() or _digest(folder / name) != sums.get(name):
            raise BackupFault(f"{name} is missing or was changed after the backup.")


def restore_backup(folder: Path) -> None:
    """Put a checked backup into the (empty) configured database and folders."""
    check_backup(folder)
    connections.close_all()
    dump = folder / "database.dump"
    args = ["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", _address()]
    _run_to_bytes("pg_restore", *args, stdin=dump)
    for name, target in _folders().items():
        target.mkdir(parents=True, exist_ok=True)
        _unpack(folder / name, target)


def _unpack(path: Path, target: Path) -> None:
    """Files and folders only, and only inside `target`, also where Python has no filter for it."""
    with tarfile.open(path) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # since Python 3.11.4
        for member in archive.getmembers():
            inside = (target / member.name).resolve().is_relative_to(target.resolve())
            if not inside or not (member.isfile() or member.isdir()):
                raise BackupFault(f"{path.name} holds something that is no file of ours.")
            archive.extract(member, target)


def _folders() -> dict[str, Path]:
    return {"files.tar": Path(settings.MOTCUA_FILES), "keys.tar": Path(settings.MOTCUA_KEYS)}


def _address() -> str:
    database = connections["default"].settings_dict
    parts = {
        "dbname": database["NAME"], "user": database["USER"], "host": database["HOST"],
        "port": database["PORT"], "password": database["PASSWORD"],
    }  # fmt: skip
    return " ".join(f"{key}='{value}'" for key, value in parts.items() if value)


def _run_to_bytes(program: str, *args: str, stdin: Path | None = None) -> bytes:
    path = bin_dir() / program
    command = [str(path if path.exists() else program), *args]
    with (stdin or Path(os.devnull)).open("rb") as source:
        done = subprocess.run(command, stdin=source, capture_output=True, check=False)
    if done.returncode:
        raise BackupFault(f"{program} failed: {done.stderr.decode(errors='replace')}")
    return done.stdout


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
