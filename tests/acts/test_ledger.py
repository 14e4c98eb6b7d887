"""The ledger keeps what it is given, in an order in which nothing is skipped."""

import threading
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.acts import api as acts
from motcua.acts.models import Act
from motcua.acts.operations import leaf_of
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id

OFFICER = Actor(kind="officer", account_id=uuid4(), body_id=uuid4(), label="Trần Thị Bích")


@pytest.mark.django_db
def test_an_act_is_read_back_as_it_was_recorded() -> None:
    dossier, person = new_id(), new_id()
    acts.record(
        OFFICER, "dossier.accepted", object=("dossier", dossier), dossier_id=dossier,
        subjects=(person,), basis="Decree 118/2025", detail={"code": "H26.1-260102-0001"},
    )  # fmt: skip
    [row] = acts.timeline_of(dossier)
    assert (row.verb, row.actor_label, row.body_id) == (
        "dossier.accepted", "Trần Thị Bích", OFFICER.body_id,
    )  # fmt: skip
    assert acts.accesses_of(person)[0].id == row.id


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE acts_act SET verb = 'x.y'", "DELETE FROM acts_act"])
def test_history_cannot_be_rewritten(statement: str) -> None:
    acts.record(SYSTEM, "dossier.submitted", object=("dossier", new_id()))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_the_leaf_proves_the_content_and_hides_it() -> None:
    dossier = new_id()
    acts.record(SYSTEM, "dossier.submitted", object=("dossier", dossier), detail={"a": 1})
    act = Act.objects.get(object_id=dossier)
    assert leaf_of(act) == bytes(act.leaf)
    act.detail = {"a": 2}
    assert leaf_of(act) != bytes(act.leaf)


@pytest.mark.django_db
def test_an_act_of_any_month_finds_a_partition() -> None:
    dossier = new_id()
    for year in (2020, 2026, 2031):
        with clock.at(datetime(year, 5, 5, tzinfo=UTC)):
            acts.record(SYSTEM, "dossier.submitted", object=("dossier", dossier))
    assert Act.objects.filter(object_id=dossier).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_reader_does_not_skip_an_act_that_is_committed_late() -> None:
    started, finish = threading.Event(), threading.Event()
    follow_until_quiet()

    def slow_writer() -> None:
        with transaction.atomic():
            acts.record(SYSTEM, "dossier.slow", object=("dossier", new_id()))
            started.set()
            finish.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    started.wait(10)
    acts.record(SYSTEM, "dossier.quick", object=("dossier", new_id()))
    first = follow()
    finish.set()
    thread.join()
    assert first == []  # the quick act waits for the older transaction, so that order is kept
    assert follow_until_quiet() == ["dossier.slow", "dossier.quick"]


def follow_until_quiet() -> list[str]:
    """Follow until nothing is withheld; other databases of this server may delay, never lose."""
    seen: list[str] = []
    for _ in range(100):
        seen += follow()
        if not withheld():
            break
        time.sleep(0.1)
    return seen + follow()


def withheld() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) > 0 FROM acts_act"
            " WHERE xact >= pg_snapshot_xmin(pg_current_snapshot())"
        )
        return bool(cursor.fetchone()[0])


def follow() -> list[str]:
    with transaction.atomic():
        reader = acts.Reader("test")
        verbs = [row.verb for row in reader.read()]
        reader.advance()
    return verbs
