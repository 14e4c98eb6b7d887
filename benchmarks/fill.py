"""A database of many dossiers, by set-based SQL from patterns of what the engine made.

Every row of a dossier is copied with its tasks, acts, papers and numbers; codes, counters and issue
books go on where the engine stopped, and each act has its own salt and leaf. Not copied: uploads
(the state names the template's files), notices, jobs and entries of registers.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import psycopg

from benchmarks import ground, templates, world
from motcua.kernel import texts
from motcua.project.demo.names import full_name

LIVE_COMMUNES, LIVE_EACH = 8, 400  # where work in progress is the same in every database
STEP = 20_000
WORKERS = 2
Progress = Callable[[str], None]

STAGE = """
DROP TABLE IF EXISTS bench_pattern, bench_row, bench_name, bench_plan;
CREATE UNLOGGED TABLE bench_pattern (id int, stratum text, pos int, desk_code text, day date,
    series text, book_body uuid, year int);
CREATE UNLOGGED TABLE bench_row (pattern int, tab text, doc text, sealed text);
CREATE UNLOGGED TABLE bench_name (no int PRIMARY KEY, name text, key text, sorted text);
"""
# Which pattern each copy follows: work in progress first, then the country, one of 25 open.
PLAN = """
CREATE UNLOGGED TABLE bench_plan AS
WITH sizes AS (SELECT stratum, count(*) AS size FROM bench_pattern GROUP BY stratum),
drawn AS (
    SELECT n, lpad(to_hex(n), 6, '0') AS hex, abs(hashint8(n::bigint)::bigint) AS chance,
        CASE WHEN n < {live} THEN 'live' WHEN n % 25 = 0 THEN 'open' ELSE 'ended' END AS stratum
    FROM generate_series(0, {total} - 1) AS n
), chosen AS (
    SELECT drawn.*, p.id AS pattern, p.desk_code, p.day, p.series, p.book_body, p.year
    FROM drawn JOIN sizes USING (stratum)
    JOIN bench_pattern p ON p.stratum = drawn.stratum AND p.pos = drawn.chance % sizes.size
)
SELECT n, hex, pattern, desk_code, chosen.day, book_body, chosen.series, chosen.year,
    CASE WHEN chosen.day IS NOT NULL THEN coalesce(c.last, 0)
        + row_number() OVER (PARTITION BY desk_code, chosen.day ORDER BY n) END AS ordinal,
    CASE WHEN book_body IS NOT NULL THEN coalesce(b.last, 0)
        + row_number() OVER (PARTITION BY book_body, chosen.series, chosen.year ORDER BY n)
        END AS number,
    chance % {names} AS name_no, chance % {people} AS person
FROM chosen
LEFT JOIN dossiers_daycounter c ON c.body_code = desk_code AND c.day = chosen.day
LEFT JOIN documents_issuebook b
    ON b.body_id = book_body AND b.series = chosen.series AND b.year = chosen.year
"""
# A copy: each mark of the pattern becomes what is the copy's own.
COPIED = """
SELECT p.*, v.doc, v.sealed,
    p.desk_code || '-' || to_char(p.day, 'YYMMDD') || '-'
        || lpad(p.ordinal::text, greatest(4, length(p.ordinal::text)), '0') AS code,
    lpad(p.number::text, greatest(2, length(p.number::text)), '0') || '/' || p.year || '/'
        || p.series AS paper_number, w.name, w.key
FROM bench_plan p JOIN bench_row v ON v.pattern = p.pattern AND v.tab = '{table}'
JOIN bench_name w ON w.no = p.name_no
WHERE p.n >= %s AND p.n < %s
"""
# What `format` puts for the marks of `templates.MARKS`.
OWN = (
    "c.hex", "c.code", "c.paper_number", "c.name", "c.key",
    "upper('00' || substr(c.hex, 1, 2) || '-' || substr(c.hex, 3, 4))",
    "'00000000-0000-7000-8000-' || lpad(to_hex(c.person), 12, '0')",
    "'00000000-0000-7000-9000-' || lpad(to_hex(c.person), 12, '0')",
)  # fmt: skip
PEOPLE = """
INSERT INTO identity_account ({columns})
SELECT {values}
FROM (SELECT * FROM identity_account ORDER BY level DESC, id LIMIT 1) AS model,
    generate_series(0, {people} - 1) AS k JOIN bench_name w ON w.no = k % {names}
