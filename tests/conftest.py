"""What all tests share: a real PostgreSQL, a real Chromium, and guards that end classes of bugs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings


def pytest_configure() -> None:
    """Start the tests' own PostgreSQL unless DATABASE_URL names another."""
    cluster = getattr(settings, "TEST_CLUSTER", None)
    if cluster is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.motcua_started = not cluster.is_running()  # type: ignore[attr-defined]
        cluster.ensure().create_database("motcua")


def pytest_unconfigure() -> None:
    cluster = getattr(settings, "TEST_CLUSTER", None)
    if cluster is not None and getattr(pytest, "motcua_started", False):
        cluster.stop()


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_append_only_tables() -> None:
    """Between transactional tests Django empties all tables; the ledger refuses, rightly."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        statements = plain(self, style, [*tables, "acts_act"], **options)
        as_replica = "SET session_replication_role = replica"  # triggers stay silent
        return [as_replica, *statements, "SET session_replication_role = DEFAULT"]

    DatabaseOperations.sql_flush = sql_flush


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    """Files and text messages of one test are not seen by another."""
    settings.MOTCUA_FILES = tmp_path / "files"
    settings.MOTCUA_SMS_FILE = tmp_path / "sms.log"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium: `MOTCUA_CHROMIUM`, Playwright's own, or the system's. Missing: fails in CI."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = _chromium(playwright.chromium.executable_path)
        if path is None:
            message = "No Chromium: `apt-get install chromium` or `playwright install chromium`."
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        args = ["--disable-quic", "--no-first-run", "--disable-background-networking"]
        args += ["--disable-component-update", "--disable-sync"]
        chromium = playwright.chromium.launch(executable_path=path, args=args)
        yield chromium
        chromium.close()


def _chromium(own: str) -> str | None:
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    candidates = [os.environ.get("MOTCUA_CHROMIUM"), own, *map(shutil.which, names)]
    return next((path for path in candidates if path and Path(path).exists()), None)
