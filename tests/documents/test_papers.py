"""Papers: issued with their number at once, sealed once by a job, whatever breaks in between."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from motcua.acts.models import Act
from motcua.documents import api
from motcua.documents.models import IssueBook, Paper, StoredFile
from motcua.documents.operations.files import sweep_orphans
from motcua.documents.operations.papers import seal_paper
from motcua.kernel import clock, jobs
from motcua.kernel.ids import new_id
from motcua.kernel.models import Job
from motcua.kernel.refusals import Refusal
from tests.documents.samples import BODY, CLERK, WORDS, text_of

told: list[dict[str, Any]] = []


@jobs.job("test.paper-sealed")
def tell(payload: dict[str, Any]) -> None:
    told.append(payload)


def issue(**changes: Any) -> UUID:
    about = {"template": "blank", "data": WORDS, "body_id": BODY, "object": ("dossier", new_id())}
    return api.issue_paper(CLERK, **{**about, **changes})


def sealed(**changes: Any) -> api.PaperCard:
    paper_id = issue(**changes)
    jobs.run_due()
    return api.paper(paper_id)


@pytest.mark.django_db
def test_a_paper_is_pending_until_the_job_has_sealed_it() -> None:
    card = api.paper(issue())
    assert (card.state, card.file_id, card.number) == ("pending", None, "")
    with pytest.raises(Refusal, match="paper-not-ready"):
        api.open_paper(CLERK, card.id, purpose="result")
    assert jobs.run_due() == 1
    card = api.paper(card.id)
    assert card.state == "sealed"
    opened = api.open_paper(CLERK, card.id, purpose="result")
    assert opened.card.sha256 == card.sha256
    assert card.code in text_of(opened.content)
    assert "không có giá trị pháp lý" in text_of(opened.content)


@pytest.mark.django_db
def test_the_acts_tell_of_issuing_sealing_and_opening() -> None:
    dossier = new_id()
    card = sealed(dossier_id=dossier)
    api.open_paper(CLERK, card.id, purpose="result")
    rows = Act.objects.filter(dossier_id=dossier).order_by("id")
    assert [(row.verb, row.actor_kind) for row in rows] == [
        ("paper.issued", "officer"),
        ("paper.sealed", "system"),
        ("file.opened", "officer"),
    ]


@pytest.mark.django_db
def test_the_callers_job_follows_the_seal_once() -> None:
    told.clear()
    paper_id = issue(then="test.paper-sealed")
    jobs.run_due()
    assert told == [{"paper_id": str(paper_id)}]
    assert seal_paper(paper_id) is False
    jobs.run_due()
    assert len(told) == 1


@pytest.mark.django_db
def test_numbers_run_per_body_series_and_year() -> None:
    def number(at: datetime, **changes: Any) -> str:
        with clock.at(at):
            return api.paper(issue(**{"series": "GKS", **changes})).number

    old, new = datetime(2025, 12, 31, 16, tzinfo=UTC), datetime(2025, 12, 31, 18, tzinfo=UTC)
    assert [number(old), number(old)] == ["01/2025/GKS", "02/2025/GKS"]
    assert number(new) == "01/2026/GKS"  # after midnight in Vietnam
    assert number(old, series="TLKT") == "01/2025/TLKT"
    assert number(old, body_id=new_id()) == "01/2025/GKS"


@pytest.mark.django_db
def test_a_transaction_that_fails_leaves_no_gap_no_paper_and_no_job() -> None:
    with transaction.atomic():
        issue(series="GKS")
        transaction.set_rollback(True)
    assert not Paper.objects.exists()
    assert not Job.objects.filter(name="documents.seal").exists()
    assert api.paper(issue(series="GKS")).number.startswith("01/")


@pytest.mark.django_db(transaction=True)
def test_many_officers_at_once_get_all_numbers_and_none_twice() -> None:
    papers: list[UUID] = []

    def work() -> None:
        try:
            papers.extend(issue(series="GKS") for _ in range(5))
        finally:
            connection.close()

    _at_once(work, 6)
    ordinals = sorted(int(api.paper(one).number.split("/")[0]) for one in papers)
    assert ordinals == list(range(1, 31))
    assert IssueBook.objects.get().last == 30


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_paper_make_one_file() -> None:
    paper_id = issue()
    results: list[bool] = []

    def work() -> None:
        try:
            results.append(seal_paper(paper_id))
        finally:
            connection.close()

    _at_once(work, 4)
    assert sorted(results) == [False, False, False, True]
    assert StoredFile.objects.count() == 1
    assert Act.objects.filter(verb="paper.sealed", object_id=paper_id).count() == 1


KILLED = """
import os, signal, sys
import django
from django.conf import settings
name, files, keys, paper = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
settings.MOTCUA_FILES, settings.MOTCUA_KEYS = files, keys
django.setup()
from motcua.documents.operations import papers
from motcua.documents.storage import FolderStore
class Dying(FolderStore):
    def put(self, content):
        super().put(content)
        os.kill(os.getpid(), signal.SIGKILL)
