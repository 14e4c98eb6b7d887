from django.apps import AppConfig


class PayingConfig(AppConfig):
    name = "motcua.web.paying"
    label = "paying"
