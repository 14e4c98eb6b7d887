"""MC041: what replaces a paper can be read: the fields exist, and the system may read them for the
procedure. A register that the pack does not declare is told as a warning: nobody can look there."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import answer_paths
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Level
from motcua.catalogue.rules.procedure import Evidence, Procedure
from motcua.registers.rules.declaration import Grant

RULE = "MC041"
TITLE = "A paper is replaced by something that cannot be read"
Said = tuple[str, str, Level]


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for index, one in enumerate(procedure.evidence):
            for message, fix, level in _said(pack, procedure, one) if one.instead else ():
                place = ("evidence", index, "instead")
                yield file.finding(RULE, place, message, fix=fix, level=level)


def _said(pack: Pack, procedure: Procedure, one: Evidence) -> Iterator[Said]:
    register = pack.registers.get(one.instead)
    if register is None and one.instead in pack.elsewhere:
        return  # said once, in the summary of the table
    if register is None:
        message = f'the register "{one.instead}" is not declared: the paper stays welcome.'
        yield message, "Declare it in registers/, or keep asking for the paper.", "warning"
        return
    if one.of and one.of not in answer_paths(procedure):
        yield f'no question gives "{one.of}".', "Name the answer that holds the key.", "error"
    for path in one.fields or register.extract:
        if register.field(path) is None:
            message = f'"{one.instead}" has no field "{path}".'
            yield message, f"Use one of: {', '.join(register.paths())}.", "error"
        elif not any(_lets(grant, path, procedure) for grant in register.grants):
            message = f'no grant lets the system read "{one.instead}.{path}" for this procedure.'
            yield message, f"Add it to registers/{register.register}.yaml.", "error"


def _lets(grant: Grant, path: str, procedure: Procedure) -> bool:
    for_it = {"procedure/*", f"procedure/{procedure.service}"} & set(grant.purpose)
    fields = {"*", f"{path.partition('.')[0]}.*", path} & set(grant.fields)
    return "system" in grant.to and bool(for_it) and bool(fields)
