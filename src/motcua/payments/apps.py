"""Bills, payments, receipts, refunds and the books that hold them."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "motcua.payments"
    label = "payments"
    verbose_name = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.payments import (  # noqa: F401  (they register themselves)
            daily,
            reconciliation_refusals,
            refusals,
            tasks,
        )
        from motcua.payments.queries import parties  # noqa: F401  (whom a bill or debt concerns)
