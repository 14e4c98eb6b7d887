"""MC040: no paper is asked for that a register already holds (Resolution 66.7/2025, annex)."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.once_only import is_same

RULE = "MC040"
TITLE = "A paper is asked for that a register holds"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        held = pack.once_only.get(procedure.code, ()) if procedure.code else ()
        for index, evidence in enumerate(procedure.evidence):
            if evidence.instead:
                continue
            title = evidence.title.get("vi", "")
            for row in held:
                if is_same(title, row.get("document_replaced_vi", "")):
                    message = (
                        f'"{evidence.title.get("vi", evidence.paper)}" is replaced by:'
                        f" {row.get('source_database_vi', '')}"
                        f" (Resolution 66.7/2025, row {row.get('row', '?')})."
                    )
                    fix = "Add `instead` with the register."
                    yield file.finding(RULE, ("evidence", index), message, fix=fix)
