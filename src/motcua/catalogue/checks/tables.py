"""MC071: the columns of a table are simple questions with names that nothing else has."""

from collections.abc import Iterator

from motcua.catalogue.checks.computed import TAKEN
from motcua.catalogue.checks.walk import asked, recorded
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.names import NTH, NTH_OF, names_of
from motcua.catalogue.rules.procedure import Field

RULE = "MC071"
TITLE = "A table that cannot be asked"
SIMPLE = {
    "text", "person-name", "personal-number", "date", "choice", "yes-no", "number", "money", "area",
}  # fmt: skip


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        roots = TAKEN | {name.split(".")[0] for name in names_of(procedure)}
        for place, field in (*asked(procedure), *recorded(procedure)):
            if field.kind != "rows":
                continue
            if all(column.gives for column in field.columns):
                message = f'nothing is asked in the table "{field.field}".'
                fix = "Add a column without `gives`."
                yield file.finding(RULE, (*place, "columns"), message, fix=fix)
            for index, column in enumerate(field.columns):
                if message := _fault(column, roots):
                    fix = "Rename the column; or make it a simple question."
                    yield file.finding(RULE, (*place, "columns", index), message, fix=fix)


def _fault(column: Field, roots: set[str]) -> str:
    if column.kind not in SIMPLE:
        return f'the column "{column.field}" is of kind {column.kind}, which no cell can hold.'
    if column.field in {NTH, NTH_OF} or column.field in roots:
        return f'"{column.field}" already means something else in conditions.'
    return ""
