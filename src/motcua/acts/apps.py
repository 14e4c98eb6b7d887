from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "motcua.acts"
    label = "acts"
    default_auto_field = "django.db.models.BigAutoField"