"""
FILLED = (
    *templates.TABLES, "dossiers_dossiercode", "dossiers_daycounter", "documents_issuebook",
    "documents_issueentry", "identity_account",
)  # fmt: skip
AFTER = (
    "INSERT INTO dossiers_dossiercode (code, dossier_id) SELECT d.code, d.id"
    " FROM dossiers_dossier d WHERE d.code <> '' ON CONFLICT DO NOTHING",
    "INSERT INTO dossiers_daycounter (body_code, day, last) SELECT desk_code, day, max(ordinal)"
    " FROM bench_plan WHERE day IS NOT NULL GROUP BY 1, 2"
    " ON CONFLICT (body_code, day) DO UPDATE SET last = excluded.last",
    "INSERT INTO documents_issuebook (body_id, series, year, last)"
    " SELECT book_body, series, year, max(number) FROM bench_plan"
    " WHERE book_body IS NOT NULL GROUP BY 1, 2, 3"
    " ON CONFLICT (body_id, series, year) DO UPDATE SET last = excluded.last",
    "INSERT INTO documents_issueentry (body_id, series, year, ordinal, paper_id, entered_at)"
    " SELECT p.body_id, split_part(p.number, '/', 3), split_part(p.number, '/', 2)::int,"
    " split_part(p.number, '/', 1)::int, p.id, p.issued_at FROM documents_paper p"
    " WHERE p.number <> '' ON CONFLICT DO NOTHING",
    "DROP TABLE bench_pattern, bench_row, bench_name, bench_plan",
)


def ensure(name: str, total: int, progress: Progress) -> None:
    """The database `name` with `total` dossiers: reused when present."""
    if ground.exists(name):
        return
    making = f"{name}_making"
    # Nothing is deleted, and everything is analysed at the end.
    ground.admin("ALTER SYSTEM SET autovacuum = off")
    ground.admin("SELECT pg_reload_conf()")
    ground.drop(making)
    ground.copy(ground.WORLD, making)
    ground.use(making)
    if total:
        fill(total, progress)
    ground.rename(making, name)
    ground.admin("ALTER SYSTEM RESET autovacuum")
    ground.admin("SELECT pg_reload_conf()")


def fill(
    total: int,
    progress: Progress,
    *,
    places: list[world.Commune] | None = None,
    patterns: int | None = None,
    workers: int = WORKERS,
) -> None:
    """Put `total` dossiers into the database in use, beside the few that it has."""
    started = time.monotonic()
    found = world.read_communes() if places is None else places
    _stage(found, patterns or max(200, min(8000, total // 20)), total, progress)
    progress(f"{total:,} dossiers to write")
    steps = [(first, min(total, first + STEP)) for first in range(0, total, STEP)]
    with ThreadPoolExecutor(workers) as pool:
        for number, _ in enumerate(pool.map(_copy_step, steps), 1):
            if number % 5 == 0:
                done = steps[number - 1][1]
                pace = done / (time.monotonic() - started)
                progress(f"{done:,} ({pace:,.0f}/s)")
    with _connect() as connection:
        for statement in AFTER:
            connection.execute(statement)
    progress("vacuum analyze")
    with _connect() as connection:
        connection.execute(f"VACUUM ANALYZE {', '.join(FILLED)}")  # type: ignore[call-overload]


def _connect() -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the database in use, beside Django's."""
    from django.db import connection

    db = connection.settings_dict
    return psycopg.connect(
        dbname=db["NAME"], user=db["USER"], host=db["HOST"], autocommit=True,
        options="-c synchronous_commit=off -c jit=off -c work_mem=256MB"
        " -c session_replication_role=replica",  # what a copy points at is there, as for its model
    )  # fmt: skip


