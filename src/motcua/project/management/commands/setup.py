"""`motcua setup`: bring the database up to date and load the country pack."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.project.setup import set_up


class Command(BaseCommand):
    help = "Bring tables, translations, static files and the country pack up to date."

    def handle(self, *_args: Any, **_options: Any) -> None:
        set_up(lambda text: self.stdout.write(f"  {text}"))
