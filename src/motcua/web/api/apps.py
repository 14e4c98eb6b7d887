"""The doors for machines: the API and the page that documents it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "motcua.web.api"
    label = "web_api"

    def ready(self) -> None:
        from motcua.web.api import refusals  # noqa: F401 - declares the sentences
