"""The agreements of the pack (packs/<country>/agreements/), read once per process."""

from functools import cache
from pathlib import Path

from motcua.kernel.packs import pack_root, read_yaml
from motcua.kernel.refusals import Refusal
from motcua.openness.rules.agreements import Agreement, compile_agreement


def agreements() -> dict[str, Agreement]:
    """All agreements by name."""
    return _read(pack_root())


@cache
def _read(root: Path) -> dict[str, Agreement]:
    files = sorted((root / "agreements").glob("*.yaml"))
    found = [compile_agreement(read_yaml(path)[0]) for path in files]
    return {one.agreement: one for one in found}


def agreement(name: str) -> Agreement:
    """The agreement of that name. Refusal "openness.no-such-agreement"."""
    found = agreements().get(name)
    if found is None:
        raise Refusal("openness.no-such-agreement")
    return found
