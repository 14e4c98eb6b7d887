"""What the state knows about people; read and written with a purpose."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "motcua.registers"
    label = "registers"
    verbose_name = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.registers import (  # noqa: F401  (they declare themselves)
            refusals,
            refusals_of_people,
            refusals_of_reading,
            tasks,
            tasks_of_people,
        )
