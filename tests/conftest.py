"""What all tests share: a real PostgreSQL, a real Chromium, and guards that end classes of bugs."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis

# Fewer cases than Hypothesis' own hundred: `--hypothesis-profile=default` has them all.
hypothesis.register_profile("suite", max_examples=50, deadline=None)
hypothesis.load_profile("suite")

# Read by everybody, changed by nobody: kept when a test's tables are emptied.
COUNTRY_TABLES = ("directory_", "catalogue_")
OF_THE_TEST = ("directory_post",)


def pytest_configure() -> None:
    """Start the tests' own PostgreSQL unless DATABASE_URL names another."""
    cluster = getattr(settings, "TEST_CLUSTER", None)
    if cluster is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.motcua_started = not cluster.is_running()  # type: ignore[attr-defined]
        cluster.ensure().create_database("motcua")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _compile_translations()


def _compile_translations() -> None:
    import django
    import polib

    django.setup()
    for po in (Path(__file__).parents[1] / "src" / "motcua").rglob("django.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))


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
        gone = [t for t in tables if t in OF_THE_TEST or not t.startswith(COUNTRY_TABLES)]
        statements = plain(self, style, [*gone, "acts_act"], **options)
        as_replica = "SET session_replication_role = replica"  # triggers stay silent
        return [as_replica, *statements, "SET session_replication_role = DEFAULT"]

    DatabaseOperations.sql_flush = sql_flush


@pytest.fixture(autouse=True, scope="session")
def _signing_beside_a_browser() -> None:
    """A browser keeps an event loop in the tests' thread, where signing could not start its own."""
    plain = asyncio.run

    def run(main: Any, **options: Any) -> Any:
        if asyncio._get_running_loop() is None:
            return plain(main, **options)
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(plain, main, **options).result()

    asyncio.run = run


@pytest.fixture(scope="session")
def the_country(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Vietnam and its services, committed once for all tests of this process."""
    from motcua.catalogue import api as catalogue
    from motcua.directory import api as directory
    from motcua.kernel.packs import pack_root

    with django_db_blocker.unblock():
        directory.load_directory(pack_root())
        catalogue.load_pack(pack_root())


@cache
def _memory_of_the_directory() -> Any:
    """Emptied with all other memories of the directory, whoever says `forget`."""
    from motcua.directory.queries.memory import Memory

    return Memory(1)


@pytest.fixture
def country(the_country: None, db: None) -> Iterator[None]:
    """The country in the database, and no memory of what another test did.

    The book of areas takes longer to read than most tests: it is forgotten only after a test that
    loaded or changed the directory, which had to forget it too.
    """
    from motcua.catalogue import api as catalogue
    from motcua.directory import api as directory

    memory = _memory_of_the_directory()
    memory.put("unchanged", True)
    catalogue.forget()
    yield
    if not memory._held:
        directory.forget()
    catalogue.forget()


@pytest.fixture(scope="session")
def signing_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One demonstration authority for all tests of this process."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _own_keys(signing_keys: Path, settings: Any) -> None:
    settings.MOTCUA_KEYS = signing_keys


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    """Files and text messages of one test are not seen by another."""
    settings.MOTCUA_FILES = tmp_path / "files"
    settings.MOTCUA_SMS_FILE = tmp_path / "sms.log"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium: `MOTCUA_CHROMIUM`, Playwright's own, or the system's. Missing: fails in CI."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = _chromium(playwright.chromium.executable_path)
        if path is None:
            message = "No Chromium: `apt-get install chromium` or `playwright install chromium`."
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        args = ["--disable-quic", "--no-first-run", "--disable-background-networking"]
        args += ["--disable-component-update", "--disable-sync", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=path, args=args)
        yield chromium
        # Beside a running event loop Django keeps other connections than without one.
        connections.close_all()
        chromium.close()


def _chromium(own: str) -> str | None:
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    candidates = [os.environ.get("MOTCUA_CHROMIUM"), own, *map(shutil.which, names)]
    return next((path for path in candidates if path and Path(path).exists()), None)
