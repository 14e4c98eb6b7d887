"""MC019: the facts that a service writes are some that the register declares, whole and fitting.

A register refuses what it does not know, at the very end of a case, after the signature.
"""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules import writes
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure, Write
from motcua.registers.rules.declaration import FactKind, Field, Register

RULE = "MC019"
TITLE = "A fact that the register cannot take"
# Kind of a register's field -> kinds of answers that it takes beside its own.
TAKES = {
    "text": {"person-name", "choice", "phone", "email"},
    "long-text": {"text"},
    "code": {"text", "choice", "personal-number"},
    "business-number": {"text", "personal-number"},
    "number": {"money"},
    "money": {"number"},
}
Fault = tuple[Place, str, str]


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for index, write in enumerate(procedure.outcome.write):
            for place, message, fix in _faults(pack, procedure, write):
                yield file.finding(RULE, ("outcome", "write", index, *place), message, fix=fix)


def _faults(pack: Pack, procedure: Procedure, write: Write) -> Iterator[Fault]:
    yield from _about(procedure, write)
    register = pack.registers.get(write.register)
    kind = register.fact(write.fact) if register else None
    if register is None:
        if not any(f.name == f"registers/{write.register}.yaml" for f in pack.register_files):
            fix = f"Use one of: {', '.join(pack.registers)}; or declare it in registers/."
            yield ("register",), f'the pack has no register "{write.register}".', fix
    elif kind is None:
        fix = f"Use one of: {', '.join(one.fact for one in register.facts)}."
        yield ("fact",), f'the register "{write.register}" knows no fact "{write.fact}".', fix
    else:
        yield from _whole(procedure, write, kind)
        yield from _fitting(pack, procedure, write, kind=kind)
        yield from _held(register, write)


def _about(procedure: Procedure, write: Write) -> Iterator[Fault]:
    if not write.subject:
        message = f'the fact "{write.fact}" does not say about whom it is.'
        yield (), message, "Add `subject`: the question that holds the personal number."
    elif not write.end and _may_stay_open(procedure, writes.answer_of(write.subject)):
        message = f'"{write.subject}" may stay unanswered; then nobody can sign.'
        yield (), message, "Ask the subject of a fact always: no `when`, not `optional`."
    for key in ("since", "until"):
        path = getattr(write, key)
        if path and _kind_of(procedure, path) not in {"date", ""}:
            yield (key,), f'"{path}" is not a day.', "Name a question of kind date."


def _whole(procedure: Procedure, write: Write, kind: FactKind) -> Iterator[Fault]:
    """Every value that the fact must have is given, whatever was answered."""
    if write.end:
        if {*write.values, *write.set} - {kind.many}:
            fix = "Name the item that ends, if there are several; nothing else."
            yield ("end",), "what ends has no values.", fix
        return
    for field in kind.fields:
        path = write.values.get(field.field, "")
        if field.optional or field.field in write.set:
            continue
        if not path:
            message = f'the fact "{kind.fact}" needs "{field.field}".'
            yield ("values",), message, "Add it to `values` or `set`."
        elif _may_stay_open(procedure, path) or writes.registered(path):
            message = f'"{path}" may stay unanswered, but the fact needs "{field.field}".'
            fix = "Ask it always, or make the field optional in the register."
            yield ("values", field.field), message, fix


def _fitting(pack: Pack, procedure: Procedure, write: Write, *, kind: FactKind) -> Iterator[Fault]:
    fields = {field.field: field for field in kind.fields}
    for name in (*write.values, *write.set):
        if name not in fields:
            key = "values" if name in write.values else "set"
            fix = f"Use one of: {', '.join(fields)}."
            yield (key, name), f'the fact "{kind.fact}" has no field "{name}".', fix
    for name, path in write.values.items():
        given = _given(pack, procedure, path)
        if name in fields and given and not _takes(fields[name], given):
            message = f'"{path}" is of kind {given}, "{name}" of kind {fields[name].kind}.'
            yield ("values", name), message, "Write an answer of that kind."
        elif name in fields:
            yield from _offered(procedure, path, fields[name])
    for name, value in write.set.items():
        options = {one.value for one in fields[name].options} if name in fields else set()
        if options and value not in options:
            fix = f"Use one of: {', '.join(sorted(options))}."
            yield ("set", name), f'"{value}" is no option of "{name}".', fix


def _offered(procedure: Procedure, path: str, field: Field) -> Iterator[Fault]:
    asked = procedure.field(path)
    if asked is None or not field.options:
        return
    strange = [
        one.value for one in asked.options if one.value not in {o.value for o in field.options}
    ]
    if strange:
        message = f'the register does not offer "{strange[0]}" for "{field.field}".'
        yield ("values", field.field), message, "Use the same options in both."


def _held(register: Register, write: Write) -> Iterator[Fault]:
    """Of a thing it must be known whom it concerns: nobody else could see or contest it."""
    fact, _, field = register.subject.holder.partition(".")
    if fact == write.fact and not write.end and field not in {*write.values, *write.set}:
        message = f'the record would have no holder: "{field}" is not written.'
        yield ("values",), message, f"Write the personal number into {field}."


def _takes(field: Field, given: str) -> bool:
    return given == field.kind or given in TAKES.get(field.kind, ())


def _given(pack: Pack, procedure: Procedure, path: str) -> str:
    source = writes.registered(path)
    if source is None:
        return _kind_of(procedure, path)
    register = pack.registers.get(source.register)
    field = register.field(source.field) if register else None
    return "" if field is None or source.part else str(field.kind)


def _kind_of(procedure: Procedure, path: str) -> str:
    """The kind of what is answered, recorded, computed or known of the case; "" if not known."""
    asked = [*procedure.fields(), *(field for step in procedure.route for field in step.ask)]
    kinds = {field.field: str(field.kind) for field in asked}
    kinds |= {one.name: one.kind for one in procedure.compute} | writes.OF_THE_CASE
    kinds |= {one.field: one.series for one in procedure.outcome.allot}
    return kinds.get(path, "")


def _may_stay_open(procedure: Procedure, path: str) -> bool:
    return any(
        field.field == path and bool(page.when or field.when or field.optional)
        for page in procedure.form
        for field in page.ask
    )
