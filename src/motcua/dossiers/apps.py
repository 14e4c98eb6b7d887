from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They register themselves: sentences of refusals, jobs and duties, whom a dossier concerns.
        from motcua.dossiers import refusal_texts, refusals, tasks  # noqa: F401
        from motcua.dossiers.queries import parties  # noqa: F401
