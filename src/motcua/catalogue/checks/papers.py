"""MC016: every paper that is issued or shown has a template."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.compile import Place
from motcua.catalogue.rules.findings import Finding

RULE = "MC016"
TITLE = "A paper has no template"


def check(pack: Pack) -> Iterator[Finding]:
    if pack.papers is None:
        return
    for file, procedure in pack.compiled():
        papers: list[tuple[Place, str]] = [(("outcome", "issue"), procedure.outcome.issue)]
        papers += [(("route", s.state, "shows"), s.shows) for s in procedure.route if s.shows]
        for place, paper in papers:
            if paper not in pack.papers:
                message = f"there is no template papers/{paper}.typ."
                fix = "Write the template, or use one of the folder papers."
                yield file.finding(RULE, place, message, fix=fix)
