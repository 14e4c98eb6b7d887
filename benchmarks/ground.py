"""The ground of every measurement: an own durable PostgreSQL and its databases in .state/bench."""

import os
import secrets
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
STATE = Path(os.environ.get("MOTCUA_BENCH_STATE", ROOT / ".state" / "bench"))
QUICK = os.environ.get("QUICK", "") not in ("", "0")
WORLD = "bench_world"  # the country, its officers and citizens, and the dossiers to copy
# Of a server with two cores and some memory; commits wait for the disk, as in production.
SERVER = {
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "512MB",
    "work_mem": "32MB",
    "checkpoint_timeout": "30min",
    "synchronous_commit": "on",
    "max_connections": "80",
}


def prepare() -> None:
    """Start PostgreSQL and point Django at it; before anything of Django is imported."""
    from motcua.project.postgres import Cluster

    STATE.mkdir(parents=True, exist_ok=True)
    key = STATE / "secret-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(50))
    cluster = Cluster(STATE / "postgres").ensure()
    os.environ |= {
        "MOTCUA_STATE": str(STATE),
        "MOTCUA_SECRET_KEY": key.read_text(),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "MOTCUA_BENCH_URL": cluster.url,
        "DATABASE_URL": cluster.url.format(name=WORLD),
    }
    if admin("SHOW shared_buffers")[0][0] != SERVER["shared_buffers"]:
        for name, value in SERVER.items():
            admin(f"ALTER SYSTEM SET {name} = '{value}'")
        cluster.stop()
        cluster.ensure()
    wake()


def wake() -> None:
    """Set Django up in this process, in the environment that `prepare` made."""
    import django

    django.setup()


def stop() -> None:
    """Stop the server; the databases stay for the next run."""
    from motcua.project.postgres import Cluster

    Cluster(STATE / "postgres").stop()


def url(name: str) -> str:
    """DATABASE_URL of a database of the bench."""
    return os.environ["MOTCUA_BENCH_URL"].format(name=name)


def admin(statement: str, database: str = "postgres") -> list[Any]:
    """One statement outside any transaction."""
    with psycopg.connect(url(database), autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []


def exists(name: str) -> bool:
    return bool(admin(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def drop(name: str) -> None:
    admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def copy(template: str, name: str) -> None:
    """A database with the content of another, at once."""
    close()
    admin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{template}' AND pid <> pg_backend_pid()"
    )
    admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')


def rename(old: str, new: str) -> None:
    close()
    admin(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def use(name: str) -> None:
    """Let this process and those that it starts work in a database."""
    from django.db import connection

    from motcua.catalogue import api as catalogue
    from motcua.directory import api as directory

    close()
    os.environ["DATABASE_URL"] = url(name)
    connection.settings_dict["NAME"] = name
    directory.forget()
    catalogue.forget()


def close() -> None:
    from django.db import connection

    connection.close()


def admin_many(database: str, statements: list[str]) -> None:
    """Several statements on one connection, each on its own."""
    with psycopg.connect(url(database), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