def _stage(places: list[world.Commune], patterns: int, total: int, progress: Progress) -> None:
    found = templates.read_templates()
    live = min(LIVE_COMMUNES, len(places))
    progress(f"{patterns:,} patterns from {len(found)} dossiers in {len(places)} communes")
    names, people = min(20_000, total), max(10, total // 4)
    with _connect() as connection:
        connection.execute(STAGE)
        _write_patterns(connection, templates.patterns(found, places, live=live, count=patterns))
        with connection.cursor().copy("COPY bench_name FROM STDIN") as copy:
            for row in _names(names):
                copy.write_row(row)
        connection.execute("CREATE INDEX ON bench_row (pattern, tab)")
        connection.execute("ANALYZE bench_pattern, bench_row, bench_name")
        at_desks = min(LIVE_EACH * live, total // 3)
        plan = PLAN.format(total=total, live=at_desks, names=names, people=people)
        connection.execute(plan)  # type: ignore[call-overload]
        connection.execute("CREATE INDEX ON bench_plan (n)")
        connection.execute("ANALYZE bench_plan")
        connection.execute(_people(names, people))  # type: ignore[call-overload]


def _write_patterns(
    connection: "psycopg.Connection[tuple[object, ...]]", made: Iterable[templates.Pattern]
) -> None:
    positions: dict[str, int] = {}
    heads, rows = [], []
    for number, one in enumerate(made):
        stratum = "live" if one.live else "open" if one.is_open else "ended"
        position = positions[stratum] = positions.get(stratum, -1) + 1
        heads.append(
            (number, stratum, position, one.desk_code, one.day, one.series, one.book_body, one.year)
        )
        rows += [(number, row.table, row.text, row.sealed) for row in one.rows]
    for table, content in (("bench_pattern", heads), ("bench_row", rows)):
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in content:
                copy.write_row(row)


def _names(count: int) -> Iterable[tuple[int, str, str, str]]:
    random = Random(17)
    for number in range(count):
        name = full_name(random, random.choice(["female", "male"]))
        yield number, name, texts.fold(name), texts.sort_key(name)


def _people(names: int, people: int) -> str:
    """One account for four dossiers, each like one of the world's but for who it is."""
    own = {
        "id": "('00000000-0000-7000-8000-' || lpad(to_hex(k), 12, '0'))::uuid",
        "person_id": "('00000000-0000-7000-9000-' || lpad(to_hex(k), 12, '0'))::uuid",
        "username": "'bench-' || k",
        "full_name": "w.name",
        "search_key": "w.key",
        "sort_key": "w.sorted",
        "personal_number": "'9' || lpad(k::text, 11, '0')",
        "email": "'bench-' || k || '@motcua.example'",
        "phone": "'09' || lpad(k::text, 8, '0')",
    }
    columns = _columns("identity_account")
    values = ", ".join(own.get(name, f"model.{name}") for name in columns)
    return PEOPLE.format(columns=", ".join(columns), values=values, names=names, people=people)


def _columns(table: str) -> list[str]:
    with _connect() as connection:
        found = connection.execute(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND NOT attisdropped AND attname <> 'xact' ORDER BY attnum",
            [table],
        )
        return [str(row[0]) for row in found]


def _copy_step(step: tuple[int, int]) -> None:
    with _connect() as connection:
        for table in templates.TABLES:
            statement = _copy_statement(table)
            with connection.transaction():
                connection.execute(statement, step)  # type: ignore[call-overload]


def _copy_statement(table: str) -> str:
    own = ", ".join(OWN)
    salt = "decode(md5(((m.r).id)::text || m.hex), 'hex')"
    made = {"salt": salt, "leaf": f"sha256({salt} || convert_to(m.sealed, 'UTF8'))"}
    columns = _columns(table)
    values = ", ".join(made.get(name, f"(m.r).{name}") for name in columns)
    sealed = f"format(c.sealed, {own})" if table == "acts_act" else "''"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"
        f" FROM (SELECT format(c.doc, {own})::{table} AS r, {sealed} AS sealed, c.hex"
        f" FROM ({COPIED.format(table=table)}) AS c OFFSET 0) AS m"
    )
