"""How each operation describes itself: its name, its group, its scopes and what it answers.

Answers are the msgspec shapes that are really sent, so the description cannot differ from them.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from motcua.web.api.callers import Key
from motcua.web.api.problems import MEDIA_TYPE, ProblemDetails

JSON = "application/json"


class Operation(Struct, frozen=True, kw_only=True):
    """`shape` None: no content; bytes: a file. `title` is translated on the page."""

    name: str
    title: Any
    group: str
    status: int
    shape: Any
    media_type: str
    scopes: tuple[str, ...]
    writes: bool
    key_required: bool


OPERATIONS: dict[str, Operation] = {}
MULTIPART: set[str] = set()


def operation(
    name: str,
    title: Any,
    shape: Any,
    *,
    group: str,
    key: Key | None = None,
    status: int = 200,
    media_type: str = JSON,
    writes: bool = False,
    key_required: bool = False,
    form: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Keywords for ninja's decorators. `writes`: takes an Idempotency-Key; `form`: multipart;
    `body`: the schema of a JSON body that the route reads itself (`bodies.taken`)."""
    OPERATIONS[name] = Operation(
        name=name,
        title=title,
        group=group,
        status=status,
        shape=shape,
        media_type=media_type,
        scopes=key.scopes if key else (),
        writes=writes,
        key_required=key_required,
    )
    extra: dict[str, Any] = {}
    if form is not None:
        MULTIPART.add(name)
        extra["requestBody"] = {
            "required": True,
            "content": {"multipart/form-data": {"schema": form}},
        }
    if body is not None:
        extra["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return {
        "operation_id": name,
        "url_name": name,
        "auth": key,
        "tags": [group],
        "openapi_extra": extra,
    }


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """Ninja's description with what is really answered, and problems for everything else."""
    shapes = [one.shape for one in OPERATIONS.values() if _is_json(one)]
    kinds = list(dict.fromkeys([*shapes, ProblemDetails]))
    found, components = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    schema["components"]["schemas"] |= components
    described = dict(zip(map(repr, kinds), found, strict=True))
    problem = _content(described[repr(ProblemDetails)], "A problem (RFC 9457)", MEDIA_TYPE)
    for item in schema["paths"].values():
        for described_op in item.values():
            known = OPERATIONS[described_op["operationId"]]
            described_op["summary"] = str(known.title)
            described_op["responses"] = {
                str(known.status): _answer(known, described),
                "4XX": problem,
            }
            described_op.setdefault("parameters", []).extend(_headers(known))
            _with_scopes(described_op, known)
    return schema


def _is_json(one: Operation) -> bool:
    return one.shape is not None and one.shape is not bytes


def _answer(one: Operation, described: dict[str, Any]) -> dict[str, Any]:
    if one.shape is None:
        return {"description": "Done"}
    if one.shape is bytes:
        binary = {"type": "string", "format": "binary"}
        return _content(binary, "The file", one.media_type)
    return _content(described[repr(one.shape)], "The answer", one.media_type)


def _content(schema: Any, words: str, media_type: str) -> dict[str, Any]:
    return {"description": words, "content": {media_type: {"schema": schema}}}


def _headers(one: Operation) -> Iterable[dict[str, Any]]:
    if one.writes:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": one.key_required,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        }


def _with_scopes(described: dict[str, Any], one: Operation) -> None:
    described.pop("security", None)
    if one.scopes:
        described["security"] = [{"Key": list(one.scopes)}]
