"""pgbench doing what one request did: the same statements, parameters and transactions."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from msgspec import Struct

from motcua.project.postgres import bin_dir

CLIENTS = 8
EACH = 2000  # the forms that one client may send in one round
_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_PLAIN = re.compile("'([0-9a-f]{32})'(?=::uuid)")
_COLON = re.compile(r":(?=[^\W\d])")
_LITERAL = re.compile(r" ?E?'(?:[^']|'')*'")


class Said(Struct, frozen=True):
    """A statement as sent, and whether it was inside a transaction."""

    text: str
    inside: bool


@contextmanager
def listening() -> Iterator[list[Said]]:
    """Collect the statements of this process with their parameters written in."""
    said: list[Said] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        cursor = psycopg.ClientCursor(connection.connection)
        # Savepoints and the like carry no parameters, and their % signs are their own.
        text = cursor.mogrify(sql, params) if params else sql
        text = _PLAIN.sub(lambda found: f"'{UUID(found[1])}'", text)
        said.append(Said(text, connection.in_atomic_block))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield said


def script(said: list[Said], *, since_ms: int, forms: str, draft_id: UUID) -> str:
    """A pgbench script in which the form and every id made since then differ each time.

    `forms` is the beginning of the ids of prepared forms; their ends count from zero.
    """
    lines = ["\\set k :k + 1", f"\\set n :client_id * {EACH} + :k - 1"]
    inside = False
    for one in said:
        if one.inside != inside:
            lines.append("BEGIN;" if one.inside else "END;")
            inside = one.inside
        text = one.text.replace(str(draft_id), f"{forms}{'0' * 12}")
        text = _LITERAL.sub(lambda found: _varied(found[0], since_ms, forms), text)
        lines.append(" ".join(text.split("\n")) + ";")
    return "\n".join([*lines, *(["END;"] if inside else [])]) + "\n"


def _varied(literal: str, since_ms: int, forms: str) -> str:
    """A literal whose new ids end in the number of the form."""
    new = {
        one for one in _ID.findall(literal)
        if one.startswith(forms) or int(one[:8] + one[9:13], 16) >= since_ms
    }  # fmt: skip
    # pgbench would take the colon of {"a":true} for a variable's.
    told = _COLON.sub(":' || '", literal)
    for one in new:
        told = told.replace(one, f"{one[:24]}' || lpad((:n)::text, 12, '0') || '")
    if told == literal:
        return literal
    # A bare literal takes the type of its column; an expression has to be told.
    return f"({told})::jsonb" if literal.strip(" E'")[:1] in "{[" else f"({told})"


def run(name: str, file: Path, seconds: float, *, forms: bool = True) -> float:
    """Transactions per second of pgbench with prepared statements; `forms`: each needs its own."""
    db = connection.settings_dict
    begun = time.monotonic()
    result = subprocess.run(
        [
            str(bin_dir() / "pgbench"), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1",
            "-D", "k=0", "-f", str(file), "-T", str(max(1, round(seconds))),
            "-h", str(db["HOST"]), "-U", str(db["USER"]), name,
        ],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", result.stdout)
    if result.returncode or found is None:
        raise SystemExit(f"pgbench failed after {time.monotonic() - begun:.0f} s: {result.stderr}")
    rate = float(found[1])
    if forms and rate * seconds > CLIENTS * EACH * 0.9:
        raise SystemExit("pgbench ran out of forms: raise EACH in benchmarks/peer.py")
    return rate
