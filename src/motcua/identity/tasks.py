"""Background work: deliveries, and forgetting old failed sign-ins."""

from typing import Any
from uuid import UUID

from motcua.identity import lockout, notifications
from motcua.kernel.jobs import job, periodic


@job(notifications.JOB)
def deliver(payload: dict[str, Any]) -> None:
    notifications.deliver(
        recipient=UUID(payload["recipient"]),
        notification=UUID(payload["notification"]),
        channel=payload["channel"],
    )


@periodic("identity.forget-failed-sign-ins", seconds=24 * 3600)
def forget_failed_sign_ins() -> None:
    lockout.forget_old()
