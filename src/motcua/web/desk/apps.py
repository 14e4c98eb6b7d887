from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "motcua.web.desk"
    label = "desk"

    def ready(self) -> None:
        from motcua.web.desk import refusals  # noqa: F401