import motcua.documents.operations.files as files_
files_.store = lambda: Dying(__import__("pathlib").Path(files))
papers.seal_paper(paper)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_signing_and_sealing_leaves_one_result(settings: Any) -> None:
    paper_id = issue(then="test.paper-sealed")
    names = [connection.settings_dict["NAME"], settings.MOTCUA_FILES, settings.MOTCUA_KEYS]
    command = [sys.executable, "-c", KILLED, *map(str, names), str(paper_id)]
    died = subprocess.run(command, env=os.environ, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL
    assert api.paper(paper_id).state == "pending"

    jobs.run_due()
    card = api.paper(paper_id)
    assert card.state == "sealed"
    assert StoredFile.objects.count() == 1
    assert len(_bytes_in(settings.MOTCUA_FILES)) == 2
    assert sweep_orphans(unused_for_s=0) == 1
    assert _bytes_in(settings.MOTCUA_FILES) == [card.sha256]


@pytest.mark.django_db
def test_a_broken_template_marks_the_paper_and_mending_it_heals(
    settings: Any, tmp_path: Any
) -> None:
    import shutil

    shutil.copytree(settings.MOTCUA_PACK / "papers", tmp_path / "papers")
    settings.MOTCUA_PACK = tmp_path
    file = tmp_path / "papers" / "blank.typ"
    good = file.read_text()
    paper_id = issue()
    file.write_text("#panic()")
    jobs.run_due()
    assert api.paper(paper_id).state == "failed"
    file.write_text(good)
    Job.objects.update(run_at=datetime(2026, 1, 1, tzinfo=UTC))
    jobs.run_due()
    assert api.paper(paper_id).state == "sealed"


@pytest.mark.django_db
def test_a_later_paper_supersedes_the_earlier_one_when_it_is_sealed() -> None:
    old = sealed()
    new_paper = issue(replaces=old.id)
    assert api.paper(old.id).state == "sealed"
    jobs.run_due()
    assert api.paper(old.id).state == "superseded"
    assert api.paper(new_paper).state == "sealed"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["01", "02", "03", "04", "05", "06"])
def test_a_slip_is_a_paper_of_its_dossier(form: str) -> None:
    dossier = new_id()
    paper_id = api.slip(CLERK, form, WORDS, body_id=BODY, dossier_id=dossier, sign=False)
    jobs.run_due()
    found = api.papers_of_dossier(dossier)
    assert [(one.id, one.template, one.state) for one in found] == [
        (paper_id, f"slip-{form}", "sealed")
    ]
    assert api.papers_of(("dossier", dossier)) == found
    text = text_of(api.open_paper(CLERK, paper_id, purpose="print").content)
    assert "Đã ký số" not in text


@pytest.mark.django_db
def test_a_seventh_slip_and_an_unknown_paper_do_not_exist() -> None:
    with pytest.raises(ValueError, match="no such slip"):
        api.slip(CLERK, "07", WORDS, body_id=BODY, dossier_id=new_id())
    for ask in (api.paper, lambda one: api.open_paper(CLERK, one, purpose="x")):
        with pytest.raises(Refusal, match="paper-not-found"):
            ask(new_id())


@pytest.mark.django_db
def test_a_paper_is_found_by_its_code_however_it_is_typed() -> None:
    card = api.paper(issue())
    assert api.paper_by_code(f" {card.code.lower().replace('-', '')} ") == card
    assert api.paper_by_code("nonsense") is None


def _at_once(work: Any, count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _bytes_in(folder: Any) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())
