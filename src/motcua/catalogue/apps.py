"""The catalogue of public services: packs compiled into procedures, forms, routes; search."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "motcua.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from motcua.catalogue import refusals  # noqa: F401  (declares its sentences)
