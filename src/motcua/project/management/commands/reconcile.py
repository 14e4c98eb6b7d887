"""`motcua reconcile`: compare a day with the gateway's statement and the bank's credits."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal, sentence_of


class Command(BaseCommand):
    help = "Compare our books of a day with the gateway's statement and the bank's credits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, help="2026-11-22; yesterday without")
        parser.add_argument("--gateway", default="", help="its name; the first one without")

    def handle(self, *_args: Any, **options: Any) -> None:
        from django.utils import timezone

        from motcua.payments import api as payments

        day = options["day"] or timezone.localdate(clock.now()) - timedelta(days=1)
        try:
            run = payments.reconcile_day(SYSTEM, day, options["gateway"])
        except Refusal as refusal:
            raise CommandError(str(sentence_of(refusal.code).text)) from None
        self.stdout.write(
            f"{run.gateway} {run.day}: {run.ours} movements here, {run.theirs} there; "
            f"owed {run.owed_vnd} VND, credited {run.credited_vnd}, fees {run.fees_vnd}."
        )
        for one in run.found:
            state = f"settled ({one.how})" if one.is_settled else f"open until {one.due_on}"
            self.stdout.write(
                f"  {one.kind:14} {one.about:10} {one.number or one.reference or '-':20} "
                f"here {one.ours_vnd:>13} {one.ours_status or '-':8} "
                f"there {one.theirs_vnd:>13} {one.theirs_status or '-':8} {state}"
            )
        if not run.found:
            self.stdout.write("  Everything agrees.")
