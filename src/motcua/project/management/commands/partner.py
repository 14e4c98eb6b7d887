"""`motcua partner`: which systems ask registers by signed messages, and letting one in or out."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from motcua.exchange import api as exchange
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal, sentence_of


class Command(BaseCommand):
    help = (
        "List the partners of a body, register one, or close one (docs/guides/registry-doors.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", choices=["list", "add", "close"])
        parser.add_argument("--leader", required=True, help="user name of who leads the body")
        parser.add_argument("--application", type=UUID, help="identifier of the application")
        parser.add_argument("--sender", default="", help="how it names itself in messages")
        parser.add_argument("--callback", default="", help="address below which it is called back")
        parser.add_argument("--keys", type=Path, help="file with its public keys, a JWK Set")
        parser.add_argument("--partner", type=UUID, help="identifier of the partner to close")

    def handle(self, *_args: Any, **options: Any) -> None:
        leader = self._leader(options["leader"])
        try:
            if options["do"] == "add":
                self._add(leader, options)
            elif options["do"] == "close":
                exchange.close_partner(leader, options["partner"] or UUID(int=0))
            for one in exchange.partners(leader):
                self.stdout.write(
                    f"{one.id}  {one.sender_id}  {one.callback}  {len(one.keys)} keys"
                )
        except Refusal as no:
            faults = [sentence_of(problem.code).text for problem in no.problems]
            said = "; ".join(str(one) for one in faults) or sentence_of(no.code).text % no.params
            raise CommandError(str(said)) from None

    def _leader(self, name: str) -> Actor:
        account = identity.account_by_username(name)
        if account is None:
            raise CommandError("There is no such user.")
        for post in identity.current_posts(account.id):
            actor = identity.actor_of(account, post.id)
            if "lead" in actor.permissions:
                return actor
        raise CommandError("This user leads no body.")

    def _add(self, leader: Actor, options: dict[str, Any]) -> None:
        if options["application"] is None or options["keys"] is None:
            raise CommandError("--application and --keys are needed.")
        try:
            given = json.loads(options["keys"].read_text())
            keys = given["keys"] if isinstance(given, dict) else given
        except (OSError, ValueError, KeyError):
            raise CommandError("The file of keys cannot be read as a JWK Set.") from None
        made = exchange.register_partner(
            leader,
            application_id=options["application"],
            sender_id=options["sender"],
            callback=options["callback"],
            keys=keys,
        )
        self.stdout.write(f"Registered {made.sender_id}.")
