"""Bills and debts: found, paid, and told by the creditors' own books."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.conf import settings
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
from motcua.web.api.routes.dossiers import PDF, download
from motcua.web.api.writing import HEADER, reply, written
from motcua.web.shell.middleware import address_of

router = Router()
BILLS, DEBTS = "bills", "debts"
PAY, BOOKS = Key("payments"), Key("debts")
GATEWAY = "sandbox"


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
        group=BILLS, key=PAY, status=201, writes=True,
    ),
)  # fmt: skip
def start_payment(request: HttpRequest, code: str, body: PayIn | None = None) -> HttpResponse:
    """Gives the address of the gateway where the payer goes. Coming back proves nothing: the bill
    says what was paid."""
    given = body or PayIn()
    origin = settings.MOTCUA_ORIGIN

    def do() -> shapes.PaymentStarted:
        url = payments.start_payment(
            actor_of(request),
            code[:80],
            key=_payment_key(request),
            return_url=f"{origin}/pay/return/{GATEWAY}/",
            notify_url=f"{origin}/pay/notice/{GATEWAY}/",
            language=given.language,
            ip=address_of(request),
        )
        return shapes.PaymentStarted(url=url)

    return written(request, do, status=201)


def _payment_key(request: HttpRequest) -> str:
    caller: identity.Caller = request.caller  # type: ignore[attr-defined]
    given = request.headers.get(HEADER, "") or get_random_string(24)
    return f"{caller.application_id.hex[-12:]}:{given}"[:64]


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
    """By all the keys that the creditor printed, for anybody, a limited number of times. What is
    not found tells nothing more."""
    pays = catalogue.current(body.service, directory.today()).pays
    if pays is None:
        raise Refusal("catalogue.no-such-service", key=body.service)
    found = payments.find_debts(
        actor_of(request),
        pays.debts,
        dict(body.keys),
        by=address_of(request),
        shows=[one.name for one in pays.shows],
    )
    return reply(shapes.FoundDebts(items=tuple(found)))


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
