"""The answers of a service as a JSON Schema, for programs that fill in its form.

It says of each answer the kind; what depends on other answers (`when`, `must`) only the check of a
filled form can say.
"""

from typing import Any

from motcua.catalogue.rules.procedure import Computed, Field, Procedure
from motcua.catalogue.rules.reading import LARGEST, LIMITS
from motcua.catalogue.rules.rows import most_rows
from motcua.kernel.texts import pick

Schema = dict[str, Any]
_PATTERNS = {
    "personal-number": r"^[0-9]{12}$",
    "old-id-number": r"^[0-9]{9}$",
    "phone": r"^0([35789][0-9]{8}|2[0-9]{9})$",
}
_AREAS = {"province": r"^[0-9]{2}$", "commune": r"^[0-9]{5}$", "": r"^[0-9]{2}([0-9]{3})?$"}


def json_schema(procedure: Procedure, language: str = "en") -> Schema:
    """JSON Schema (2020-12) of the answers, nested by the dots of their paths.

    Required is what is asked without condition; computed values are `readOnly`, never required.
    """
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": pick(procedure.title, language),
        "type": "object",
        "properties": {},
    }
    for page in procedure.form:
        for field in page.ask:
            always = not (page.when or field.when or field.optional)
            _put(schema, field.field, _of_field(field, language), required=always)
    for one in procedure.compute:
        _put(schema, one.name, _of_computed(one, language), required=False)
    return schema


def _put(schema: Schema, path: str, part: Schema, *, required: bool) -> None:
    *above, last = path.split(".")
    for name in above:
        if required:
            _require(schema, name)
        schema = schema["properties"].setdefault(name, {"type": "object", "properties": {}})
    if required:
        _require(schema, last)
    schema["properties"][last] = part


def _require(schema: Schema, name: str) -> None:
    names = schema.setdefault("required", [])
    if name not in names:
        names.append(name)


def _of_field(field: Field, language: str) -> Schema:
    said: Schema = {"title": pick(field.title, language)}
    if hint := pick(field.hint, language):
        said["description"] = hint
    if field.gives:
        said["readOnly"] = True
    return said | _kind(field, language)


def _kind(field: Field, language: str) -> Schema:
    match field.kind:
        case "number" | "money":
            return {"type": "integer", "minimum": 0, "maximum": field.max or LARGEST[field.kind]}
        case "yes-no":
            return {"type": "boolean"}
        case "date":
            return {"type": "string", "format": "date"}
        case "choice":
            return {"type": "string", "oneOf": _options(field, language)}
        case "choices":
            one = {"type": "string", "oneOf": _options(field, language)}
            return {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
        case "area":
            return {"type": "string", "pattern": _AREAS[field.level]}
        case "address":
            return _address()
        case "rows":
            return _rows(field, language)
    return _text(field)


def _text(field: Field) -> Schema:
    if pattern := _PATTERNS.get(field.kind):
        return {"type": "string", "pattern": pattern}
    most = field.max or LIMITS[field.kind]
    schema: Schema = {"type": "string", "minLength": 1, "maxLength": most}
    return schema | ({"format": "email"} if field.kind == "email" else {})


def _options(field: Field, language: str) -> list[Schema]:
    return [{"const": o.value, "title": pick(o.title, language)} for o in field.options]


def _address() -> Schema:
    line = {"type": "string", "minLength": 1, "maxLength": LIMITS["address"]}
    area = {"type": "string", "pattern": _AREAS["commune"]}
    properties = {"area": area, "line": line}
    return {"type": "object", "properties": properties, "required": ["area", "line"]}


def _rows(field: Field, language: str) -> Schema:
    row: Schema = {
        "type": "object",
        "properties": {c.field: _of_field(c, language) for c in field.columns},
    }
    always = [c.field for c in field.columns if not (c.optional or c.when or c.gives)]
    if always:
        row["required"] = always
    least = 0 if field.optional else 1
    return {"type": "array", "items": row, "minItems": least, "maxItems": most_rows(field)}


def _of_computed(one: Computed, language: str) -> Schema:
    return {"title": pick(one.title, language), "type": "integer", "readOnly": True}
