"""The audit holds on what the engine wrote and on what the bench multiplied, and finds faults."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from benchmarks import fill
from benchmarks.world import commune
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM
from motcua.project.audit import invariants, samples
from motcua.registers import api as registers
from tests.dossiers.world import WARD, World, at, make_world

DOSSIERS = 500
FIRST = "(SELECT id FROM dossiers_dossier WHERE code <> '' ORDER BY id DESC LIMIT 1)"
PLANTED = {
    "an open dossier has an open task": "UPDATE dossiers_task SET closed_at = now(), verb = 'x'"
    " WHERE dossier_id IN (SELECT id FROM dossiers_dossier WHERE at <> 'end')",
    "a task belongs to a dossier": f"DELETE FROM dossiers_dossier WHERE id = {FIRST}",
    "a code leads to its dossier": "DELETE FROM dossiers_dossiercode",
    "the day's counter of a desk is its highest code": "UPDATE dossiers_daycounter SET last = 0",
    "a dossier has one act of its submission": "DELETE FROM acts_act"
    " WHERE verb = 'dossier.submitted'",
    "status and state agree": "UPDATE dossiers_dossier SET status = 4 WHERE at = 'end'",
    "a version is the number of decisions: each has an act": "UPDATE dossiers_dossier"
    " SET version = 99",
    "where a task's clock runs, the dossier will be woken": "UPDATE dossiers_dossier"
    " SET wake_at = NULL",
    "the due date is the clock's": f"UPDATE dossiers_dossier SET due_at = now() WHERE id = {FIRST}",
    "a number is in the issue book of its body, once": "DELETE FROM documents_issueentry",
    "a journal sums to zero and has all its postings": "INSERT INTO payments_journal"
    " (id, kind, key, at, lines, detail) VALUES (gen_random_uuid(), 'x', 'x', now(), 2, '{}')",
    "a card says what the population register holds": "UPDATE registers_person SET full_name = 'X'",
    "who has a card has an identity and a number": "DELETE FROM registers_personalnumber",
    "the dictionary of names knows every card": "DELETE FROM registers_nameform",
}


@pytest.fixture
def filled(transactional_db: None, the_country: None) -> World:
    """A ward whose few dossiers were multiplied."""
    from motcua.catalogue import api as catalogue
    from motcua.directory import api as directory

    directory.forget()
    catalogue.forget()
    born = {"born_on": date(1990, 3, 5), "sex": "female", "birth_area": WARD}
    registers.create_people(SYSTEM, [registers.PersonDraft(full_name="Lê Thị Hòa", **born)])
    world = make_world()
    done = world.signed()
    with clock.at(at("2026-03-03 11:05")):
        jobs.run_due(only=("documents.seal", "dossiers.sealed"))
    world.says(world.clerk, done, "hand-over", "2026-03-03 14:00", to="Bích")
    world.proposed()
    fill.fill(DOSSIERS, lambda _text: None, places=[commune(WARD)], patterns=20, workers=1)
    return world


def test_the_audit_holds_on_multiplied_dossiers_and_finds_what_is_planted(filled: World) -> None:
    assert not [one for one in (*invariants.findings(), *samples.findings(200)) if one.broken]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT code) FROM dossiers_dossier")
        total, codes = cursor.fetchone()
    assert total == codes == DOSSIERS + 2
    for says, statement in PLANTED.items():
        assert says in broken_after(statement), says
    with transaction.atomic(), pytest.raises(CommandError, match="2 invariants"):
        plant("UPDATE dossiers_dossier SET state = state || '{\"answers\": 1}'")
        plant("UPDATE acts_act SET detail = '{\"forged\": true}'")
        call_command("audit", sample=50, stdout=StringIO())


def broken_after(statement: str) -> set[str]:
    """What the audit says is broken, had somebody done this behind the engine's back."""
    with transaction.atomic():
        plant(statement)
        found = {one.says for one in invariants.findings() if one.broken}
        transaction.set_rollback(True)
    return found


def plant(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
