"""What a client of the protocol sends: codes of persons, moments, numbers; each fault is a 400."""

import re
from datetime import datetime

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.kernel.refusals import Refusal

MOST = 1000
LARGEST = 2**31 - 1  # int32
USER = "X-Road-UserId"
CLIENT = "X-Road-Client"
_NUMBER = re.compile(r"[0-9]{1,10}")
_CLIENT = re.compile(r"[^/\s]+(/[^/\s]+){2,3}")


class Asked(Struct, frozen=True, kw_only=True):
    """The parameters of findUsage; personal numbers without the country."""

    user: str
    subject: str
    since: datetime | None
    until: datetime | None
    offset: int
    limit: int


def asked(request: HttpRequest) -> Asked:
    """Refusal "tracker.invalid" with the name of the first parameter that does not fit."""
    client = request.headers.get(CLIENT, "")
    if client and not _CLIENT.fullmatch(client):
        raise _invalid(CLIENT)
    return Asked(
        user=_person(request.headers.get(USER, ""), USER),
        subject=_person(request.GET.get("userCode", ""), "userCode"),
        since=_moment(request, "periodStart"),
        until=_moment(request, "periodEnd"),
        offset=_number(request, "offset", usual=0, most=LARGEST),
        limit=_number(request, "limit", usual=MOST, most=MOST),
    )


def _invalid(name: str) -> Refusal:
    return Refusal("tracker.invalid", name=name)


def _person(code: str, name: str) -> str:
    """ "VN001196000011" -> "001196000011"."""
    country = str(catalogue.country().get("country", ""))
    number = code.removeprefix(country)
    if not country or number == code or not re.fullmatch(r"[0-9]{12}", number):
        raise _invalid(name)
    return number


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        # A plus sign that was not encoded arrives as a space.
        found = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _invalid(name)
    return found


def _number(request: HttpRequest, name: str, *, usual: int, most: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return usual
    if not _NUMBER.fullmatch(text) or int(text) > most:
        raise _invalid(name)
    return int(text)
