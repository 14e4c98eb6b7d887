"""The result of an example, in words: so that whoever writes a template sees the paper at once.

Everything comes from the files of the pack; no database is needed, and nothing is issued.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import put

OFFICIAL = "vi"  # papers are in Vietnamese; the template adds the reader's language


def result_of(
    pack: catalogue.Pack, procedure: catalogue.Procedure, example: Mapping[str, Any]
) -> dict[str, Any]:
    """What the template receives: the body, the answers in words, what officers recorded."""
    names = _area_names(pack)
    filed = catalogue.Context(today=date.fromisoformat(str(example["at"])[:10]))
    answers = catalogue.completed(procedure, catalogue.nest(example.get("answers") or {}), filed)
    asked = [field for step in procedure.route for field in step.ask]
    found = [*_in_words(asked, catalogue.nest(_recorded(example)), names)]
    shown: dict[str, Any] = {}
    for field, said in (*_in_words(procedure.fields(), answers, names), *found):
        put(shown, field.field, said)
    for computed in procedure.compute:
        value = catalogue.get(answers, computed.name)
        put(shown, computed.name, catalogue.computed_in_words(computed, value, OFFICIAL))
    for one in procedure.outcome.allot:
        put(shown, one.field, "…")
    return {
        "body": _body(pack, procedure, answers, names=names),
        "title": procedure.outcome.title,
        "dossier": {"applicant": catalogue.get(answers, "applicant.full_name") or ""},
        "answers": shown,
        "rows": [{"label": field.title, "value": said} for field, said in found],
    }


def _in_words(
    fields: Iterable[catalogue.Field], values: Mapping[str, Any], names: defaultdict[str, str]
) -> Iterator[tuple[catalogue.Field, Any]]:
    for field in fields:
        value = catalogue.get(values, field.field)
        if field.kind == "rows":
            where = names.__getitem__
            yield field, catalogue.rows_in_words(field, value, OFFICIAL, area_name=where)
        elif said := catalogue.in_words(field, value, OFFICIAL, area_name=names.__getitem__):
            yield field, said


def _recorded(example: Mapping[str, Any]) -> dict[str, Any]:
    """What officers recorded on the way, by path."""
    given = [step.get("with") or {} for step in example.get("then") or ()]
    return {path: value for one in given for path, value in (one.get("values") or {}).items()}


def _area_names(pack: catalogue.Pack) -> defaultdict[str, str]:
    """Area code -> "Phường Ba Đình, Thành phố Hà Nội"."""
    names: defaultdict[str, str] = defaultdict(str)
    names.update((row["code"], row["name"]) for row in pack.csv("areas/provinces.csv"))
    for row in pack.csv("areas/communes.csv"):
        names[row["code"]] = f"{row['name']}, {names[row['parent_code']]}"
    return names


def _body(
    pack: catalogue.Pack,
    procedure: catalogue.Procedure,
    answers: Mapping[str, Any],
    *,
    names: defaultdict[str, str],
) -> str:
    """The kind of body and its place; the real name comes from the directory."""
    kinds = pack.yaml("bodies.yaml").get("kinds") or {}
    title = (kinds.get(procedure.decided_by.body) or {}).get("title") or {}
    place = catalogue.get(answers, procedure.decided_by.of)
    code = place.get("area") if isinstance(place, Mapping) else place
    parts = (title.get(OFFICIAL, procedure.decided_by.body), names[str(code)])
    return ", ".join(part for part in parts if part)
