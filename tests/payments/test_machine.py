"""Everything that may happen to bills, in any order, doubled and late: the money is conserved."""

from contextlib import suppress
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from motcua.directory.api import Body, body_by_code
from motcua.kernel.actors import GUEST, SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.payments import api
from motcua.payments.api import BillLine, DebtDraft, Payer
from motcua.payments.models import Bill, Debt, DebtOnBill, Payment, Receipt, Refund, SuspenseItem
from motcua.payments.operations import notices, refunding
from motcua.payments.queries import books
from motcua.payments.rules import accounts
from motcua.payments.rules.references import content_of, reference_of
from tests.payments.fakes import Book, pay, said

VND = st.sampled_from([1_000, 30_000, 100_000])
DEBT_KEYS = {"code": "K1"}


def officer(body: Body) -> Actor:
    rights = frozenset({"receive", "lead", "treasurer"})
    about = {"kind": "officer", "account_id": new_id(), "post_id": new_id()}
    return Actor(body_id=body.id, permissions=rights, **about)


class Money(RuleBasedStateMachine):
    """Draws an action; refusals are expected noes, anything else is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        Book.empty()
        self.ward = body_by_code("H26.00004")
        self.officers = [officer(self.ward), officer(self.ward)]
        self.bills: list[UUID] = []
        self.references: list[str] = []
        self.told: list[dict[str, str]] = []
        self.came_in = 0
        self.numbers = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def number(self) -> str:
        self.numbers += 1
        return f"N{self.numbers}"

    def tell(self, params: dict[str, str]) -> None:
        before = self._gross()
        verdict = api.take_notice("fake", params)["verdict"]
        assert verdict not in ("trouble", "bad-signature")
        if params in self.told:
            assert self._gross() == before
        self.told.append(params)

    def _gross(self) -> int:
        moved = [line for line in api.trial_balance() if line.kind in ("gateway", "bank", "till")]
        return sum(line.debit_vnd for line in moved)

    @rule(vnd=VND)
    def open_a_bill(self, vnd: int) -> None:
        bill_id = new_id()
        lines = [BillLine(code="fee", title={"vi": "Phí"}, vnd=vnd)]
        about = {"payer": Payer(), "object": ("dossier", bill_id), "creditor_id": self.ward.id}
        api.open_bill(SYSTEM, bill_id=bill_id, lines=lines, **about)  # type: ignore[arg-type]
        self.bills.append(bill_id)

    @rule(vnd=VND, reference=st.sampled_from(["D1", "D2"]))
    def put_a_debt(self, vnd: int, reference: str) -> None:
        about = {"kind": "tax", "keys": DEBT_KEYS, "amount_vnd": vnd}
        api.put_debts(SYSTEM, self.ward.id, [DebtDraft(reference=reference, **about)])  # type: ignore[arg-type]

    @rule(who=st.integers(0, 2))
    def bill_the_debts(self, who: int) -> None:
        cards = api.find_debts(SYSTEM, "tax", DEBT_KEYS)
        if cards:
            tokens = [card.token for card in cards]
            code = api.pay_debts(SYSTEM, tokens, Payer(), key=str(who))
            self.bills.append(Bill.objects.get(code=code).id)

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), key=st.sampled_from(["a", "b"]))
    def start(self, data: st.DataObject, key: str) -> None:
        bill = Bill.objects.get(id=data.draw(st.sampled_from(self.bills)))
        try:
            api.start_payment(GUEST, bill.code, key=key, return_url="https://x.example/")
        except Refusal:
            return
        rows = Payment.objects.filter(bill_id=bill.id, means="gateway", status="started")
        self.references += [reference_of(bill.code, row.nth) for row in rows]

    @precondition(lambda self: self.references)
    @rule(data=st.data(), wrong=st.sampled_from(["", "", "", "amount", "currency", "cancelled"]))
    def notice(self, data: st.DataObject, wrong: str) -> None:
        reference = data.draw(st.sampled_from(sorted(set(self.references))))
        if reference not in Book.orders:
            return
        if wrong == "cancelled":
            self.tell(said(reference, 1, state="cancelled", transaction=""))
            return
        params = pay(reference, self.number())
        if wrong == "amount":
            params["vnd"] = "777"
        elif wrong == "currency":
            params["currency"] = "USD"
        if wrong:
            Book.paid[reference].pop()
        self.tell(params)

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def tell_again(self, data: st.DataObject) -> None:
        self.tell(data.draw(st.sampled_from(self.told)))

    @rule(vnd=VND, data=st.data())
    def transfer(self, vnd: int, data: st.DataObject) -> None:
        bill_id = data.draw(st.sampled_from([None, *self.bills]))
        content = content_of(Bill.objects.get(id=bill_id).code) if bill_id else "nothing"
        about = {"kind": "transfer", "account": "MCX", "content": content}
        self.tell(said("", vnd, transaction=self.number(), **about))

    @precondition(lambda self: self.references)
    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(self.references))
        nth = int(code[16:])
        payment = next(
            row
            for row in Payment.objects.filter(nth=nth, means="gateway")
            if reference_of(Bill.objects.get(id=row.bill_id).code, nth) == code
        )
        notices.ask(payment.bill_id, payment.id)

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), key=st.sampled_from(["a", "b"]), vnd=st.sampled_from([0, 1_000]))
    def at_the_counter(self, data: st.DataObject, key: str, vnd: int) -> None:
        bill_id = data.draw(st.sampled_from(self.bills))
        about = {"means": "cash", "reference": "", "key": key, "amount_vnd": vnd}
        with suppress(Refusal):
            api.record_counter_payment(self.officers[0], bill_id, **about)  # type: ignore[arg-type]

    @precondition(lambda self: self.bills)
    @rule(data=st.data(), late=st.booleans())
    def close(self, data: st.DataObject, late: bool) -> None:
        bill_id = data.draw(st.sampled_from(self.bills))
        api.refund_late(bill_id) if late else api.cancel_bill(SYSTEM, bill_id, "withdrawn")

    @rule(data=st.data(), vnd=VND)
    def ask_back(self, data: st.DataObject, vnd: int) -> None:
        paid = list(Payment.objects.filter(status="confirmed").order_by("id"))
        if not paid:
            return
        about = {"amount_vnd": vnd, "reason": "asked"}
        row = data.draw(st.sampled_from(paid))
        with suppress(Refusal):
            api.request_refund(self.officers[0], row.id, **about)  # type: ignore[arg-type]

    @rule(yes=st.booleans())
    def decide(self, yes: bool) -> None:
        for row in Refund.objects.filter(status="asked"):
            if yes:
                api.approve_refund(self.officers[1], row.id)
            else:
                api.decline_refund(self.officers[1], row.id, say="no")

    @rule(how=st.sampled_from(["to-bill", "give-back", "explained"]))
    def settle(self, how: str) -> None:
        code = Bill.objects.filter(status="open").values_list("code", flat=True).first() or ""
        for item in SuspenseItem.objects.filter(settled_at__isnull=True):
            with suppress(Refusal), transaction.atomic():
                api.settle_suspense(self.officers[0], item.id, how=how, say="", bill_code=code)

    @rule(refuses=st.booleans())
    def give_back(self, refuses: bool) -> None:
        Book.refuses = refuses
        for row in Refund.objects.filter(status__in=["approved", "sent"]):
            if Payment.objects.get(bill_id=row.bill_id, id=row.payment_id).means == "gateway":
                refunding.make_refund(row.bill_id, row.id)
            else:
                api.refund_made_by_hand(self.officers[1], row.id, reference="UNC")

    @invariant()
    def journals_are_whole(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert sum(line.balance_vnd for line in api.trial_balance()) == 0

    @invariant()
    def what_came_in_is_on_bills_or_left_over(self) -> None:
        sums = Payment.objects.aggregate(
            paid=Sum("paid_vnd", default=0),
            applied=Sum("applied_vnd", default=0),
            surplus=Sum("surplus_vnd", default=0),
        )
        receipts = Receipt.objects.aggregate(vnd=Sum("amount_vnd", default=0))["vnd"]
        bills = Bill.objects.aggregate(vnd=Sum("paid_vnd", default=0))["vnd"]
        assert sums["paid"] == sums["applied"] + sums["surplus"]
        assert sums["applied"] == receipts == bills

    @invariant()
    def a_creditor_is_owed_what_paid_his_bills_less_refunds(self) -> None:
        applied = Payment.objects.aggregate(vnd=Sum("applied_vnd", default=0))["vnd"]
        given_back = Refund.objects.filter(
            source="bill", status__in=["approved", "sent", "made", "failed"]
        ).aggregate(vnd=Sum("amount_vnd", default=0))["vnd"]
        assert books.balance_of(accounts.payable(self.ward.id)) == given_back - applied

    @invariant()
    def approved_refunds_are_owed_until_made(self) -> None:
        owed = Refund.objects.filter(status__in=["approved", "sent", "failed"])
        total = owed.aggregate(vnd=Sum("amount_vnd", default=0))["vnd"]
        assert books.balance_of(accounts.REFUNDS) == -total

    @invariant()
    def suspense_is_what_waits(self) -> None:
        waiting = SuspenseItem.objects.filter(settled_at__isnull=True)
        known = waiting.aggregate(vnd=Sum("amount_vnd", default=0))["vnd"]
        undecided = Refund.objects.filter(source="surplus", status="asked")
        asked = undecided.aggregate(vnd=Sum("amount_vnd", default=0))["vnd"]
        assert -books.balance_of(accounts.SUSPENSE) == known + asked

    @invariant()
    def debts_have_what_their_bills_gave(self) -> None:
        for debt in Debt.objects.all():
            claims = DebtOnBill.objects.filter(debt_id=debt.id)
            assert debt.paid_vnd <= sum(claim.paid_vnd for claim in claims)


Money.TestCase.settings = settings(
    max_examples=4,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes here
    suppress_health_check=list(HealthCheck),
)


def test_money_is_conserved_whatever_happens(country: None) -> None:
    Money.TestCase().runTest()
