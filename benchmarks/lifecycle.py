"""Whole lives of dossiers: submitted, accepted, taken, proposed, agreed, signed, handed over."""

import multiprocessing
import os
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


class Spent(Struct, frozen=True, kw_only=True):
    """What a phase took, with all processes at once."""

    seconds: float
    python_s: float
    postgres_s: float


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
    ground.close()
    # Not forked: the threads of the PDF engine would not come along.
    context = multiprocessing.get_context("spawn")
    with context.Pool(WORKERS, initializer=ground.wake) as pool:
        for number in range(ROUNDS + 1):
            ground.use(name)
            work = [(office, cast.forms(office, EACH)) for office in offices[:WORKERS]]
            ground.close()
            lives = WORKERS * EACH
            decided = _phase(pool, name, "decide", work)
            papers = _phase(pool, name, "seal", work)
            handed = _phase(pool, name, "hand over", work)
            if not number:
                continue  # warm
            seconds = decided.seconds + handed.seconds
            rates["work"].append(lives / seconds)
            rates["all"].append(lives / (seconds + papers.seconds))
            rates["cpu"].append((decided.python_s + handed.python_s) / lives * 1000)
            rates["postgres"].append((decided.postgres_s + handed.postgres_s) / lives * 1000)
            rates["papers"].append(papers.python_s / lives * 1000)
    ground.use(name)
    report.line("lives, two processes, without making PDFs", rates["work"], "/s", aim="aim 20; 15")
    report.line("  Python CPU of one life", rates["cpu"], "ms", aim="together: aim 100")
    report.line("  PostgreSQL CPU of one life", rates["postgres"], "ms")
    report.line("  Python CPU of its two sealed PDFs (the worker's)", rates["papers"], "ms")
    report.line("lives with their papers sealed in between", rates["all"], "/s")


def _phase(pool: Any, name: str, what: str, work: list[tuple[cast.Office, list[UUID]]]) -> Spent:
    """Let each process do its part at the same time."""
    postgres = web.cpu_s(web.postgres_pid())
    waiting = [pool.apply_async(_do, (name, what, office, forms)) for office, forms in work]
    parts = [one.get(900) for one in waiting]
    return Spent(
        seconds=max(part[0] for part in parts),
        python_s=sum(part[1] for part in parts),
        postgres_s=web.cpu_s(web.postgres_pid()) - postgres,
    )


def _do(name: str, what: str, office: cast.Office, forms: list[UUID]) -> tuple[float, float]:
    if os.environ["DATABASE_URL"] != ground.url(name):
        ground.use(name)
    match what:
        case "decide":
            return _timed(lambda: [_submit_and_decide(office, form) for form in forms])
        case "seal":
            return _timed(lambda: _seal(forms))
    return _timed(lambda: [_hand_over(office, form) for form in forms])


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


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
