"""MC012: first answers come from facts that are known: of the account, or of a register that
somebody who applies may read."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import asked
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.names import names_of
from motcua.catalogue.rules.prefills import ACCOUNT, Source, fits, sources
from motcua.catalogue.rules.procedure import Field, Procedure
from motcua.kernel.conditions import ConditionFault, compile_condition
from motcua.registers.rules.access import covers
from motcua.registers.rules.declaration import RELATIONS, Grant, Register

RULE = "MC012"
TITLE = "A prefill names an unknown fact"
Faults = Iterator[tuple[str, str]]


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        for place, field in asked(procedure):
            for source in sources(field.prefill):
                for message, fix in _faults(pack, procedure, field, source=source):
                    yield file.finding(RULE, (*place, "prefill"), message, fix=fix)


def _faults(pack: Pack, procedure: Procedure, field: Field, *, source: Source) -> Faults:
    yield from _condition(procedure, source)
    if not source.register:
        yield from _of_account(field, source)
        return
    register = pack.registers.get(source.register)
    known = register.field(source.field) if register else None
    if register is None or known is None:
        message = f'nothing is known under "{source.register}.{source.path}".'
        yield message, "Name a register, a fact and a field of packs/<country>/registers/."
        return
    if not fits(known.kind, source.part, field.kind):
        message = f'"{source.register}.{source.path}" does not fit a question of kind {field.kind}.'
        yield message, f"It is of kind {known.kind}; ask for that, or name another field."
    yield from _key(procedure, field, source, register=register)
    if not any(_opens(grant, source, procedure.service) for grant in register.grants):
        message = f'no grant lets an applicant read "{source.register}.{source.field}".'
        yield message, f"Add a grant for the procedure to registers/{register.register}.yaml."


def _of_account(field: Field, source: Source) -> Faults:
    kinds = ACCOUNT.get(source.path)
    if kinds is None:
        message = f'nothing is known under "{source.path}".'
        yield message, f"Use one of: {', '.join(ACCOUNT)}; or a field of a register."
    elif field.kind not in kinds:
        message = f'"{source.path}" does not fit a question of kind {field.kind}.'
        yield message, f"Make the question {' or '.join(sorted(kinds))}."


def _condition(procedure: Procedure, source: Source) -> Faults:
    if not source.when:
        return
    try:
        compile_condition(source.when, names_of(procedure))
    except ConditionFault as fault:
        yield f"when {source.when}: {fault.what}", "Correct the condition after `when`."


def _key(procedure: Procedure, field: Field, source: Source, *, register: Register) -> Faults:
    """The answer that names the record is asked before, and is of the right kind."""
    if not source.of:
        if register.subject.kind not in {"person", "business"}:
            yield f'"{source.register}" is not about the applicant.', "Say about what: `of`."
        return
    key = procedure.field(source.of)
    pages = {f.field: number for number, page in enumerate(procedure.form) for f in page.ask}
    if key is None or pages[source.of] > pages[field.field]:
        yield (
            f'"{source.of}" is not asked before this.',
            "Ask it on the same page or an earlier one.",
        )
    elif not fits(register.subject.key, "", key.kind):
        message = f'"{source.of}" is no {register.subject.key}, which "{source.register}" needs.'
        yield message, "Name the answer that holds the record's key."


def _opens(grant: Grant, source: Source, service: str) -> bool:
    for_it = any(covers(pattern, f"procedure/{service}") for pattern in grant.purpose)
    fact = source.field.partition(".")[0]
    named = bool({"*", f"{fact}.*", source.field} & set(grant.fields))
    return for_it and named and bool(set(grant.to) & set(RELATIONS))
