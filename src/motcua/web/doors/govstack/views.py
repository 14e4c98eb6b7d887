"""The addresses of the digital registries API (GovStack), on the same registers as everything."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.web.doors.govstack import asking, content, replies, writing
from motcua.web.doors.govstack.asking import Asking
from motcua.web.doors.govstack.content import Content

PAGE, MOST = 20, 100
MOST_CHANGED = 100


@require_GET
def listing(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """Records a page at a time, for the keepers of a register that may be leafed through."""
    asked = asking.asking(request, register, version)
    keys = registers.find_keys(asked.actor, register, _filtered(asked, request))
    size, page = _number(request, "pageSize", PAGE, MOST), _number(request, "page", 1, 10_000)
    if request.GET.get("ordering") == "descending":
        keys = keys[::-1]
    found = asking.read_keys(asked, keys[(page - 1) * size : page * size])
    body: dict[str, Any] = {
        "count": len(keys),
        "results": [content.write(asked.register, one) for one in found],
        "previous": _page(request, page - 1) if page > 1 else None,
    }
    if page * size < len(keys):
        body["next"] = _page(request, page + 1)
    return replies.reply(body)


def _filtered(asked: Asking, request: HttpRequest) -> dict[str, dict[str, Any]]:
    """`query.<field>=...`, or `filter` (the field) with `search` (its value)."""
    said = {
        name.removeprefix("query."): value
        for name, value in request.GET.items()
        if name.startswith("query.")
    }
    if (field := request.GET.get("filter")) and "search" in request.GET:
        said[field] = request.GET["search"]
    nested: dict[str, Any] = {}
    for name, value in said.items():
        fact, dot, rest = name.partition(".")
        if dot:
            nested.setdefault(fact, {})[rest] = value
        else:
            nested[name] = value
    return content.read(asked.register, nested).facts


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    given = request.GET.get(name, str(usual))
    if not given.isascii() or not given.isdigit() or len(given) > 6 or not 1 <= int(given) <= most:
        raise Refusal("doors.page", most=MOST)
    return int(given)


def _page(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


@require_POST
def create(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """A new record."""
    asked = asking.asking(request, register, version)
    given = asking.body_of(request, "write")
    made = writing.create(asked, asking.content_of(asked, given, "write"))
    return replies.reply({"content": content.write(asked.register, made)})


@require_POST
def exists(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """Whether such a record is there (and may be seen)."""
    asked = asking.asking(request, register, version)
    given = asking.body_of(request, "query")
    found = asking.matching(asked, asking.content_of(asked, given, "query"), most=1)
    message = "Object found from database" if found else "Object not found from database"
    return replies.reply({"answer": {"status": bool(found), "message": message}})


@require_POST
def read(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """The first record that fits."""
    asked = asking.asking(request, register, version)
    given = asking.body_of(request, "query")
    found = asking.matching(asked, asking.content_of(asked, given, "query"), most=1)
    if not found:
        raise Refusal("doors.no-record")
    return replies.reply({"content": content.write(asked.register, found[0])})


@require_http_methods(["PUT"])
def update(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """Change the one record that fits."""
    asked, query, write = _changing(request, register, version)
    found = asking.matching(asked, query, most=1)
    if not found:
        raise Refusal("doors.no-record")
    made = writing.change(asked, found[0], write)
    return replies.reply({"content": content.write(asked.register, made)})


@require_http_methods(["PUT"])
def update_entries(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """Change all records that fit, at most 100 at a time."""
    asked, query, write = _changing(request, register, version)
    found = asking.matching(asked, query, most=MOST_CHANGED)
    made = [writing.change(asked, one, write) for one in found]
    return replies.reply({"count": len(made)})


@require_POST
def update_or_create(request: HttpRequest, register: str, version: str) -> HttpResponse:
    """Change the record that fits, or make it."""
    asked, query, write = _changing(request, register, version)
    record = asked.read(query.key or write.key) if query.key or write.key else None
    if record is not None:
        made = writing.change(asked, record, write)
    else:
        key = write.key or query.key
        made = writing.create(asked, Content(key=key, facts=write.facts))
    return replies.reply({"content": content.write(asked.register, made)})


def _changing(request: HttpRequest, register: str, version: str) -> tuple[Asking, Content, Content]:
    asked = asking.asking(request, register, version)
    given = asking.body_of(request, "query", "write")
    query = asking.content_of(asked, given, "query")
    return asked, query, asking.content_of(asked, given, "write")


@require_http_methods(["DELETE"])
def delete(request: HttpRequest, register: str, version: str, key: str) -> HttpResponse:
    """End all that the record says."""
    writing.end(asking.asking(request, register, version), key)
    return replies.nothing()


@require_GET
def read_value(
    request: HttpRequest, register: str, version: str, *, record: str, field: str, ext: str
) -> HttpResponse:
    """One value of the record with this identifier; `ext` is json or txt."""
    asked = asking.asking(request, register, version)
    path = field if "." in field else f"{asked.register.facts[0].fact}.{field}"
    if asked.register.field(path) is None or ext not in ("json", "txt"):
        raise Refusal("doors.no-record")
    try:
        key = registers.key_of(register, UUID(record))
    except ValueError:
        raise Refusal("doors.no-record") from None
    found = asked.read(key, (path,)) if key else None
    value = found.get(path) if found else None
    if value is None:
        raise Refusal("doors.no-record")
    return replies.reply({"value": value} if ext == "json" else str(value))
