"""MC060: slugs, codes, questions, pages, papers and reasons are named once."""

from collections import Counter
from collections.abc import Iterable, Iterator

from motcua.catalogue.packs import Pack, ServiceFile
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC060"
TITLE = "Something is named twice"
_FIX = "Keep one, or name them differently."


def check(pack: Pack) -> Iterator[Finding]:
    slugs: dict[str, str] = {}
    codes: dict[str, str] = {}
    for file, procedure in pack.compiled():
        for kind, value, seen in (
            ("service", procedure.service, slugs),
            ("code", procedure.code, codes),
        ):
            first = seen.setdefault(value, file.name) if value else file.name
            if first != file.name:
                message = f'{kind} "{value}" is already in {first}.'
                yield file.finding(RULE, (kind,), message, fix=_FIX)
        for place, kind, names in _names(procedure):
            yield from _twice(file, place, kind, names=names)
        if file.name.rpartition("/")[2] != f"{procedure.service}.yaml":
            message = f'the file of the service "{procedure.service}" has another name.'
            fix = f"Name the file {procedure.service}.yaml."
            yield file.finding(RULE, ("service",), message, fix=fix)


def _names(procedure: Procedure) -> Iterator[tuple[Place, str, Iterable[str]]]:
    yield ("form",), "page", [page.page for page in procedure.form]
    yield ("form",), "question", [field.field for field in procedure.fields()]
    yield ("compute",), "computed value", [one.name for one in procedure.compute]
    for field in procedure.fields():
        yield ("form",), "column", [f"{field.field}.{c.field}" for c in field.columns]
    yield ("evidence",), "paper", [evidence.paper for evidence in procedure.evidence]
    yield ("reasons",), "reason", [reason.code for reason in procedure.reasons]
    yield ("examples",), "example", [str(e.get("name")) for e in procedure.examples]
    for step in procedure.route:
        yield ("route", step.state), "branch", [branch.name for branch in step.together]


def _twice(
    file: ServiceFile, place: Place, kind: str, *, names: Iterable[str]
) -> Iterator[Finding]:
    for name, count in Counter(names).items():
        if count > 1:
            message = f'the {kind} "{name}" is there {count} times.'
            yield file.finding(RULE, place, message, fix=_FIX)
