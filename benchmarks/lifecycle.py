"""Whole lives of dossiers: submitted, accepted, taken, proposed, agreed, signed, handed over."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from msgspec import Struct

from benchmarks import cast, ground, report, web
from motcua.dossiers import api as dossiers
from motcua.kernel import jobs

WORKERS = 2
ROUNDS, EACH = (1, 10) if ground.QUICK else (3, 40)
# Who says what, from the form to the signature; then the paper is sealed and handed over.
STEPS = (
    ("clerk", "accept"), ("civil", "take"), ("civil", "propose"), ("citizen", "agree"),
    ("chair", "sign"),
)  # fmt: skip


class Part(Struct, kw_only=True):
    """What one process did: lives, and the seconds and CPU seconds of each part."""

    lives: int
    work_s: float
    work_cpu_s: float
    papers_s: float
    papers_cpu_s: float


def measure(name: str) -> None:
    """Print lives per second and what one costs, in the database `name`."""
    report.heading(f"Whole lifecycles of a birth registration, database {name}")
    ground.use(name)
    offices = cast.offices(4)
    report.line("statements per lifecycle", [_statements(offices[0])], "", aim="aim 60", digits=0)
    _in_process(name, offices)
    _over_http(offices)


def _statements(office: cast.Office) -> int:
    """All statements of the operations from submission to hand-over, transactions not counted."""
    said = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal said
        said += "SAVEPOINT" not in args[0]
        return execute(*args)

    for form in cast.forms(office, 2):  # the second is warm
        said = 0
        with connection.execute_wrapper(count):
            _submit_and_decide(office, form)
        _seal([form])
        with connection.execute_wrapper(count):
            _hand_over(office, form)
    return said


def _submit_and_decide(office: cast.Office, form: UUID) -> None:
    dossiers.submit(office.citizen, form, str(form))
    for who, verb in STEPS:
        actor = office.citizen if who == "citizen" else office.officers[who]
        dossiers.act_on(actor, form, verb)


def _seal(forms: list[UUID]) -> None:
    """The worker's part: both papers rendered, signed and sealed, and the engine told."""
    for paper in _papers(forms):
        jobs.run_due(only=("documents.seal",), key=str(paper))
        jobs.run_due(only=("dossiers.sealed",), key=str(paper))


