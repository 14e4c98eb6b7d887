"""MC062: examples answer questions that exist, with papers that exist."""

from collections.abc import Iterator

from motcua.catalogue.checks.walk import answer_paths
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding, Place
from motcua.catalogue.rules.procedure import Procedure

RULE = "MC062"
TITLE = "An example names something unknown"


def check(pack: Pack) -> Iterator[Finding]:
    for file, procedure in pack.compiled():
        papers = {evidence.paper for evidence in procedure.evidence}
        known = answer_paths(procedure)
        for place, kind, name in _named(procedure):
            if name not in (known if kind == "question" else papers):
                message = f'the service has no {kind} "{name}".'
                fix = "Correct the name, or add it to the service."
                yield file.finding(RULE, place, message, fix=fix)


def _named(procedure: Procedure) -> Iterator[tuple[Place, str, str]]:
    for number, example in enumerate(procedure.examples):
        answers, papers = example.get("answers"), example.get("papers")
        for path, value in answers.items() if isinstance(answers, dict) else ():
            yield ("examples", number, "answers", path), "question", path
            for row in value if isinstance(value, list) else ():
                for column in row if isinstance(row, dict) else ():
                    yield ("examples", number, "answers", path), "question", f"{path}[].{column}"
        for paper in papers if isinstance(papers, list) else ():
            yield ("examples", number, "papers"), "paper", str(paper)
