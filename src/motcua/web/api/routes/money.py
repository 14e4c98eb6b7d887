"""Bills and debts: found, paid, and told by the creditors' own books."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import api as payments
from motcua.web.api import shapes
from motcua.web.api.bodies import (
    FindDebtsIn,
    Limit,
    PayDebtsIn,
    PayIn,
    PutDebtsIn,
    Slug,
    WithdrawDebtIn,
)
from motcua.web.api.callers import READ, Key, actor_of
from motcua.web.api.describing import operation
from motcua.web.api.reading import nested, raw_of, unknown_answers
from motcua.web.api.routes.catalogue import form_context
from motcua.web.api.routes.dossiers import PDF, download
from motcua.web.api.writing import HEADER, reply, written
from motcua.web.shell.middleware import address_of

router = Router()
BILLS, DEBTS = "bills", "debts"
PAY, BOOKS = Key("payments"), Key("debts")


@router.get("/bills", **operation("list_bills", _("My bills"), shapes.Bills, group=BILLS, key=PAY))
def list_bills(request: HttpRequest, limit: Limit = 50) -> HttpResponse:
    """What the caller has to pay or has paid, newest first."""
    return reply(shapes.Bills(items=payments.my_bills(actor_of(request), limit=limit)))


@router.get(
    "/dossiers/{uuid:dossier_id}/bills",
    **operation(
        "list_bills_of_dossier", _("The bills of a dossier"), shapes.Bills, group=BILLS, key=READ
    ),
)
def list_bills_of_dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """With payments, receipts and refunds."""
    dossiers.dossier_view(actor_of(request), dossier_id)  # who may not see it hears 404
    found = payments.bills_of([dossier_id]).get(dossier_id, ())
    return reply(shapes.Bills(items=tuple(found)))


@router.get(
    "/bills/{slug:code}",
    **operation("get_bill", _("One bill"), payments.BillView, group=BILLS),
)
def get_bill(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """For anybody who holds its code: what is due, the VietQR text, what was paid."""
    return reply(payments.bill_by_code(code[:80]))


@router.post(
    "/bills/{slug:code}/payments",
    **operation(
        "start_payment", _("Pay a bill"), shapes.PaymentStarted,
        group=BILLS, key=PAY, status=201, writes=True, key_required=True,
    ),
)  # fmt: skip
def start_payment(request: HttpRequest, code: str, body: PayIn | None = None) -> HttpResponse:
    """Gives the address of the gateway where the payer goes; the same Idempotency-Key gives the
    same attempt while it is open. Coming back proves nothing: the bill says what was paid."""
    if not request.headers.get(HEADER, ""):
        raise Refusal("api.key-needed")
    given = body or PayIn()
    url = payments.start_payment(  # has its own key: the gateway is asked between transactions
        actor_of(request),
        code[:80],
        key=_payment_key(request),
        language=given.language,
        ip=address_of(request),
    )
    return reply(shapes.PaymentStarted(url=url), status=201)


def _payment_key(request: HttpRequest) -> str:
    """Of this application only, so that nobody meets another's attempt."""
    caller: identity.Caller = request.caller  # type: ignore[attr-defined]
    named = f"{caller.application_id}:{request.headers.get(HEADER, '') or get_random_string(24)}"
    return hashlib.sha256(named.encode()).hexdigest()[:40]


@router.get(
    "/bills/{slug:code}/receipts/{uuid:receipt_id}",
    **operation("open_receipt", _("Fetch a receipt"), bytes, group=BILLS, key=PAY, media_type=PDF),
)
def open_receipt(request: HttpRequest, code: str, receipt_id: UUID) -> HttpResponse:
    """The signed receipt, as PDF."""
    return download(payments.open_receipt(actor_of(request), code[:80], receipt_id))


