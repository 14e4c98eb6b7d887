"""The shell: layout, components, guards and error pages that all screens share."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "motcua.web.shell"
    label = "shell"

    def ready(self) -> None:
        from motcua.web.shell import refusals  # noqa: F401 - declares the sentences
