"""`motcua registers population | import | export | ...`: the registers from the operator's side."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.kernel.refusals import Refusal, sentence_of
from motcua.project.registers_cli import VERBS, verb


class Command(BaseCommand):
    help = "Fill, import, export and keep the registers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for name in VERBS:
            if module := verb(name):
                module.arguments(verbs.add_parser(name, help=module.HELP))

    def handle(self, *_args: Any, **options: Any) -> None:
        module = verb(options["verb"])
        if module is None:
            raise CommandError("There is no such verb.")
        try:
            module.run(options, self.stdout.write)
        except Refusal as refusal:
            raise CommandError(str(sentence_of(refusal.code).text) % refusal.params) from None
