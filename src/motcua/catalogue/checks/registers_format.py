"""MC075: the files of registers and duties can be read, and have the keys and values of the format.

The schema is the one of editors: schema/register.schema.json.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from motcua.catalogue.checks.schema import fix_of, sentence_of
from motcua.catalogue.packs import Pack
from motcua.catalogue.register_files import DeclaredFile
from motcua.catalogue.rules.findings import Finding

RULE = "MC075"
TITLE = "A register's file is not of the format"
GUIDE = "Compare with the guide “Write a register”."


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.register_files:
        if file.unreadable is not None:
            yield _unread(file)
            continue
        if file.format_errors is None:
            file.format_errors = tuple(_validator().iter_errors(file.data))
        errors = file.format_errors
        for error in errors:
            message = sentence_of(error)
            yield file.finding(RULE, tuple(error.absolute_path), message, fix=fix_of(error, GUIDE))
        if file.fault and not errors:
            yield file.finding(RULE, (), f"{file.fault}.", fix=GUIDE)
    duties = pack.duties
    if duties.unreadable is not None:
        yield _unread(duties)
    elif duties.fault:
        yield duties.finding(RULE, (), f"{duties.fault}.", fix="Each duty has a title and a law.")


def _unread(file: DeclaredFile) -> Finding:
    fault = file.unreadable
    assert fault is not None
    fix = "Mend the file at this line."
    return Finding(rule=RULE, file=file.name, line=fault.line, message=fault.what, fix=fix)


@lru_cache(maxsize=1)
def _validator() -> Any:
    import jsonschema  # takes a sixth of a second: only who checks packs pays for it

    file = resources.files("motcua.catalogue") / "schema" / "register.schema.json"
    return jsonschema.Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))
