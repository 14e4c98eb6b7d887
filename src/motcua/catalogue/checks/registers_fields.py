"""MC079: what a register's file says about its own fields fits together."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.registers.rules.declaration import FactKind, Register

RULE = "MC079"
TITLE = "A declaration names a field that is not there or does not fit"
DOSSIER = "dossier"
Fault = tuple[Place, str, str]


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.register_files:
        if file.register is not None:
            for place, message, fix in (
                *_subject(file.register),
                *_extract(file.register),
                *(fault for kind in file.register.facts for fault in _fact(kind)),
            ):
                yield file.finding(RULE, place, message, fix=fix)


def _subject(register: Register) -> Iterator[Fault]:
    subject, place = register.subject, ("subject", "holder")
    field = register.field(subject.holder) if subject.holder else None
    if not subject.holder and subject.key != "personal-number":
        fix = "Add `holder`: the field with the personal number; or make that number the key."
        yield ("subject",), "it does not say whom a record concerns.", fix
    elif subject.holder and field is None:
        fix = "Correct the path: fact.field."
        yield place, f'the register has no field "{subject.holder}".', fix
    elif field is not None and field.kind != "personal-number":
        fix = "Make the field a personal-number."
        yield place, f'"{subject.holder}" is of kind {field.kind}.', fix
    elif field is not None and (field.optional or field.sealed):
        fix = "The holder is always given and never sealed."
        yield place, f'"{subject.holder}" may be missing or closed.', fix


def _extract(register: Register) -> Iterator[Fault]:
    for index, path in enumerate(register.extract):
        field = register.field(path)
        if field is None:
            fix = "Correct the path: fact.field."
            yield ("extract", index), f'the register has no field "{path}".', fix
        elif field.sealed:
            fix = "Leave it out: name it in the `instead` of the one paper that needs it."
            yield ("extract", index), f'the sealed field "{path}" is in every extract.', fix
    if register.once_only and not register.extract:
        fix = "Add `extract` with the fields of that paper."
        yield ("once-only",), "it replaces papers, but says nothing in their place.", fix


def _fact(kind: FactKind) -> Iterator[Fault]:
    place: Place = ("facts", kind.fact)
    fields = {field.field: field for field in kind.fields}
    if kind.many and kind.many != DOSSIER:
        one = fields.get(kind.many)
        if one is None or one.optional or one.sealed:
            fix = "Name a field that is always given and not sealed; or dossier."
            yield (*place, "many"), f'"{kind.many}" cannot tell items apart.', fix
    for field in kind.fields:
        at = (*place, "fields", field.field)
        if field.kind == "choice" and not field.options:
            yield at, f'"{field.field}" is a choice without options.', "Add `options`."
        if field.kind != "choice" and field.options:
            yield (*at, "options"), "only a choice has options.", "Make it a choice."
