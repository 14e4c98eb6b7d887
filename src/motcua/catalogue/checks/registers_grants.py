"""MC078: a grant names roles, bodies, purposes and fields that exist, and says by which law.

Roles and relations are told apart: persons have their own affairs and procedures, never duties;
officers have procedures and duties, never affairs of their own.
"""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Level, Place
from motcua.registers.rules.declaration import RELATIONS, Grant, Register

RULE = "MC078"
TITLE = "A grant that cannot hold"
SYSTEM, OWN, ANY = "system", "own", "procedure/*"
NO_SERVICE = "the pack has no service"
Fault = tuple[Place, str, str]


def check(pack: Pack) -> Iterator[Finding]:
    services = frozenset(file.name.rpartition("/")[2][: -len(".yaml")] for file in pack.services)
    for file in pack.register_files:
        for index, grant in enumerate(file.register.grants if file.register else ()):
            assert file.register is not None
            for place, message, fix in (
                *_to(pack, grant),
                *_at(pack, grant),
                *_purposes(pack, grant, services),
                *_fields(file.register, grant),
            ):
                at = ("grants", index, *place)
                # Cases of a service that was taken out go on, and are read for it still.
                level: Level = "warning" if message.startswith(NO_SERVICE) else "error"
                yield file.finding(RULE, at, message, fix=fix, level=level)


def _to(pack: Pack, grant: Grant) -> Iterator[Fault]:
    known = {*pack.roles, *RELATIONS, SYSTEM}
    for number, name in enumerate(grant.to):
        if name not in known:
            fix = f"Use a role of roles.yaml, {SYSTEM}, or a relation: {', '.join(RELATIONS)}."
            yield ("to", number), f'there is no role and no relation "{name}".', fix
    persons = [name for name in grant.to if name in RELATIONS]
    if persons and len(persons) < len(grant.to):
        yield ("to",), "persons and officers are in one grant.", "Write two grants."
    if persons and grant.write and (set(persons) != {"self"} or set(grant.purpose) != {OWN}):
        fix = "Take `write` away, or make it a grant to self for own: one's own declarations."
        yield ("write",), "nobody but the person himself declares something of his own.", fix
    if not grant.law:
        yield (), "it does not say by which law.", "Add `law`."


def _at(pack: Pack, grant: Grant) -> Iterator[Fault]:
    for number, body in enumerate(grant.at):
        if body not in pack.body_kinds and body not in pack.body_codes:
            fix = "Use a code of bodies.csv or a kind of bodies.yaml."
            yield ("at", number), f'there is no body and no kind of body "{body}".', fix


def _purposes(pack: Pack, grant: Grant, services: frozenset[str]) -> Iterator[Fault]:
    persons = any(name in RELATIONS for name in grant.to)
    for number, purpose in enumerate(grant.purpose):
        place: Place = ("purpose", number)
        kind, _, name = purpose.partition("/")
        if kind == "procedure" and purpose != ANY and name not in services:
            yield place, f'{NO_SERVICE} "{name}".', "Name a service of services/."
        if kind == "duty" and name not in pack.duties.duties:
            fix = "Declare it in duties.yaml, or use one of: "
            yield place, f'there is no duty "{name}".', f"{fix}{', '.join(pack.duties.duties)}."
        if persons and kind == "duty":
            fix = "Use own or a procedure."
            yield place, "a person has no duty to read the record of somebody.", fix
        if not persons and purpose == OWN:
            fix = "Name the procedure or the duty."
            yield place, "an officer reads for a procedure or a duty, never for himself.", fix
        if purpose == ANY and set(grant.to) & set(pack.roles):
            fix = "Name the procedures whose route the role is on."
            yield place, "a role would read in every procedure of the pack.", fix


def _fields(register: Register, grant: Grant) -> Iterator[Fault]:
    paths = {*register.paths(), *(f"{kind.fact}.*" for kind in register.facts), "*"}
    for number, path in enumerate(grant.fields):
        if path not in paths:
            fix = "Correct the path: fact.field, fact.* or *."
            yield ("fields", number), f'the register has no field "{path}".', fix
