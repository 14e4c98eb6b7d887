"""One look at a record through HTTP, with its act, against pgbench doing the same statements.

The key is checked, the record is read with its person and disputes, the act is written and has
reached the disk before the answer leaves. Numbers are drawn at random from the whole population.
"""

import io
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks import ground, peer, report, web

ROUNDS, SECONDS = (2, 2.0) if ground.QUICK else (5, 5.0)
SAMPLE = 5000
PATH = "/api/v1/registers/population/read"
PURPOSE = "duty/counter-filing"
_UUID = re.compile("'([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'")


def measure(names: list[str]) -> None:
    """Print rates, ratio and latencies in each of these databases (of growing size)."""
    for name in names:
        ground.use(name)
        people = _count()
        report.heading(f"A look at one record through HTTP, {people:,} persons ({name})")
        _measure(name, people)


def _measure(name: str, people: int) -> None:
    key, numbers = _software(), _numbers()
    file, statements = _script(key, numbers)
    report.note(f"{statements} statements in one request; {web.CONNECTIONS} connections each")
    rates: dict[str, list[float]] = {"http": [], "pgbench": [], "ratio": []}
    costs: dict[str, list[float]] = {"p50": [], "p95": [], "python": [], "postgres": []}
    with web.server() as server:
        web.load(server.port, _requests(key, numbers), seconds=1.5)
        for _ in range(ROUNDS):
            rates["pgbench"].append(peer.run(name, file, SECONDS, forms=False))
            python, postgres = web.cpu_s(server.pid), web.cpu_s(web.postgres_pid())
            load = web.load(server.port, _requests(key, numbers), seconds=SECONDS)
            done = len(load.latencies)
            costs["python"].append((web.cpu_s(server.pid) - python) / done * 1e6)
            costs["postgres"].append((web.cpu_s(web.postgres_pid()) - postgres) / done * 1e6)
            rates["http"].append(load.rate)
            rates["ratio"].append(load.rate / rates["pgbench"][-1])
            costs["p50"].append(load.quantile(0.5))
            costs["p95"].append(load.quantile(0.95))
    size = f"{people:,} persons"
    report.line(f"looks over HTTP, {size}", rates["http"], "req/s", digits=0)
    report.line("pgbench, the same statements", rates["pgbench"], "tx/s", digits=0)
    report.line(f"ratio, {size}", rates["ratio"], "", aim="aim 0.25")
    report.line("latency, median", costs["p50"], "ms", digits=1)
    report.line(f"latency, 95 of 100, {size}", costs["p95"], "ms", aim="aim 30", digits=1)
    report.line("CPU of Python", costs["python"], "us/request", digits=0)
    report.line("CPU of PostgreSQL", costs["postgres"], "us/request", digits=0)


def _count() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registers_person")
        return int(cursor.fetchone()[0])


def _numbers() -> list[str]:
    """Some of the population, from all over the table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT personal_number FROM registers_person ORDER BY md5(personal_number) LIMIT %s",
            [SAMPLE],
        )
        return [row[0] for row in cursor.fetchall()]


def _software() -> str:
    """The key of software that a ward has connected to a clerk's post."""
    from motcua.directory import api as directory
    from motcua.identity import api as identity
    from motcua.kernel.actors import SYSTEM, Actor

    ward = directory.bodies_of_kind("commune-committee")[0]

    def seat(unit: str, role: str) -> tuple[Actor, Any]:
        since = date(2025, 7, 1)
        post = directory.create_post(SYSTEM, body_id=ward.id, unit=unit, role=role, since=since)
        name = f"bench-{role}-{post.id.hex}"
        card = identity.create_officer(
            SYSTEM, posts=[post.id], since=since, full_name="Bench", username=name
        )
        return identity.actor_of(card, post.id), post.id

    chair, _ = seat("leadership", "chair")
    _, post_id = seat("one-stop-desk", "desk-clerk")
    made = identity.create_application(chair, name="Bench", post_id=post_id)
    return identity.issue_key(chair, made.id, scopes=["registers:read"]).secret


def _body(number: str) -> bytes:
    return json.dumps({"key": number, "purpose": PURPOSE}).encode()


def _requests(key: str, numbers: list[str]) -> Iterator[web.Request]:
    while True:
        body = _body(random.choice(numbers))
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: vi\r\n"
            f"Authorization: Bearer {key}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        yield web.Request(head.encode() + body)


def _script(key: str, numbers: list[str]) -> tuple[Any, int]:
    """What one warm request says to PostgreSQL, for any of the records."""
    from motcua.registers.api import record_id

    _call(key, numbers[0])
    with peer.listening() as said:
        _call(key, numbers[1])
    record = str(record_id("population", numbers[1]))
    records = ",".join(str(record_id("population", number)) for number in numbers)
    lines = [f"\\set i random(1, {len(numbers)})"]
    for one in said:
        text = _with_new_act(" ".join(one.text.split("\n")))
        lines.append(text.replace(f"'{record}'", f"('{{{records}}}'::uuid[])[:i]") + ";")
    file = ground.STATE / "registers-read.pgbench"
    file.write_text("\n".join(lines) + "\n")
    return file, len(said)


def _with_new_act(text: str) -> str:
    """An act has its own identifier, and its own moment, each time."""
    if not text.lstrip().startswith("INSERT INTO acts_act"):
        return text
    text = _UUID.sub("gen_random_uuid()", text, count=1)
    return re.sub(r"'[0-9-]{10} [0-9:.]+\+00:00'(::timestamptz)?", "now()", text, count=1)


def _call(key: str, number: str) -> None:
    """The request without a socket: WSGI in this process."""
    from motcua.project.wsgi import application

    body = _body(number)
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": PATH, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_LANGUAGE": "vi",
        "HTTP_AUTHORIZATION": f"Bearer {key}", "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "127.0.0.1", "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
        "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    statuses: list[str] = []
    answer = application(environ, lambda status, *_: statuses.append(status))
    text = b"".join(answer)
    answer.close()
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{statuses}: {text[:2000].decode()}")


def profile(name: str, calls: int = 1000) -> None:
    """Where the time of a look goes, by function."""
    import cProfile
    import pstats
    import time

    ground.use(name)
    key, numbers = _software(), _numbers()
    for number in numbers[:50]:
        _call(key, number)
    begun = time.process_time()
    for number in numbers[50 : 50 + calls]:
        _call(key, number)
    report.note(f"{(time.process_time() - begun) / calls * 1e6:.0f} us of Python in one request")
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    for number in numbers[50 : 50 + calls]:
        _call(key, number)
    profiler.disable()
    stats: Any = pstats.Stats(profiler)
    own = sorted(stats.stats.items(), key=lambda each: -each[1][2])[:45]
    for (path, line, function), (_calls, count, own_s, all_s, _callers) in own:
        place = "/".join(path.split("/")[-3:]) + f":{line}" if line else ""
        each = f"{own_s / calls * 1e6:7.1f} us own {all_s / calls * 1e6:7.1f} us with callees"
        report.note(f"{each} {count / calls:7.1f} calls  {function} {place}")
