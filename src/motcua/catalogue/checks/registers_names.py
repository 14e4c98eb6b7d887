"""MC083: a register has its file's name, and a database of the once-only table is one register."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding

RULE = "MC083"
TITLE = "A register's name or database is not its own"


def check(pack: Pack) -> Iterator[Finding]:
    listed = {row.get("db_code", "") for rows in pack.once_only.values() for row in rows}
    taken: dict[str, str] = {}
    for file in pack.register_files:
        register = file.register
        if register is None:
            continue
        if file.name != f"registers/{register.register}.yaml":
            message = f'the register "{register.register}" is in another file.'
            fix = f"Name the file {register.register}.yaml."
            yield file.finding(RULE, ("register",), message, fix=fix)
        for index, code in enumerate(register.once_only):
            place = ("once-only", index)
            if listed and code not in listed:
                message = f'the once-only table knows no database "{code}".'
                fix = "Use a code of the column db_code in once_only.csv."
                yield file.finding(RULE, place, message, fix=fix)
            if code in taken:
                message = f'"{taken[code]}" has the database "{code}" already.'
                yield file.finding(RULE, place, message, fix="Keep it in one register.")
            taken.setdefault(code, register.register)
