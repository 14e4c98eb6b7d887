"""The gateways that are connected, by name; settings name their classes."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.kernel.refusals import Refusal
from motcua.payments.gateways.protocol import Gateway


def gateway(name: str = "") -> Gateway:
    """The gateway called `name`, or the first one. Refusal payments.no-such-gateway."""
    connected = _connected(tuple(settings.MOTCUA_GATEWAYS))
    found = connected.get(name) if name else next(iter(connected.values()), None)
    if found is None:
        raise Refusal("payments.no-such-gateway", name=name)
    return found


def names() -> tuple[str, ...]:
    """The names of the connected gateways; the first one is offered to payers."""
    return tuple(_connected(tuple(settings.MOTCUA_GATEWAYS)))


@cache
def _connected(classes: tuple[str, ...]) -> dict[str, Gateway]:
    gateways: list[Gateway] = [import_string(path)() for path in classes]
    return {each.name: each for each in gateways}