@router.post(
    "/debts/find",
    **operation("find_debts", _("Find what is owed"), shapes.FoundDebts, group=DEBTS),
)
def find_debts(request: HttpRequest, body: FindDebtsIn) -> HttpResponse:
    """By all the numbers that the creditor printed, for anybody, a limited number of times. What
    is not found tells nothing more."""
    procedure = catalogue.current(body.service, directory.today())
    if procedure.pays is None:
        raise Refusal("catalogue.no-such-service", key=body.service)
    answers = _read(procedure, nested(body.answers))
    found = payments.find_debts(
        actor_of(request),
        procedure.pays.debts,
        {key: str(catalogue.get(answers, at) or "") for key, at in procedure.pays.find.items()},
        by=address_of(request),
        shows=[one.name for one in procedure.pays.shows],
    )
    return reply(shapes.FoundDebts(items=tuple(found)))


def _read(procedure: catalogue.Procedure, given: dict[str, Any]) -> dict[str, Any]:
    fields = catalogue.visible_fields(procedure, {})
    raw, faults = raw_of(fields, given)
    answers, more = catalogue.read_fields(procedure, fields, raw, context=form_context())
    wrong = {one.path for one in faults}
    problems = (
        *unknown_answers(procedure, given),
        *faults,
        *(one for one in more if one.path not in wrong),
    )
    if problems:
        raise Refusal("dossiers.form-incomplete", problems, count=len(problems))
    return answers


@router.post(
    "/debts/pay",
    **operation(
        "pay_debts", _("Make a bill of what was found"), shapes.BillCode,
        group=DEBTS, key=PAY, status=201, writes=True,
    ),
)  # fmt: skip
def pay_debts(request: HttpRequest, body: PayDebtsIn) -> HttpResponse:
    """One bill for debts of one creditor; then pay it as any bill."""
    actor = actor_of(request)

    def do() -> shapes.BillCode:
        code = payments.pay_debts(
            actor,
            body.tokens,
            _payer(actor),
            key=_payment_key(request),
            language=body.language,
        )
        return shapes.BillCode(code=code)

    return written(request, do, status=201)


def _payer(actor: Actor) -> payments.Payer:
    if actor.account_id is None:
        return payments.Payer()
    card = identity.account(actor.account_id)
    return payments.Payer(
        name=card.full_name, account_id=card.id, phone=card.phone, email=card.email
    )


@router.put(
    "/debts",
    **operation(
        "put_debts", _("Say what is owed"), payments.PutCounts, group=DEBTS, key=BOOKS, writes=True
    ),
)
def put_debts(request: HttpRequest, body: PutDebtsIn) -> HttpResponse:
    """New ones and changed ones, up to 1,000 at once, in the books of the caller's own body."""
    drafts = msgspec.convert([one.model_dump() for one in body.debts], list[payments.DebtDraft])
    actor = actor_of(request)
    return written(request, lambda: payments.put_debts(actor, _body(actor), drafts))


@router.post(
    "/debts/withdraw",
    **operation(
        "withdraw_debt", _("Withdraw what is owed"), None,
        group=DEBTS, key=BOOKS, status=204, writes=True,
    ),
)  # fmt: skip
def withdraw_debt(request: HttpRequest, body: WithdrawDebtIn) -> HttpResponse:
    """Nothing is due any more; a second time changes nothing."""
    actor = actor_of(request)

    def do() -> None:
        payments.withdraw_debt(actor, _body(actor), kind=body.kind, reference=body.reference)

    return written(request, do, status=204)


@router.get(
    "/debts",
    **operation("list_debts", _("The creditor's list"), shapes.Debts, group=DEBTS, key=BOOKS),
)
def list_debts(
    request: HttpRequest,
    kind: Slug = "",
    status: Annotated[str, Query(pattern="^(open|paid|withdrawn|)$")] = "",
    after: UUID | None = None,
    *,
    limit: Limit = 100,
) -> HttpResponse:
    """Newest first, with what was paid."""
    actor = actor_of(request)
    found = payments.debts_of(
        actor, _body(actor), kind=kind, status=status, limit=limit + 1, after=after
    )
    page = tuple(found[:limit])
    return reply(shapes.Debts(items=page, next=str(page[-1].id) if len(found) > limit else ""))


def _body(actor: Actor) -> UUID:
    if actor.body_id is None:
        raise Refusal("identity.not-allowed", permission="debts")
    return actor.body_id
