"""How fast a person is found by name, with slips, by number; the act of each search included."""

import random
import time
from collections.abc import Callable
from datetime import date

import psycopg

from benchmarks import ground, registers_load, report

SAMPLES = 200
AIM_MS = 50
Progress = Callable[[str], None]


def measure(persons: int, progress: Progress) -> None:
    """Searches of each kind for people of the population, one after the other."""
    from django.core.management import call_command

    registers_load.ensure(persons, progress)
    ground.use(registers_load.name_of(persons))
    call_command("migrate", verbosity=0, interactive=False)
    report.heading(f"Finding one of {persons:,} people (p95 of {SAMPLES} each, with the act)")
    people = _sample(registers_load.name_of(persons))
    _forms(registers_load.name_of(persons))
    for what, ask in _WAYS.items():
        _one_way(what, [ask(one) for one in people])
    report.heading("The same by likeness over the table of persons")
    _over_the_table(people[:5])


def _one_way(what: str, queries: list[dict[str, object]]) -> None:
    from motcua.directory import api as directory
    from motcua.kernel.actors import Actor
    from motcua.kernel.ids import new_id
    from motcua.registers import api as registers

    owner = directory.body_by_code("G01")
    for round_ in (queries[:20], queries):  # the first warms up
        times, found = [], 0
        for query in round_:
            actor = Actor(  # another each time: nobody may search that often
                kind="officer", account_id=new_id(), post_id=new_id(),
                body_id=owner.id if owner else None, role="register-officer",
            )  # fmt: skip
            started = time.perf_counter()
            rows = registers.find_people(
                actor,
                registers.FindPeople(**query),  # type: ignore[arg-type]
                purpose="duty/keep-register",
            )
            times.append((time.perf_counter() - started) * 1000)
            found += bool(rows)
    times.sort()
    report.line(f"{what}, median", [times[len(times) // 2]], "ms", digits=1)
    report.line(f"{what}, p95", [times[int(len(times) * 0.95)]], "ms", aim=f"aim {AIM_MS}")
    report.note(f"{found} of {len(queries)} searches found somebody")


def _slip(name: str, chance: random.Random) -> str:
    """A letter doubled, left out or changed places with the next one."""
    place = chance.randrange(1, len(name) - 2)
    way = chance.randrange(3)
    if way == 0:
        return name[:place] + name[place] + name[place:]
    if way == 1:
        return name[:place] + name[place + 1 :]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


_CHANCE = random.Random(5)
_WAYS: dict[str, Callable[[tuple[str, str, date, str, str]], dict[str, object]]] = {
    "personal number": lambda p: {"number": p[3]},
    "former number": lambda p: {"old_number": p[4] or "000000001"},
    "name and birth date": lambda p: {"name": p[0], "born_on": p[2]},
    "name with a slip and birth date": lambda p: {"name": _slip(p[1], _CHANCE), "born_on": p[2]},
    "name with a slip and year of birth": lambda p: {
        "name": _slip(p[1], _CHANCE),
        "born_year": p[2].year,
    },
    "name with a slip alone": lambda p: {"name": _slip(p[1], _CHANCE)},
    "name alone": lambda p: {"name": p[0]},
    "name with a slip and province": lambda p: {"name": _slip(p[1], _CHANCE), "area": "01"},
}


def _sample(database: str) -> list[tuple[str, str, date, str, str]]:
    with psycopg.connect(ground.url(database)) as connection:
        connection.execute("SELECT setseed(0.5)")
        rows = connection.execute(
            "SELECT full_name, search_key, born_on, personal_number, old_number"
            " FROM registers_person TABLESAMPLE SYSTEM (1) REPEATABLE (7)"
            " ORDER BY random() LIMIT %s",
            [SAMPLES],
        )
        return rows.fetchall()


def _forms(database: str) -> None:
    with psycopg.connect(ground.url(database)) as connection:
        row = connection.execute("SELECT count(*) FROM registers_nameform").fetchone()
        report.note(f"{row[0] if row else 0:,} distinct names without diacritics")


def _over_the_table(people: list[tuple[str, str, date, str, str]]) -> None:
    """What the dictionary saves; no index of the table helps likeness."""
    from django.db import connection

    times = []
    for one in people:
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM registers_person WHERE similarity(search_key, %s) > 0.45"
                " ORDER BY similarity(search_key, %s) DESC LIMIT 20",
                [_slip(one[1], _CHANCE)] * 2,
            )
            cursor.fetchall()
        times.append((time.perf_counter() - started) * 1000)
    report.line("name with a slip alone", times, "ms", digits=0)
