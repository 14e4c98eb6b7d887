"""The state: areas, bodies, units, posts, calendars and competence."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "motcua.directory"
    label = "directory"
    verbose_name = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.directory import refusals  # noqa: F401  (they declare themselves)
