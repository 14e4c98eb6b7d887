"""MC086: a paper is asked for that the once-only table replaces for many other procedures.

The table is made procedure by procedure and forgets some; the register holds the fact all the same.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.texts import fold

RULE = "MC086"
TITLE = "A paper that a register holds for many other procedures"
MANY = 5  # rows of the table
SHORT = 4  # letters that name no paper


def check(pack: Pack) -> Iterator[Finding]:
    often = _often(pack)
    for file, procedure in pack.compiled():
        for index, one in enumerate(procedure.evidence):
            title = fold(one.title.get("vi", ""))
            known = next((name for name in often if name in title), None)
            if known is None or one.instead:
                continue
            register, rows = often[known]
            message = (
                f'"{one.title.get("vi", one.paper)}": the register "{register}" replaces it in'
                f" {rows} rows of the once-only table."
            )
            fix = f"Add `instead: {register}`, or write in `notes` why the paper is needed."
            if one.paper not in procedure.notes:
                place = ("evidence", index)
                yield file.finding(RULE, place, message, fix=fix, level="warning")


def _often(pack: Pack) -> dict[str, tuple[str, int]]:
    """Name of a paper -> the register that holds it, and how many rows say so."""
    kept = {code: name for name, one in pack.registers.items() for code in one.once_only}
    rows = ((r.get("document_replaced_vi", ""), r.get("db_code", "")) for r in pack.once_only_rows)
    found: dict[str, tuple[str, int]] = {}
    for (name, code), count in _counted(tuple(rows)):
        if code in kept and name not in found:
            found[name] = (kept[code], count)
    return found


@lru_cache(maxsize=2)
def _counted(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, str], int], ...]:
    """The papers that many rows name, with the database, the most frequent first."""
    counts = Counter((fold(paper), code) for paper, code in rows)
    often = (one for one in counts.most_common() if one[1] >= MANY and len(one[0][0]) > SHORT)
    return tuple(often)
