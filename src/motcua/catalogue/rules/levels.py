"""How far a service is online, computed from its definition and never claimed by it.

"full" or "partial" (Decree 42/2022, kept by its successors); `old` is the scale 1-4 of before 2022.
"""

from msgspec import Struct

from motcua.catalogue.rules.procedure import Fee, Procedure, Text


class ServiceLevel(Struct, frozen=True, kw_only=True):
    """`level` "full" or "partial", `old` 3 or 4, and why, in words."""

    level: str
    old: int
    reasons: tuple[Text, ...]


_FULL: Text = {
    "vi": "Nộp hồ sơ, nộp phí, theo dõi và nhận kết quả đều thực hiện được trên mạng.",
    "en": "Filing, paying, following and receiving the result can all be done online.",
    "fr": "Le dépôt, le paiement, le suivi et la remise du résultat se font tous en ligne.",
}
_PAID: Text = {
    "vi": "Tra cứu và nộp tiền đều thực hiện được trên mạng; biên lai là bản điện tử.",
    "en": "Finding what is owed and paying it can be done online; the receipt is electronic.",
    "fr": "La recherche et le paiement de la somme due se font en ligne ; le reçu est numérique.",
}
_ORIGINALS: Text = {
    "vi": "Phải nộp hoặc xuất trình bản chính giấy tờ tại bộ phận một cửa.",
    "en": "An original paper must be handed in or shown at the one-stop desk.",
    "fr": "Un document original doit être remis ou présenté au guichet unique.",
}
_COUNTER_FEE: Text = {
    "vi": "Phí, lệ phí chỉ nộp được tại quầy.",
    "en": "The fee can be paid at the counter only.",
    "fr": "Les frais ne peuvent être payés qu'au guichet.",
}


def service_level(procedure: Procedure) -> ServiceLevel:
    """The level of the service with its reasons (the definition's own explanation comes first)."""
    reasons = [procedure.partial] if procedure.partial else []
    if any(e.copies == "original" and not e.optional and not e.instead for e in procedure.evidence):
        reasons.append(_ORIGINALS)
    if _paid_at_counter_only(procedure):
        reasons.append(_COUNTER_FEE)
    if reasons:
        return ServiceLevel(level="partial", old=3, reasons=tuple(reasons))
    return ServiceLevel(level="full", old=4, reasons=(_PAID if procedure.pays else _FULL,))


def _paid_at_counter_only(procedure: Procedure) -> bool:
    online = {fee.fee for fee in procedure.fees if fee.channel != "counter"}
    return any(fee.fee not in online and may_cost(fee) for fee in procedure.fees)


def may_cost(fee: Fee) -> bool:
    """Whether the line can come to more than nothing."""
    return bool(fee.vnd > 0 or fee.gives)
