"""MC081: what is erased is erased by a law, and for facts that the register has."""

import re
from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC081"
TITLE = "A retention without a law"
_KEEP = re.compile(r"forever|[1-9][0-9]* years?")


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.register_files:
        register = file.register
        seen: set[str] = set()
        for index, rule in enumerate(register.retention if register else ()):
            assert register is not None
            place = ("retention", index)
            if not rule.law:
                message = "it does not say which law lets it erase."
                yield file.finding(RULE, place, message, fix="Add `law`.")
            if not _KEEP.fullmatch(rule.keep):
                message = f'"{rule.keep}" is no time.'
                yield file.finding(RULE, (*place, "keep"), message, fix="Write: 10 years.")
            for name in rule.facts or tuple(kind.fact for kind in register.facts):
                if register.fact(name) is None:
                    message = f'the register has no fact "{name}".'
                    yield file.finding(RULE, (*place, "facts"), message, fix="Correct the name.")
                elif name in seen:
                    message = f'"{name}" has two retentions.'
                    yield file.finding(RULE, place, message, fix="Keep one.")
                seen.add(name)
