"""MC001: every file of the pack that services need can be read."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.kernel.packs import PackFault

RULE = "MC001"
TITLE = "A file cannot be read"
_FIX = "Mend this line or the one above; a text that holds a comma or a colon needs quotes."


def check(pack: Pack) -> Iterator[Finding]:
    # Asking for these reads the files; what failed is then in `pack.unreadable`.
    _ = (pack.country, pack.shared, pack.roles, pack.body_kinds, pack.area_codes)
    _ = (pack.calendar_years, pack.once_only, pack.paper_names, pack.values, pack.fee_tables)
    for name, fault in pack.unreadable.items():
        yield Finding(rule=RULE, file=name, line=fault.line, message=_sentence(fault), fix=_FIX)
    for file in pack.services:
        if file.unreadable is not None:
            fault = file.unreadable
            yield Finding(
                rule=RULE,
                file=file.name,
                line=fault.line,
                message=_sentence(fault),
                fix=_FIX,
            )


def _sentence(fault: PackFault) -> str:
    return f"{fault.what.rstrip('.')}."