def _papers(forms: list[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT paper_id FROM dossiers_dossierpaper WHERE dossier_id = ANY(%s) ORDER BY at",
            [forms],
        )
        return [row[0] for row in cursor.fetchall()]


def _hand_over(office: cast.Office, form: UUID) -> None:
    dossiers.act_on(office.officers["clerk"], form, "hand-over", to="Bích")


def _in_process(name: str, offices: list[cast.Office]) -> None:
    rates: dict[str, list[float]] = {"work": [], "all": [], "cpu": [], "papers": [], "postgres": []}
    for _ in range(ROUNDS):
        forms = [cast.forms(office, EACH) for office in offices[:WORKERS]]
        postgres = web.cpu_s(web.postgres_pid())
        parts = _together(name, list(zip(offices, forms, strict=False)))
        lives = sum(part.lives for part in parts)
        work, papers = _slowest(parts, "work_s"), _slowest(parts, "papers_s")
        rates["work"].append(lives / work)
        rates["all"].append(lives / (work + papers))
        rates["cpu"].append(sum(part.work_cpu_s for part in parts) / lives * 1000)
        rates["papers"].append(sum(part.papers_cpu_s for part in parts) / lives * 1000)
        rates["postgres"].append((web.cpu_s(web.postgres_pid()) - postgres) / lives * 1000)
    report.line("lives, two processes, without making PDFs", rates["work"], "/s", aim="aim 20; 15")
    report.line("  Python CPU of one life", rates["cpu"], "ms", aim="aim 100 with PostgreSQL")
    report.line("  PostgreSQL CPU of one life, papers included", rates["postgres"], "ms")
    report.line("  CPU of its two sealed PDFs (the worker's)", rates["papers"], "ms")
    report.line("lives with their papers sealed in between", rates["all"], "/s")


def _slowest(parts: list[Part], what: str) -> float:
    return max(float(getattr(part, what)) for part in parts)


def _together(name: str, work: list[tuple[cast.Office, list[UUID]]]) -> list[Part]:
    ground.close()
    context = multiprocessing.get_context("fork")
    with context.Pool(len(work)) as pool:
        parts = [pool.apply_async(_live, (name, office, forms)) for office, forms in work]
        return [part.get(600) for part in parts]


def _live(name: str, office: cast.Office, forms: list[UUID]) -> Part:
    ground.use(name)
    _submit_and_decide(office, forms[0])  # warm
    rest = forms[1:]
    decided = _timed(lambda: [_submit_and_decide(office, form) for form in rest])
    papers = _timed(lambda: _seal(forms))
    handed = _timed(lambda: [_hand_over(office, form) for form in rest])
    return Part(
        lives=len(rest),
        work_s=decided[0] + handed[0],
        work_cpu_s=decided[1] + handed[1],
        papers_s=papers[0],
        papers_cpu_s=papers[1],
    )


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _over_http(offices: list[cast.Office]) -> None:
    """The same through the screens' addresses: one POST for each step."""
    rates: list[float] = []
    costs: dict[str, list[float]] = {"python": [], "postgres": []}
    cookies = [_cookies(office) for office in offices]
    with web.server() as server:
        for number in range(ROUNDS + 1):
            forms = [cast.forms(office, EACH) for office in offices]
            before = (web.cpu_s(server.pid), web.cpu_s(web.postgres_pid()))
            seconds = _steps(server, cookies, forms)
            after = (web.cpu_s(server.pid), web.cpu_s(web.postgres_pid()))
            _seal([form for each in forms for form in each])
            between = (web.cpu_s(server.pid), web.cpu_s(web.postgres_pid()))
            seconds += _post(
                server, cookies, forms, "clerk", "hand-over", "to=B&receiver=applicant"
            )
            end = (web.cpu_s(server.pid), web.cpu_s(web.postgres_pid()))
            lives = sum(map(len, forms))
            if number:  # the first round warms the server
                rates.append(lives / seconds)
                for place, what in enumerate(costs):
                    used = after[place] - before[place] + end[place] - between[place]
                    costs[what].append(used / lives * 1000)
    report.line("lives over HTTP (seven POSTs each), without PDFs", rates, "/s", aim="aim 20; 15")
    report.line("  Python CPU of one life", costs["python"], "ms")
    report.line("  PostgreSQL CPU of one life", costs["postgres"], "ms")


def _cookies(office: cast.Office) -> dict[str, str]:
    people = {**office.officers, "citizen": office.citizen}
    return {who: cast.signed_in(actor) for who, actor in people.items()}


def _steps(server: web.Server, cookies: list[dict[str, str]], forms: list[list[UUID]]) -> float:
    seconds = _post(server, cookies, forms, "citizen", "submit", "declared=yes")
    for who, verb in STEPS:
        seconds += _post(server, cookies, forms, who, verb, "answer=agree&grant=yes")
    return seconds


def _post(
    server: web.Server,
    cookies: list[dict[str, str]],
    forms: list[list[UUID]],
    who: str,
    verb: str,
    form: str,
) -> float:
    requests = [
        web.post(_path(one, verb), cookie[who], f"{form}&key=k-{one}", port=server.port)
        for cookie, each in zip(cookies, forms, strict=True)
        for one in each
    ]
    return web.load(server.port, requests).seconds


def _path(form: UUID, verb: str) -> str:
    known = {"submit": f"/my/applications/{form}/check", "agree": f"/my/dossiers/{form}/draft"}
    return known.get(verb, f"/desk/d/{form}/do/{verb}")
