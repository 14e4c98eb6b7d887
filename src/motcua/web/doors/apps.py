"""Doors for other systems: the registers in the words of two published standards."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "motcua.web.doors"
    label = "web_doors"
    verbose_name = "doors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.web.doors import refusals, tasks  # noqa: F401  (they register themselves)
