"""The table of verbs: who may say each, about which kind of task, under which guards.

A handler registers itself with `@verb(...)`. Guards look only at what is known before the
parameters, so that `allowed_verbs` and `decide` ask exactly the same questions.
"""

from collections.abc import Callable

from msgspec import Struct

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.state import Command, Dossier, Task
from motcua.dossiers.rules.turn import Turn

Handler = Callable[[Turn], None]

STEP, BRANCH, OPINION, APPLICANT = "step", "branch", "opinion", "applicant"
SEAL, HANDOVER_TASK, CORRECTION_TASK = "seal", "handover", "correction"
PAYMENT = "payment"


class Asked(Struct, frozen=True, kw_only=True):
    """Somebody's wish before it is heard: all that guards may look at."""

    procedure: Procedure
    dossier: Dossier
    command: Command
    task: Task | None = None


Guard = Callable[[Asked], None]


class Rule(Struct, frozen=True, kw_only=True):
    """One verb. `by`: "officer", "applicant", "system". `on`: kinds of task; empty = no task.

    in_may: the verb must be among those that the route allows on the task.
    needs: any of these permissions; empty = those of the task itself.
    alone: refused when another officer took the task.
    ended: may be said of a dossier that has ended.
    """

    verb: str
    handler: Handler
    by: frozenset[str]
    on: frozenset[str]
    in_may: bool
    needs: frozenset[str]
    alone: bool
    ended: bool
    guards: tuple[Guard, ...]


RULES: dict[str, Rule] = {}


def verb(
    name: str,
    *,
    by: tuple[str, ...] = ("officer",),
    on: tuple[str, ...] = (),
    in_may: bool = True,
    needs: tuple[str, ...] = (),
    alone: bool = True,
    ended: bool = False,
    guards: tuple[Guard, ...] = (),
) -> Callable[[Handler], Handler]:
    """Register a handler for a verb; each verb has exactly one."""

    def register(handler: Handler) -> Handler:
        if name in RULES:
            raise ValueError(f"verb registered twice: {name}")
        RULES[name] = Rule(
            verb=name,
            handler=handler,
            by=frozenset(by),
            on=frozenset(on),
            in_may=in_may,
            needs=frozenset(needs),
            alone=alone,
            ended=ended,
            guards=guards,
        )
        return handler

    return register
