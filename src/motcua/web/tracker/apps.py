"""The door for clients of the data tracker."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "motcua.web.tracker"
    label = "web_tracker"

    def ready(self) -> None:
        from motcua.web.tracker import refusals  # noqa: F401 - declares the sentences
