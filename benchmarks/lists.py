"""Lists and searches: how long the slowest twentieth takes, at one million against ten thousand."""

from collections.abc import Callable
from itertools import cycle, islice
from uuid import UUID

from django.db import connection

from benchmarks import cast, ground, report, web
from motcua.project.demo import people

ROUNDS, EACH = (2, 30) if ground.QUICK else (5, 100)


def measure(names: list[str]) -> None:
    """Print the p95 of each page in each database, and the ratio of the last to the first."""
    report.heading(
        f"Lists and searches over HTTP, 95 of 100 answers within: {' against '.join(names)}"
    )
    found: dict[str, dict[str, list[float]]] = {name: {} for name in names}
    for _ in range(ROUNDS):
        for name in names:
            ground.use(name)
            pages = _pages()
            with web.server() as server:
                for what, make in pages.items():
                    web.load(server.port, islice(make(), 10), connections=2)  # warm
                    load = web.load(server.port, islice(make(), EACH), connections=1)
                    found[name].setdefault(what, []).append(load.quantile(0.95))
    for what in found[names[0]]:
        for name in names:
            report.line(f"{what}, {name}", found[name][what], "ms", digits=1)
        pairs = zip(found[names[-1]][what], found[names[0]][what], strict=True)
        report.line(f"  {names[-1]} / {names[0]}", [a / b for a, b in pairs], "", aim="flat: 1")


def _pages() -> dict[str, Callable[[], "cycle[web.Request]"]]:
    # A desk to which no other measurement sends work: it has the same in every database.
    office = cast.office(people.COMMUNES[-2])
    clerk = cast.signed_in(office.officers["clerk"])
    head = cast.signed_in(office.officers["head"])
    citizens = [cast.signed_in_as(one) for one in _citizens()]
    codes = _codes()
    return {
        "desk: the unit's queue": lambda: cycle([web.get("/desk/?q=unit", clerk)]),
        "desk: waiting for applicants": lambda: cycle([web.get("/desk/?q=waiting", clerk)]),
        "desk: a name in the head's queue": lambda: cycle(
            [
                web.get(f"/desk/?q=unit&text={name}", head)
                for name in ("nguyen", "tran%20thi", "thao")
            ]
        ),
        "portal: my applications": lambda: cycle([web.get("/my/", one) for one in citizens]),
        "public: follow by code": lambda: cycle([web.get(f"/track?code={one}") for one in codes]),
        "public: find a service": lambda: cycle(
            [web.get(f"/services?q={text}") for text in ("khai%20sinh", "dien", "ket%20hon")]
        ),
    }


def _citizens() -> list[UUID]:
    return [row[0] for row in _rows(
        "SELECT id FROM identity_account WHERE username LIKE 'bench-%' ORDER BY id LIMIT 20"
    )]  # fmt: skip


def _codes() -> list[str]:
    return [
        row[0]
        for row in _rows("SELECT code FROM dossiers_dossiercode ORDER BY dossier_id LIMIT 50")
    ]


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
