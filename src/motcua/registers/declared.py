"""The registers and duties that the pack declares, read once per process."""

from functools import cache
from typing import Any

from motcua.kernel.packs import pack_root, read_yaml
from motcua.kernel.refusals import Refusal
from motcua.registers.rules.compile import compile_duties, compile_register
from motcua.registers.rules.declaration import Duty, Register


@cache
def registers() -> dict[str, Register]:
    """All registers by name."""
    files = sorted((pack_root() / "registers").glob("*.yaml"))
    found = [compile_register(read_yaml(path)[0]) for path in files]
    return {one.register: one for one in found}


@cache
def duties() -> dict[str, Duty]:
    """All purposes that are not procedures, by name."""
    path = pack_root() / "duties.yaml"
    return compile_duties(read_yaml(path)[0]) if path.exists() else {}


def register(name: str) -> Register:
    """The register of that name. Refusal "registers.no-such-register"."""
    found = registers().get(name)
    if found is None:
        raise Refusal("registers.no-such-register", register=name)
    return found


def reload(**_: Any) -> None:
    """Read the pack again (after it changed)."""
    registers.cache_clear()
    duties.cache_clear()


__all__ = ["Duty", "Register", "duties", "register", "registers", "reload"]
