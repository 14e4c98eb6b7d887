"""Competence (thẩm quyền): which body decides for a place on a date."""

from datetime import date

from django.db.models import Q

from motcua.directory.models import Delegation
from motcua.directory.queries.areas import book
from motcua.directory.queries.bodies import bodies_of, body_by_code
from motcua.directory.queries.memory import Memory, today
from motcua.directory.rules import shapes
from motcua.kernel.refusals import Refusal

_Delegated = tuple[tuple[str, str, date, date | None, str], ...]
_delegations: Memory[str, _Delegated] = Memory(1)


def competent_body(
    kind: str, area_code: str, on: date | None = None, *, named_on: date | None = None
) -> shapes.Body:
    """The body of `kind` for the area, or for the nearest area above it that has one.

    `area_code` is read as of `on` (today by default). A code that ended before `on` means what
    the area became. A code that was reused is ambiguous: `named_on`, the date of the address,
    says which area is meant. Dated delegations win. Refusal "directory.no-competent-body", with
    `why` = "unknown-area", "split-area", "no-body" or "several-bodies": the dossier then goes to
    the fallback queue of the desk where it was filed.
    """
    day = on or today()
    try:
        chain = _chain(area_code, day, named_on)
    except LookupError as unclear:
        raise _refusal(kind, area_code, str(unclear.args[0])) from None
    for place in chain:
        if delegated := _delegated(kind, place.code, day):
            return delegated
    for code in (*(a.code for a in chain), ""):
        found = bodies_of(kind, code, day)
        if len(found) == 1:
            return found[0]
        if found:
            raise _refusal(kind, area_code, "several-bodies")
    raise _refusal(kind, area_code, "no-body")


def _chain(area_code: str, day: date, named_on: date | None) -> tuple[shapes.Area, ...]:
    areas = book()
    if named_on and (named := areas.area(area_code, named_on)):
        starts = areas.heirs(named, day)
    elif held := areas.area(area_code, day):
        starts = (held,)
    else:
        starts = areas.successors(area_code, day) or areas.certain_ancestors(area_code, day)
    if not starts:
        raise LookupError("unknown-area")
    if len(starts) > 1:
        raise LookupError("split-area")
    return areas.chain(starts[0].code, day)


def _refusal(kind: str, area_code: str, why: str) -> Refusal:
    return Refusal("directory.no-competent-body", kind=kind, area_code=area_code, why=why)


def _delegated(kind: str, area_code: str, day: date) -> shapes.Body | None:
    for a_kind, a_code, since, until, body_code in _delegations.get("all", _read):
        if (a_kind, a_code) == (kind, area_code) and since <= day and (not until or day < until):
            return body_by_code(body_code, day)
    return None


def _read() -> _Delegated:
    rows = Delegation.objects.filter(~Q(body_code="")).order_by("-valid_from")
    return tuple(rows.values_list("kind", "area_code", "valid_from", "valid_until", "body_code"))
