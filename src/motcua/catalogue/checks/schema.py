"""MC002: a service file has the keys and kinds of values of the format (the schema of editors)."""

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from motcua.catalogue.packs import Pack
from motcua.catalogue.parts import Part
from motcua.catalogue.rules.findings import Finding

RULE = "MC002"
TITLE = "A key or value is not of the format"


@lru_cache(maxsize=1)
def service_schema() -> dict[str, Any]:
    """The JSON Schema of a service file: the one that editors use."""
    file = resources.files("motcua.catalogue") / "schema" / "service.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


@lru_cache(maxsize=8)
def _validator(part: str) -> Any:
    import jsonschema  # takes a sixth of a second: only who checks packs pays for it

    schema = service_schema()
    if part:
        schema = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    return jsonschema.Draft202012Validator(schema)


def check(pack: Pack) -> Iterator[Finding]:
    for file in pack.services:
        if file.unreadable is not None:
            continue
        for error in faults_of(file.data):
            yield file.finding(
                RULE, tuple(error.absolute_path), sentence_of(error), fix=fix_of(error)
            )
    for part in pack.parts.values():
        for error in faults_of_part(part):
            at = ".".join(str(key) for key in error.absolute_path)
            message = f"{at}: {sentence_of(error)}" if at else sentence_of(error)
            yield part.finding(RULE, tuple(error.absolute_path), message, fix=fix_of(error))


def faults_of_part(part: Part) -> Iterator[Any]:
    """What the format has against the words of a shared part."""
    return map(_telling, _validator(f"shared-{part.kind}").iter_errors(part.words))


def faults_of(data: Any) -> Iterator[Any]:
    """What the format has against the words of a service."""
    return map(_telling, _validator("").iter_errors(data))


def _telling(error: Any) -> Any:
    """Inside "one of" the branch that was probably meant, not "is not valid under any"."""
    while error.validator in {"oneOf", "anyOf"} and error.context:
        used = isinstance(error.instance, dict) and "use" in error.instance
        branch = 1 if used else 0
        inner = [e for e in error.context if e.relative_schema_path[0] == branch]
        error = (inner or error.context)[0]
    return error


def sentence_of(error: Any) -> str:
    """What the format has against a value."""
    if error.validator == "additionalProperties":
        return f"{error.message}."
    if error.validator == "pattern":
        return f'"{str(error.instance)[:60]}" is not written as this key wants.'
    return f"{error.message[:300]}."


def fix_of(error: Any, guide: str = "Compare with the guide “Write a service”.") -> str:
    """What to do about it."""
    wanted = str(error.validator)
    if wanted == "type" and _lacks_quotes(error):
        return f'Put it in quotes: "{error.instance}".'
    description = error.schema.get("description") if isinstance(error.schema, dict) else ""
    if wanted == "additionalProperties" and "language" in str(description):
        return "Put a text that holds a comma or a colon in quotes; check the language codes."
    if description:
        return f"Write: {description}"
    return _FIXES.get(wanted, guide)


def _lacks_quotes(error: Any) -> bool:
    return error.validator_value == "string" and isinstance(error.instance, int | float)


_FIXES = {
    "required": "Add the missing key.",
    "additionalProperties": "Take the key away or correct its spelling.",
    "enum": "Choose one of the values.",
    "type": "Give a value of that kind.",
    "pattern": "Use small letters, digits and hyphens (for paths: dots and underscores).",
    "dependentRequired": "`must` and `or` go together: the rule and the sentence for it.",
}
