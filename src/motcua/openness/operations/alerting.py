"""A message on the day after somebody looked: for those who agreed to it, and for nobody else.

The one processing of this room that rests on consent. Who wants it is remembered here only to know
where to look; whether the consent holds, to the words in force, is asked of the register each time.
"""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.refusals import Refusal
from motcua.openness.models import AccessAlert
from motcua.openness.queries.consents import has_consent
from motcua.openness.queries.relatives import oneself
from motcua.openness.rules.entries import FAMILIES, NEVER, VERBS

ALERTS = "access-alerts"
CHECK = "duty/check-consent"
_MOST = 100


def watch(person_id: UUID, account_id: UUID | None) -> None:
    """Look after this person's log, or (without an account) no longer."""
    if account_id is None:
        AccessAlert.objects.filter(person_id=person_id).delete()
        return
    AccessAlert.objects.update_or_create(
        person_id=person_id,
        defaults={"account_id": account_id, "told_until": directory.today()},
    )


@transaction.atomic
def send_alerts() -> int:
    """Tell those who agreed how often they were looked at until yesterday; how many were told.

    What is told only later, and what they did themselves, is not counted. Again on the same day
    does nothing.
    """
    today = directory.today()
    due = AccessAlert.objects.filter(told_until__lt=today).select_for_update(skip_locked=True)
    told = 0
    for row in due.order_by("person_id")[:500]:
        times = _looks(row)
        if times and _agrees(row):
            key = f"access-alert:{today.isoformat()}"
            identity.notify(row.account_id, "access-alert", {"times": times}, key=key)
            told += 1
        row.told_until = today
        row.save(update_fields=["told_until"])
    return told


def _looks(row: AccessAlert) -> int:
    zone = timezone.get_current_timezone()
    today = directory.today()
    wanted = acts.Disclosure(
        person_id=row.person_id,
        today=today,
        families=FAMILIES,
        verbs=VERBS,
        never=(*NEVER, "registers.fact-recorded"),
        since=datetime.combine(row.told_until, time(), zone),
        until=datetime.combine(today, time(), zone) - timedelta(microseconds=1),
        not_by=row.account_id,
    )
    return sum(1 for one in acts.disclosed(wanted, limit=_MOST) if one.purpose != CHECK)


def _agrees(row: AccessAlert) -> bool:
    try:
        actor = identity.actor_of(identity.account(row.account_id))
        return has_consent(oneself(actor)[1], ALERTS)
    except Refusal:  # the account was closed since
        return False
