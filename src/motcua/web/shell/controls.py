"""Questions of a service as controls of a page: names, ids, hints, errors, what was typed.

The id of a control is the path of its field, so that an error summary can link to `#child.name`.
What was typed is shown again as it was typed, right or wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from msgspec import Struct
from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Field
from motcua.kernel.refusals import Problem
from motcua.web.shell import areas, sentences
from motcua.web.shell.sentences import pick

RADIOS_AT_MOST = 7
SHAPES = {
    "long-text": "textarea", "date": "date", "choice": "choice", "choices": "choice",
    "yes-no": "choice", "area": "area", "address": "address", "rows": "rows",
}  # fmt: skip
TYPES = {"phone": "tel", "email": "email", "password": "password"}
INPUT_MODES = {
    "personal-number": "numeric", "old-id-number": "numeric", "number": "numeric",
    "money": "numeric", "phone": "tel", "email": "email",
}  # fmt: skip
WIDTHS = {
    "personal-number": "w12", "old-id-number": "w12", "phone": "w12", "number": "w12",
    "money": "w12",
}  # fmt: skip
EMPTY_ROWS, MORE_ROWS = 3, 10  # below those that are filled: at first, and when asked for more
# What the browser may fill in: only facts about the person who is typing.
AUTOCOMPLETE = {
    "full_name": "name", "phone": "tel", "email": "email", "born_on": "bday",
    "address": "street-address",
}  # fmt: skip


class Choice(Struct, frozen=True, kw_only=True):
    value: str
    label: str
    id: str = ""
    hint: str = ""
    chosen: bool = False


class Part(Struct, frozen=True, kw_only=True):
    """One of the boxes of a date."""

    name: str
    id: str
    label: str
    value: str
    width: str
    autocomplete: str = ""


class Control(Struct, frozen=True, kw_only=True):
    shape: str  # the template in shell/controls/
    name: str
    id: str
    label: str
    type: str = "text"
    hint: str = ""
    why: str = ""
    known: str = ""  # where a value that was filled in comes from
    error: str = ""
    value: str = ""
    optional: bool = False
    heading: bool = False
    inline: bool = False
    multiple: bool = False
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()
    inner: tuple["Control", ...] = ()
    province_id: str = ""
    province_choices: tuple[Choice, ...] = ()
    autocomplete: str = "off"
    inputmode: str = ""
    width: str = ""
    suffix: str = ""
    max: int = 0
    accept: str = ""
    capture: str = ""
    disabled: bool = False
    rows: tuple[tuple["Control", ...], ...] = ()  # of a table: the boxes of each row
    titles: tuple["Control", ...] = ()  # of a table: a row to take the titles of columns from

    @property
    def described_by(self) -> str:
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, *([f"{self.id}-error"] if self.error else [])])


class Typed:
    """What was typed: a QueryDict, or a mapping of names to a text or a list of texts."""

    def __init__(self, values: Any) -> None:
        self._values = values or {}

    def all(self, name: str) -> list[str]:
        if hasattr(self._values, "getlist"):
            return [str(value) for value in self._values.getlist(name)]
        value = self._values.get(name, ())
        if isinstance(value, (list, tuple)):
            return [str(one) for one in value]
        return [] if value is None else [str(value)]

    def one(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def whole(self) -> dict[str, list[str]]:
        return {name: self.all(name) for name in self._values}


def control(
    field: Field,
    values: Any = None,
    problems: Iterable[Problem] = (),
    *,
    known: str = "",
    heading: bool = False,
    on: date | None = None,
) -> Control:
    """The control of one question. `on`: the day whose map of areas counts (today if None)."""
    typed = Typed(values)
    label = pick(field.title)
    common: dict[str, Any] = {
        "shape": SHAPES.get(field.kind, "text"),
        "name": field.field,
        "id": field.field,
        "label": label,
        "type": TYPES.get(field.kind, "text"),
        "hint": pick(field.hint) or _usual_hint(field.kind),
        "why": pick(field.why),
        "known": known,
        "error": error_of(field.field, label, problems),
        "value": typed.one(field.field),
        "optional": field.optional,
        "heading": heading,
        "autocomplete": _autocomplete(field),
        "inputmode": INPUT_MODES.get(field.kind, ""),
        "width": WIDTHS.get(field.kind, ""),
    }
    if field.kind == "rows":
        return Control(**common, **_table(field, typed, tuple(problems or ()), on=on))
    return Control(**{**common, **_special(field, typed, on)})


def error_of(path: str, label: str, problems: Iterable[Problem]) -> str:
    """The first fault found at the path or inside it."""
    inside = (f"{path}-", f"{path}.")
    mine = (p for p in problems or () if p.path == path or p.path.startswith(inside))
    return next((sentences.of_problem(problem, label) for problem in mine), "")


def _special(field: Field, typed: Typed, on: date | None) -> dict[str, Any]:
    match field.kind:
        case "date":
            return {"parts": _date_parts(field, typed)}
        case "choice" | "choices" | "yes-no":
            return _choice(field, typed)
        case "area":
            return _area(field.field, typed, level=field.level or "commune", on=on)
        case "address":
            return {"inner": _address(field, typed, on)}
        case "money":
            return {"suffix": "₫"}
        case "long-text":
            return {"max": field.max or 4000}
    return {}


def _table(
    table: Field, typed: Typed, problems: tuple[Problem, ...], *, on: date | None
) -> dict[str, Any]:
    """The rows that hold something, moved together as the reader does, and a few empty ones."""
    path, most = table.field, catalogue.most_rows(table)
    filled = catalogue.raw_rows(path, typed.whole())
    values = {
        f"{path}[{number}].{name}": texts
        for number, row in enumerate(filled)
        for name, texts in row.items()
    }
    empty = MORE_ROWS if path in typed.all("redraw") else EMPTY_ROWS
    wrong = {problem.path.rpartition(".")[0] for problem in problems}
    rows = tuple(
        tuple(
            _cell(table, column, number, values=values, on=on, problems=problems if known else ())
            for column in table.columns
            if not column.gives
        )
        for number in range(max(1, min(len(filled) + empty, most)))
        for known in (f"{path}[{number}]" in wrong,)
    )
    return {"rows": rows, "titles": rows[0], "max": most}


def _cell(
    table: Field,
    column: Field,
    number: int,
    *,
    values: Mapping[str, Any],
    problems: tuple[Problem, ...],
    on: date | None,
) -> Control:
    """One box of a table: a date is one box, and every choice is a list."""
    path = f"{table.field}[{number}].{column.field}"
    made = control(replace(column, field=path), values, problems, on=on)
    if made.shape == "date":
        parts = "/".join(part.value for part in made.parts)
        whole = next(iter(values.get(path, ())), "")
        value = parts if parts.strip("/") else whole
        return replace(made, shape="text", value=value, parts=(), width="w12")
    if made.shape == "choice":
        return replace(made, shape="select", id=path)
    return replace(made, suffix="")


def _usual_hint(kind: str) -> str:
    hints = {
        "personal-number": _("12 digits, as on the identity card"),
        "old-id-number": _("9 digits, as on the former identity card"),
        "date": _("For example 27 3 2026"),
        "phone": _("For example 0912 345 678"),
        "choices": _("Choose all that apply"),
    }
    return hints.get(kind, "")


def _autocomplete(field: Field) -> str:
    source, _dot, fact = field.prefill.partition(".")
    return AUTOCOMPLETE.get(fact, "off") if source == "applicant" else "off"


def _date_parts(field: Field, typed: Typed) -> tuple[Part, ...]:
    path, whole = field.field, typed.one(field.field)
    iso = whole.split("-") if whole.count("-") == 2 else ["", "", ""]
    stored = {"year": iso[0], "month": iso[1].lstrip("0"), "day": iso[2].lstrip("0")}
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    birthday = _autocomplete(field) == "bday"
    return tuple(
        Part(
            name=f"{path}-{part}",
            id=path if part == "day" else f"{path}-{part}",
            label=label,
            value=typed.one(f"{path}-{part}") or stored[part],
            width="w4" if part == "year" else "w2",
            autocomplete=f"bday-{part}" if birthday else "off",
        )
        for part, label in labels.items()
    )


def _choice(field: Field, typed: Typed) -> dict[str, Any]:
    chosen = (
        {_YES_NO.get(one, one) for one in typed.all(field.field)}
        if field.kind == "yes-no"
        else set(typed.all(field.field))
    )
    options = [(option.value, pick(option.title)) for option in field.options]
    if field.kind == "yes-no":
        options = [("yes", _("Yes")), ("no", _("No"))]
    many = field.kind == "choices"
    long = len(options) > RADIOS_AT_MOST and not many
    return {
        "shape": "select" if long else "choice",
        "type": "checkbox" if many else "radio",
        "multiple": many,
        "inline": field.kind == "yes-no",
        "choices": _choices(field.field, options, chosen),
    }


_YES_NO = {"True": "yes", "true": "yes", "1": "yes", "False": "no", "false": "no", "0": "no"}


def _choices(path: str, options: Sequence[tuple[str, str]], chosen: set[str]) -> tuple[Choice, ...]:
    """The first choice has the id of the field, so that the error summary can lead to it."""
    return tuple(
        Choice(
            value=value,
            label=label,
            id=path if number == 0 else f"{path}-{number + 1}",
            chosen=value in chosen,
        )
        for number, (value, label) in enumerate(options)
    )


def _area(path: str, typed: Typed, *, level: str, on: date | None) -> dict[str, Any]:
    code, province = typed.one(path), typed.one(f"{path}-province")
    names = [(area.code, area.name) for area in areas.provinces(on)]
    if level == "province":
        return {"shape": "select", "choices": _choices(path, names, {code})}
    province = province or areas.province_of(code, on)
    inside = [(area.code, area.name) for area in areas.communes(province, on)]
    return {
        "id": path if inside else f"{path}-commune",
        "province_id": f"{path}-province" if inside else path,
        "province_choices": _choices("", names, {province}),
        "choices": _choices(path, inside, {code}),
    }


def _address(field: Field, typed: Typed, on: date | None) -> tuple[Control, ...]:
    area, line = f"{field.field}.area", f"{field.field}.line"
    picker = {"shape": "area", "name": area, "id": area, "label": _("Province and commune")}
    street = Control(
        shape="text",
        name=line,
        id=line,
        label=_("House number, street or village"),
        value=typed.one(line),
        autocomplete=_autocomplete(field),
    )
    return Control(**{**picker, **_area(area, typed, level="commune", on=on)}), street


def raw_values(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Stored answers (nested by dots) as if they had been typed, for showing a form again."""
    raw: dict[str, str | list[str]] = {}
    for field in fields:
        value = _at(answers, field.field)
        if value is None:
            continue
        if field.kind == "rows":
            raw.update(catalogue.as_typed(field, value))
        elif isinstance(value, Mapping):
            raw.update({f"{field.field}.{key}": str(text) for key, text in value.items()})
        elif isinstance(value, bool):
            raw[field.field] = "yes" if value else "no"
        elif isinstance(value, (list, tuple)):
            raw[field.field] = [str(one) for one in value]
        else:
            raw[field.field] = str(value)
    return raw


def _at(answers: Mapping[str, Any], path: str) -> Any:
    value: Any = answers
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
