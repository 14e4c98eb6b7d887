"""Bringing a database up to date: tables, translations, static files, the country's pack."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

Progress = Callable[[str], None]


def set_up(progress: Progress) -> None:
    """Everything an installation needs before it serves; repeatable, quick when nothing changed."""
    progress("Tables")
    call_command("migrate", verbosity=0, interactive=False)
    progress("Translations")
    call_command("texts", compile=True, verbosity=0)
    progress("Static files")
    call_command("collectstatic", verbosity=0, interactive=False)
    load_pack(progress)


def load_pack(progress: Progress) -> None:
    """Load the country: areas, bodies, roles, then its services; one fault changes nothing."""
    from motcua.catalogue import api as catalogue
    from motcua.directory import api as directory

    progress(f"Country pack {settings.MOTCUA_PACK.name}")
    directory.load_directory(settings.MOTCUA_PACK, progress=progress)
    catalogue.load_pack(settings.MOTCUA_PACK)
