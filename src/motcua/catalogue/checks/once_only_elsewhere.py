"""MC086: a paper is asked for that the once-only table replaces for many other procedures.

The table is made procedure by procedure and forgets some; the register holds the fact all the same.
"""

from collections import Counter
from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.texts import fold

RULE = "MC086"
TITLE = "A paper that a register holds for many other procedures"
MANY = 5  # rows of the table


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
    counts = Counter(
        (fold(row.get("document_replaced_vi", "")), kept[row["db_code"]])
        for row in pack.once_only_rows
        if row.get("db_code") in kept
    )
    return {name: (of, n) for (name, of), n in counts.most_common() if n >= MANY and len(name) > 4}
