"""The documentation of the API: each operation with a request that runs and its real answer."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from motcua.kernel.refusals import declared
from motcua.web.api import interface
from motcua.web.api.describing import OPERATIONS, Operation
from motcua.web.api.examples import STORY, Example, Recorded, filled, filled_body, recorded
from motcua.web.api.middleware import RATES

ROOT = "/api/v1"
GROUPS = {
    "catalogue": _("Services"),
    "applying": _("Applying"),
    "dossiers": _("Dossiers"),
    "work": _("The work of an office"),
    "bills": _("Bills"),
    "debts": _("What is owed"),
    "registers": _("Registers"),
    "webhooks": _("Webhooks"),
}
SCOPES = {
    "catalogue": _("Read services (needs no key at all)"),
    "dossiers:read": _("Read own applications and dossiers"),
    "dossiers:write": _("Apply, supplement, agree, withdraw, write"),
    "payments": _("Pay bills, fetch receipts"),
    "webhooks": _("Be told of what happens"),
    "queue:read": _("See the work of the office and its dossiers"),
    "queue:write": _("Take, check and decide as the post may"),
    "debts": _("Keep the books of what is owed"),
    "registers:read": _("Look at records of registers, as the post may"),
    "usage:read": _("Show people who saw their data (data tracker)"),
    "dci": _("Ask registers by signed messages (registry standard) and by /govstack/"),
}


class Shown(Struct, frozen=True, kw_only=True):
    """One example on the page. `places` are the names to fill in before it can run."""

    example: Example
    path: str
    curl: str
    answer: str
    places: tuple[tuple[str, str], ...]
    body: str
    takes: str


class Entry(Struct, frozen=True, kw_only=True):
    operation: Operation
    method: str
    path: str
    shown: tuple[Shown, ...]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everything on one page, that can be read and searched without a script."""
    context = {
        "groups": [(slug, title, list(_entries(slug))) for slug, title in GROUPS.items()],
        "scopes": list(SCOPES.items()),
        "per_minute": RATES["api-key"][0],
        "guest_per_minute": RATES["api-guest"][0],
        "root": settings.MOTCUA_ORIGIN + ROOT,
    }
    return render(request, "web_api/index.html", context)


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Every code that a problem can carry; `type` leads here."""
    rows = [(code, one.status, _plain(one.text)) for code, one in sorted(declared().items())]
    return render(request, "web_api/problems.html", {"rows": rows})


def _plain(sentence: Any) -> str:
    """Places for parameters as people write them."""
    return re.sub(r"%\((\w+)\)s", r"{\1}", str(sentence)).replace("%%", "%")


def _entries(group: str) -> Iterator[Entry]:
    paths = _paths()
    for name, operation in OPERATIONS.items():
        if operation.group == group:
            method, path = paths[name]
            yield Entry(operation=operation, method=method, path=path, shown=tuple(_told(name)))


def _paths() -> dict[str, tuple[str, str]]:
    described = interface.described()["paths"]
    return {
        one["operationId"]: (method.upper(), path)
        for path, item in described.items()
        for method, one in item.items()
    }


def _told(name: str) -> Iterator[Shown]:
    """Its examples; the same request twice is shown once."""
    answers, seen = recorded(), set()
    for number, example in enumerate(STORY):
        answer = answers.get(number)
        if example.operation != name or answer is None or (example.path, example.who) in seen:
            continue
        seen.add((example.path, example.who))
        yield _shown(example, answer)


def _shown(example: Example, answer: Recorded) -> Shown:
    path = ROOT + filled(example.path, answer.names)
    return Shown(
        example=example,
        path=ROOT + example.path,
        curl=_curl(example, path, answer.names),
        answer=_answer(answer),
        places=tuple(answer.names.items()),
        body="" if example.body is None else json.dumps(example.body, ensure_ascii=False),
        takes=json.dumps(example.takes),
    )


def _curl(example: Example, path: str, names: dict[str, str]) -> str:
    lines = [f'curl -X {example.method} "{settings.MOTCUA_ORIGIN}{path}"']
    if example.who:
        lines.append('-H "Authorization: Bearer $MOTCUA_KEY"')
    if example.key:
        lines.append(f'-H "Idempotency-Key: {example.key}"')
    if example.body is not None:
        body = filled_body(example.body, names)
        lines.append('-H "Content-Type: application/json"')
        lines.append(f"-d '{json.dumps(body, ensure_ascii=False, indent=2)}'")
    if example.file:
        lines.append(f'-F "{example.part}=@{example.file}"')
        lines += [f"-F '{name}={value}'" for name, value in example.form.items()]
    return " \\\n  ".join(lines)


def _answer(answer: Recorded) -> str:
    head = f"{answer.status} {answer.media_type}".strip()
    if answer.body is None:
        return head
    return f"{head}\n\n{json.dumps(answer.body, ensure_ascii=False, indent=1)}"
