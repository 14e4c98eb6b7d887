"""MC070: computed values have names of their own, and sum columns of numbers that exist."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Computed, Procedure
from motcua.catalogue.rules.values import ROOT

RULE = "MC070"
TITLE = "A computed value that cannot be computed"
TAKEN = {ROOT, "recorded", "today", "filed", "channel"}


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        asked = {field.field for field in procedure.fields()}
        for index, one in enumerate(procedure.compute):
            if one.name.split(".")[0] in TAKEN or any(_clash(one.name, path) for path in asked):
                message = f'"{one.name}" is the name of something else.'
                fix = "Choose another name; the part before the dot may be that of a page."
                yield file.finding(RULE, ("compute", index, "name"), message, fix=fix)
            if one.sum and (message := _sum_fault(procedure, one)):
                fix = "Name a table and one of its columns of kind number or money: goods.value."
                yield file.finding(RULE, ("compute", index, "sum"), message, fix=fix)


def _clash(name: str, path: str) -> bool:
    return name == path or name.startswith(f"{path}.") or path.startswith(f"{name}.")


def _sum_fault(procedure: Procedure, one: Computed) -> str:
    path, _, name = one.sum.rpartition(".")
    table = procedure.field(path)
    if table is None or table.kind != "rows":
        return f'there is no table "{path}".'
    column = next((column for column in table.columns if column.field == name), None)
    if column is None:
        return f'the table "{path}" has no column "{name}".'
    return "" if column.kind in {"number", "money"} else f'the column "{name}" holds no numbers.'
