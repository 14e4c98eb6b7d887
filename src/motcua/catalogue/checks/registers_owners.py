"""MC077: a register is kept by a body that exists, and answered for by roles that can read it."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.register_files import RegisterFile
from motcua.catalogue.rules.findings import Finding
from motcua.registers.rules.declaration import Register

RULE = "MC077"
TITLE = "A register that nobody keeps"
KEEPING, PERMISSION = "duty/keep-register", "keep-register"


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.register_files:
        if file.register is not None:
            yield from _owner(pack, file, file.register)
            yield from _keepers(pack, file, file.register)


def _owner(pack: Pack, file: RegisterFile, register: Register) -> Iterator[Finding]:
    if register.owner not in pack.body_codes:
        message = f'the pack has no body "{register.owner}".'
        yield file.finding(RULE, ("owner",), message, fix="Use a code of bodies.csv.")


def _keepers(pack: Pack, file: RegisterFile, register: Register) -> Iterator[Finding]:
    if register.source:  # kept by another node, with its own keepers
        return
    if not register.keepers:
        fix = "Add `keepers`: roles of the owner, as [register-officer, register-head]."
        yield file.finding(RULE, (), "nobody answers for this register.", fix=fix)
    for index, role in enumerate(register.keepers):
        if PERMISSION not in pack.roles.get(role, ()):
            message = f'"{role}" is no role with the permission {PERMISSION}.'
            fix = "Name a role of roles.yaml that has it, or give it the permission."
            yield file.finding(RULE, ("keepers", index), message, fix=fix)
        elif not _reads(register, role):
            message = f'"{role}" keeps the register and may not read it.'
            fix = f"Add a grant to it for {KEEPING} with `write: true`, at {register.owner}."
            yield file.finding(RULE, ("keepers", index), message, fix=fix)


def _reads(register: Register, role: str) -> bool:
    return any(
        role in grant.to
        and KEEPING in grant.purpose
        and grant.write
        and (not grant.at or register.owner in grant.at)
        for grant in register.grants
    )
