"""Who saw my data, questions about it, and the rights over personal data."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "motcua.openness"
    label = "openness"
    verbose_name = "openness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.openness import refusals, tasks  # noqa: F401 - declare themselves
