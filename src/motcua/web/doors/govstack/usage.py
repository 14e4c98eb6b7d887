"""`MyPersonalDataUsage`: who looked at a person's data, from the ledger; and the registers as
"databases", which are files here and cannot be changed over the wire."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.kernel.refusals import Refusal
from motcua.openness import api as openness
from motcua.openness.api import Usage
from motcua.registers import api as registers
from motcua.registers.api import Register
from motcua.web.doors.govstack import asking, replies

MOST = 1000


@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """The entries of one person about one register, newest first; for portals that may relay
    them. Refusals doors.user (400), openness.*"""
    caller = asking.client_of(request)
    user = request.GET.get("userId") or request.GET.get("userID") or ""
    name = request.GET.get("databaseId") or request.GET.get("DatabaseID") or ""
    if len(user) != 12 or not user.isascii() or not user.isdigit():
        raise Refusal("doors.user")
    if name not in registers.registers():
        raise Refusal("doors.user")
    _total, found = openness.usage_for(caller.actor, user=user, subject=user, limit=MOST)
    return replies.reply([_entry(user, one) for one in found if one.register == name])


def _entry(user: str, one: Usage) -> dict[str, Any]:
    """Officers are named by body and post, never by private name."""
    body = one.body.get("en") or one.body.get("vi", "")
    post = one.post.get("en") or one.post.get("vi", "")
    return {
        "ID": user,
        "ReaderID": one.body_code,
        "ReaderInitials": post,
        "ReaderInstitutionID": one.body_code,
        "ReaderInstitutionName": body,
        "ReaderApplicationName": one.who,
        "SearchDateTime": one.at.isoformat(),
        "Refrences": [{"ReferenceID": one.dossier_code or str(one.id)}],
    }


@require_GET
def databases(request: HttpRequest) -> HttpResponse:
    """All registers, as their files declare them."""
    asking.client_of(request)
    known = list(registers.registers().values())
    return replies.reply(
        {
            "id": 1,
            "name": "MotCua",
            "code": "registers",
            "databases": [_database(number, one) for number, one in enumerate(known, 1)],
        }
    )


@require_http_methods(["GET", "DELETE"])
def database(request: HttpRequest, number: str) -> HttpResponse:
    """One register by its place in the list, or by its name."""
    asking.client_of(request)
    if request.method == "DELETE":
        raise Refusal("doors.read-only", why="a register is a file of the pack")
    known = list(registers.registers().values())
    for place, one in enumerate(known, 1):
        if number in (str(place), one.register):
            return replies.reply(_database(place, one))
    raise Refusal("doors.no-register")


@require_http_methods(["POST"])
def modify(request: HttpRequest) -> HttpResponse:
    """Never: whoever changes a register changes its file, which is reviewed."""
    asking.client_of(request)
    raise Refusal("doors.read-only", why="a register is a file of the pack")


def _database(number: int, one: Register) -> dict[str, Any]:
    fields = {
        path: {
            "type": field.kind,
            "description": field.title.get("en", ""),
            "readOnly": field.sealed,
        }
        for path in one.paths()
        if (field := one.field(path))
    }
    return {
        "id": number,
        "version": one.notes.get("govstack-version", "1.0"),
        "name": one.register,
        "description": one.title.get("en", ""),
        "institution": one.owner,
        "schema": {"type": "object", "properties": fields},
    }
