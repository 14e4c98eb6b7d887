"""Registers for connected software of bodies: what is declared, one record, its history, disputes.

The key of a record is a personal number, a plate, a contract code: personal data. Addresses are
written to logs, histories and proxies, so a record is asked for in the body of a POST, never by its
address; for the same reason nothing of a record is an ETag or a cache's entry.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.web.api import shapes, shapes_of_registers
from motcua.web.api.bodies_of_registers import DisputeIn, HistoryIn, ReadIn, described, taken
from motcua.web.api.callers import Key, actor_of
from motcua.web.api.describing import operation
from motcua.web.api.writing import reply, written

router = Router()
GROUP = "registers"
LOOK = Key("registers:read")
ONE = "/registers/{slug:name}"


@router.get(
    "/registers",
    **operation("list_registers", _("The registers"), shapes_of_registers.Registers, group=GROUP),
)
def list_registers(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What the state keeps, by whom and by which law. For anybody."""
    items = tuple(map(shapes_of_registers.row_of, registers.registers().values()))
    return reply(shapes_of_registers.Registers(items=items))


@router.get(
    ONE,
    **operation(
        "get_register", _("A register in words"), shapes_of_registers.Declared, group=GROUP
    ),
)
def get_register(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """Its fields, and who may read which of them for which purpose. For anybody."""
    return reply(shapes_of_registers.declared_of(registers.register(name)))


@router.post(
    f"{ONE}/read",
    **operation(
        "read_record", _("Look at a record"), registers.Record, group=GROUP, key=LOOK,
        body=described(ReadIn),
    ),
)  # fmt: skip
def read_record(request: HttpRequest, name: str) -> HttpResponse:
    """For a purpose: "duty/...", or "procedure/..." with the dossier that names the record.

    Only fields that are granted are in the answer; `withheld` names the others. What is not there
    and what may not be seen is the same 404. Each look is an act that the person sees.
    """
    found = look(actor_of(request), name, taken(request, ReadIn))
    if found is None:
        raise Refusal("registers.nothing-to-see")
    return reply(found)


def read_straight(request: HttpRequest, name: str) -> HttpResponse:
    """The operation above as a plain view: the framework's way to it costs as much as a statement,
    and nothing is asked as often. What it checks is checked here; the rest is the same."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    LOOK(request)
    return read_record(request, name)


@router.post(
    f"{ONE}/history",
    **operation(
        "read_history", _("All that a record ever held"), shapes_of_registers.History,
        group=GROUP, key=LOOK, body=described(HistoryIn),
    ),
)  # fmt: skip
def read_history(request: HttpRequest, name: str) -> HttpResponse:
    """Every version on both axes of time, replaced ones too, as far as granted."""
    given = taken(request, HistoryIn)
    ask = registers.Ask(register=name, key=given.key, fields=given.fields)
    found = registers.history(actor_of(request), ask, purpose=given.purpose, reason=given.reason)
    if not found:
        raise Refusal("registers.nothing-to-see")
    return reply(shapes_of_registers.History(items=found))


@router.post(
    f"{ONE}/disputes",
    **operation(
        "open_dispute", _("Contest what a record says"), shapes.Created, group=GROUP, key=LOOK,
        status=201, writes=True, body=described(DisputeIn),
    ),
)  # fmt: skip
def open_dispute(request: HttpRequest, name: str) -> HttpResponse:
    """For the person, by who keeps the register: until it is answered nothing adverse may rest on
    that version by itself."""
    given, actor = taken(request, DisputeIn), actor_of(request)

    def do() -> shapes.Created:
        made = registers.open_dispute(
            actor,
            register=name,
            key=given.key,
            version_id=given.version_id,
            field=given.field,
            claim=given.claim,
        )
        return shapes.Created(id=made)

    return written(request, do, status=201)


def look(actor: Actor, name: str, given: ReadIn) -> registers.Record | None:
    """By its dossier for a procedure; straight for a duty."""
    ask = registers.Ask(register=name, key=given.key, fields=given.fields)
    if given.dossier:
        return dossiers.read_record(
            actor,
            _dossier_id(given.dossier),
            ask,
            purpose=given.purpose,
            as_of=given.as_of,
            known_at=given.known_at,
        )
    return registers.read(
        actor,
        ask,
        purpose=given.purpose,
        reason=given.reason,
        as_of=given.as_of,
        known_at=given.known_at,
    )


def _dossier_id(text: str) -> UUID:
    """A dossier by its identifier or by the code that people read."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(dossiers.track(text).reference)
