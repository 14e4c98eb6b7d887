"""MC085: a paper is replaced by the database that the once-only table names for it."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.texts import fold

RULE = "MC085"
TITLE = "A paper is replaced by another database than the law says"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        rows = pack.once_only.get(procedure.code, ()) if procedure.code else ()
        for index, one in enumerate(procedure.evidence):
            title = fold(one.title.get("vi", ""))
            named = [r for r in rows if _names(r.get("document_replaced_vi", ""), title)]
            said = {row.get("db_code", "") for row in named} - {""}
            codes = set(codes_of(pack, one.instead))
            if one.instead and codes and said and not said & codes:
                numbers = ", ".join(row.get("row", "?") for row in named)
                message = (
                    f"the table says {', '.join(sorted(said))} (row {numbers}),"
                    f' but "{one.instead}" is {", ".join(sorted(codes))}.'
                )
                fix = "Name the register of that database."
                yield file.finding(RULE, ("evidence", index, "instead"), message, fix=fix)


def codes_of(pack: Pack, name: str) -> tuple[str, ...]:
    """The codes of a register in the table, also of one that is kept elsewhere."""
    register = pack.registers.get(name)
    return register.once_only if register else tuple(filter(None, [pack.elsewhere.get(name)]))


def _names(listed: str, title: str) -> bool:
    """Only whole names: a row that lists many papers says nothing of each database."""
    known = fold(listed)
    return len(known) >= 4 and known in title
