"""MC016: every paper that is issued or shown has a template, and a name in each language."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC016"
TITLE = "A paper has no template or no name"


def check(pack: Pack) -> Iterator[Finding]:
    if pack.papers is None:
        return
    for file, procedure in pack.compiled():
        for place, paper in _papers(procedure):
            if paper not in pack.papers:
                message = f"there is no template papers/{paper}.typ."
                fix = f"Write it (docs/guides/papers.md), or use: {', '.join(_results(pack))}."
                yield file.finding(RULE, place, message, fix=fix)
            elif missing := _missing(pack, paper):
                message = f'papers/papers.yaml has no name for "{paper}" in {missing}.'
                line = ", ".join(f"{language}: ..." for language in pack.languages)
                fix = f"Add there: {paper}: {{{line}}}"
                yield file.finding(RULE, place, message, fix=fix)


def _papers(procedure: Procedure) -> Iterator[tuple[Place, str]]:
    if not procedure.pays:
        yield ("outcome", "issue"), procedure.outcome.issue
    for step in procedure.route:
        if step.shows:
            yield ("route", step.state, "shows"), step.shows


def _results(pack: Pack) -> list[str]:
    """The templates that a service may issue: not the slips, not the shared layout."""
    names = sorted(pack.papers or ())
    return [name for name in names if name != "lib" and not name.startswith("slip-")]


def _missing(pack: Pack, paper: str) -> str:
    name = pack.paper_names.get(paper)
    said = name if isinstance(name, dict) else {}
    return ", ".join(language for language in pack.languages if not said.get(language))
