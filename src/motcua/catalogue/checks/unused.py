"""MC050: no personal data is asked for and then never used.

Used means: in a condition, a paper, a register, an allotment, for competence, or as the applicant
(whom the dossier itself is about).
"""

import re
from collections.abc import Iterator, Mapping

from motcua.catalogue.checks.walk import asked, recorded, sources
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules import writes
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.procedure import Procedure
from motcua.kernel.conditions import ConditionFault, compile_condition

RULE = "MC050"
TITLE = "Personal data is asked for and never used"
PERSONAL = {
    "person-name", "personal-number", "old-id-number", "date", "address", "phone", "email",
}  # fmt: skip
# Where a template may say `child.name` or `answers.child.name`.
_PATH = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)+")


def check(pack: Pack) -> Iterator[Finding]:
    papers = pack.papers or {}
    for file, procedure in pack.compiled():
        used = _used(procedure) | _printed(procedure, papers)
        for place, field in (*asked(procedure), *recorded(procedure)):
            personal = field.kind in PERSONAL and not field.field.startswith("applicant.")
            if personal and not any(_same(field.field, path) for path in used):
                message = f'"{field.field}" is personal data, but nothing uses it.'
                fix = "Do not ask it; or use it in a condition, a paper, a register or `persons`."
                yield file.own_finding(RULE, place, message, fix=fix)


def _same(field: str, path: str) -> bool:
    return path == field or path.startswith(f"{field}.")


def _used(procedure: Procedure) -> set[str]:
    used = {procedure.decided_by.of, *procedure.persons.values()}
    used |= {branch.of for step in procedure.route for branch in step.together}
    for write in procedure.outcome.write:
        used |= {writes.answer_of(path) for _, path in writes.named(write)}
    for allotment in procedure.outcome.allot:
        used |= set(allotment.inputs.values())
    if procedure.pays:
        used |= set(procedure.pays.find.values())
    for source in sources(procedure):
        paths = _paths(source.text, source.names)
        used |= {path.removeprefix("recorded.") for path in paths}
    return used


def _paths(source: str, names: Mapping[str, str]) -> frozenset[str]:
    try:
        return compile_condition(source, names, gives="").paths
    except ConditionFault:
        return frozenset()


def _printed(procedure: Procedure, papers: Mapping[str, str]) -> set[str]:
    shown = {step.shows for step in procedure.route} | {procedure.outcome.issue}
    found: set[str] = set()
    for name in shown:
        for path in _PATH.findall(papers.get(name, "")):
            parts = path.split(".")
            found |= {".".join(parts[start:]) for start in range(len(parts) - 1)}
    return found
