"""MC013: whoever acts is a role of the pack, or the applicant."""

from collections.abc import Iterator

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place

RULE = "MC013"
TITLE = "An unknown role"
APPLICANT = "applicant"


def check(pack: Pack) -> Iterator[Finding]:
    known = {*pack.roles, APPLICANT}
    fix = f"Use one of: {', '.join(sorted(known))}."
    for file, procedure in pack.compiled():
        for step in procedure.route:
            actors: list[tuple[Place, str]] = [(("route", step.state, "who"), step.who)]
            for index, branch in enumerate(step.together):
                actors.append((("route", step.state, "together", index, "who"), branch.who))
            for place, who in actors:
                if who not in known:
                    yield file.finding(RULE, place, f'the pack has no role "{who}".', fix=fix)
