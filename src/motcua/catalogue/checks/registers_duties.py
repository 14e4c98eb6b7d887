"""MC084: a duty says by which law, and secrecy asks for a reason each time."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC084"
EMERGENCY = "emergency"  # read without a grant, for one record
TITLE = "A duty without a law or without a reason"


def check(pack: Pack) -> Iterator[Finding]:
    used = {p for one in pack.registers.values() for g in one.grants for p in g.purpose}
    for name, duty in pack.duties.duties.items():
        if not duty.law.strip():
            yield pack.duties.finding(RULE, (name,), "it names no law.", fix="Add `law`.")
        if (duty.told_after or not duty.heirs) and not duty.reason:
            message = "somebody is not told at once, and no reason is asked."
            yield pack.duties.finding(RULE, (name,), message, fix="Add `reason: true`.")
        if f"duty/{name}" not in used and pack.registers and name != EMERGENCY:
            message = "no grant of any register is for it."
            fix = "Grant it something, or take it away."
            yield pack.duties.finding(RULE, (name,), message, fix=fix, level="warning")
