"""Submitting through HTTP against pgbench doing the same statements, in turns."""

import cProfile
import io
import pstats
import time
from typing import Any
from uuid import UUID

from benchmarks import cast, ground, peer, report, web

ROUNDS, SECONDS = (2, 2.0) if ground.QUICK else (5, 5.0)
PROFILED = 60 if ground.QUICK else 200


def measure(name: str) -> None:
    """Print the ratio in the database `name`, and what the request is made of."""
    report.heading(f"Submitting a birth registration over HTTP, database {name}")
    ground.use(name)
    office = cast.offices(1)[0]
    cookie = cast.signed_in(office.citizen)
    file, statements = _script(office, cookie)
    report.note(f"{statements} statements in one request; {web.CONNECTIONS} connections each")
    rates: dict[str, list[float]] = {"http": [], "pgbench": [], "ratio": []}
    costs: dict[str, list[float]] = {"p50": [], "p95": [], "python": [], "postgres": []}
    with web.server() as server:
        _http(server, office, cookie, seconds=1.5)  # warm: procedures, bodies, prepared statements
        for _ in range(ROUNDS):
            _forms(office, peer.CLIENTS * peer.EACH, _PREFIX)
            rates["pgbench"].append(peer.run(name, file, SECONDS))
            _clear()
            python, postgres = web.cpu_s(server.pid), web.cpu_s(web.postgres_pid())
            load = _http(server, office, cookie, seconds=SECONDS)
            done = len(load.latencies)
            costs["python"].append((web.cpu_s(server.pid) - python) / done * 1e6)
            costs["postgres"].append((web.cpu_s(web.postgres_pid()) - postgres) / done * 1e6)
            rates["http"].append(load.rate)
            rates["ratio"].append(load.rate / rates["pgbench"][-1])
            costs["p50"].append(load.quantile(0.5))
            costs["p95"].append(load.quantile(0.95))
    report.line("submit over HTTP", rates["http"], "req/s", digits=0)
    report.line("pgbench, the same statements", rates["pgbench"], "tx/s", digits=0)
    report.line("ratio", rates["ratio"], "", aim="aim 0.35")
    report.line("latency, median", costs["p50"], "ms", digits=1)
    report.line("latency, 95 of 100", costs["p95"], "ms", digits=1)
    report.line("CPU of Python", costs["python"], "us/request", digits=0)
    report.line("CPU of PostgreSQL", costs["postgres"], "us/request", digits=0)
    profile(office, cookie)


_PREFIX = "00000000-0000-7000-a000-"


def _http(server: web.Server, office: cast.Office, cookie: str, *, seconds: float) -> web.Load:
    forms = cast.forms(office, int(1200 * seconds))
    requests = (_request(one, cookie, server.port) for one in forms)
    load = web.load(server.port, requests, seconds=seconds)
    cast.discard(forms)
    return load


def _request(form: UUID, cookie: str, port: int) -> web.Request:
    return web.post(
        f"/my/applications/{form}/check", cookie, f"declared=yes&key=k-{form}", port=port
    )


def _script(office: cast.Office, cookie: str) -> tuple[Any, int]:
    """What one warm request says to PostgreSQL, as a script."""
    first, second = cast.forms(office, 2)
    _call(first, cookie)
    since_ms = int(time.time() * 1000)
    with peer.listening() as said:
        _call(second, cookie)
    text = peer.script(said, since_ms=since_ms, forms=_PREFIX, draft_id=second)
    file = ground.STATE / "submit.pgbench"
    file.write_text(text)
    return file, len(said)


def _forms(office: cast.Office, count: int, prefix: str) -> None:
    _clear()
    for table, key in (("dossiers_draft", "id"), ("dossiers_upload", "dossier_id")):
        cast.multiply(table, key, office.draft_id, prefix=prefix, count=count)


def _clear() -> None:
    """Forget what pgbench wrote, so that it may write it again."""
    span = f"BETWEEN '{_PREFIX}{'0' * 12}' AND '{_PREFIX}{'9' * 12}'"
    statements = [
        f"DELETE FROM dossiers_{table} WHERE {key} {span}"
        for table, key in (
            ("draft", "id"), ("upload", "dossier_id"), ("dossier", "id"), ("task", "dossier_id"),
            ("submissionkey", "dossier_id"),
        )
    ]  # fmt: skip
    statements += [
        f"DELETE FROM kernel_job WHERE key LIKE '%{_TAIL}%'",
        f"DELETE FROM identity_delivery d USING identity_notification n WHERE n.dossier_id {span}"
        " AND d.recipient_id = n.recipient_id AND d.notification_id = n.id",
        f"DELETE FROM identity_notification WHERE dossier_id {span}",
        "SET session_replication_role = replica",
        f"DELETE FROM acts_act WHERE dossier_id {span}",
    ]
    from django.db import connection

    ground.admin_many(str(connection.settings_dict["NAME"]), statements)


_TAIL = "-0000000"


def _call(form: UUID, cookie: str) -> int:
    """The request without a socket: WSGI in this process."""
    request = _request(form, cookie, 80)
    head, _, body = request.raw.partition(b"\r\n\r\n")
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": f"/my/applications/{form}/check",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie, "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
        "HTTP_ORIGIN": "http://127.0.0.1", "QUERY_STRING": "",
    }  # fmt: skip
    statuses: list[int] = []
    answer = _application()(environ, lambda status, *_: statuses.append(int(status[:3])))
    text = b"".join(answer)
    answer.close()
    if statuses != [303]:
        raise RuntimeError(f"{statuses} {head[:80]!r}: {text[:3000].decode()}")
    return statuses[0]


def _application() -> Any:
    from motcua.project.wsgi import application

    return application


def profile(office: cast.Office, cookie: str) -> None:
    """Where the time of a request goes, by function."""
    forms = cast.forms(office, PROFILED)
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    for form in forms:
        _call(form, cookie)
    profiler.disable()
    stats: Any = pstats.Stats(profiler)
    report.note(f"What is left: the twenty functions with most own time in {PROFILED} requests")
    own = sorted(stats.stats.items(), key=lambda each: -each[1][2])[:20]
    for (path, line, function), (_calls, calls, own_s, all_s, _callers) in own:
        place = "/".join(path.split("/")[-3:]) + f":{line}" if line else ""
        each = f"{own_s / PROFILED * 1e6:7.0f} us own {all_s / PROFILED * 1e6:7.0f} us with callees"
        report.note(f"{each} {calls / PROFILED:7.1f} calls  {function} {place}")
