"""Files that people give and papers that the administration issues."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.documents"
    label = "documents"
    verbose_name = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.documents import refusals, tasks  # noqa: F401  (they register themselves)
