"""What travels between the platform and the software of public bodies."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "motcua.exchange"
    label = "exchange"
    verbose_name = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.exchange import refusals, tasks  # noqa: F401  (they register themselves)
