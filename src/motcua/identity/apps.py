"""Accounts, sign-in, rights, posts in use and notifications."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.identity"
    label = "identity"
    verbose_name = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.identity import refusals, tasks  # noqa: F401  (they register themselves)
