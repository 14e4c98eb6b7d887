"""What the routes of registers take. They read their bodies themselves: a look at a record is the
most frequent request of all, and the framework's way costs as much as the look."""

from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from motcua.kernel.refusals import Refusal
from motcua.web.api import problems
from motcua.web.api.reading import StrictParser

Key = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Purpose = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Path = Annotated[str, StringConstraints(max_length=120)]
Words = Annotated[str, StringConstraints(max_length=1000)]
M = TypeVar("M", bound=BaseModel)
_parser = StrictParser()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HistoryIn(_Strict):
    """`purpose` is "duty/<name>"; `fields` by full name ("identity.full_name"), all if empty."""

    key: Key
    purpose: Purpose
    fields: Annotated[tuple[Path, ...], Field(max_length=100)] = ()
    reason: Words = ""


class ReadIn(HistoryIn):
    """`purpose` is "duty/<name>", or "procedure/<service>" with the `dossier` (its identifier or
    code). `as_of`: the day for which it is true; `known_at`: the moment at which it was known."""

    dossier: Annotated[str, StringConstraints(max_length=60)] = ""
    as_of: date | None = None
    known_at: AwareDatetime | None = None


class DisputeIn(_Strict):
    """Which version of the record is wrong (its `id`), which field, and what would be right."""

    key: Key
    version_id: UUID
    claim: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    field: Path = ""


def taken(request: HttpRequest, kind: type[M]) -> M:
    """The body as such. Refusals api.unreadable, api.invalid (all faults at once)."""
    try:
        found = _parser.parse_body(request)
    except ValueError:
        raise Refusal("api.unreadable") from None
    try:
        return kind.model_validate(found)
    except ValidationError as fault:
        errors = [
            {"loc": ("body", "body", *one["loc"]), "type": one["type"]} for one in fault.errors()
        ]
        raise problems.invalid(errors) from None


@cache
def described(kind: type[BaseModel]) -> dict[str, Any]:
    """Its schema for the description of the API."""
    return kind.model_json_schema()
