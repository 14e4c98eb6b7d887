"""Who may read which fields for which purpose: the one decision, denied unless a grant gives it.

Everything comes from the grants of the register's declaration. Duties say when the person is told
and whether heirs are; a procedure says nothing of its own here.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from motcua.registers.rules.declaration import RELATIONS, Duty, Grant, Register

OWN, EMERGENCY = "own", "emergency"
PROCEDURE, DUTY = "procedure/", "duty/"
# What a restriction asked for by the person closes, besides procedures that others carry out.
RESTRICTED_DUTIES = frozenset({"duty/data-sharing", "duty/statistics"})
OF_AGE = 18
_NO_ROLES = frozenset({*RELATIONS, "system", ""})  # a post of such a name opens nothing


class Asker(Struct, frozen=True, kw_only=True):
    """Who asks, as far as grants can tell: an officer by role and body, a person by what he is to
    whom the record concerns, a system by the body for which its job works ("" for none).

    `has_emergency`: an emergency access to this very record is open to this officer.
    """

    kind: str  # "officer", "person", "system" or "guest"
    role: str = ""
    body_code: str = ""
    body_kind: str = ""
    relations: frozenset[str] = frozenset()
    has_emergency: bool = False


class Decision(Struct, frozen=True, kw_only=True):
    """Which fields (full names, in the file's order) by which law; none is a refusal.

    `writes`: those that a grant lets the asker correct. `told_after`: days until the person is
    told; `heirs`: whether heirs ever are; `reason`: whether words of a reason are needed.
    """

    fields: tuple[str, ...] = ()
    law: str = ""
    writes: tuple[str, ...] = ()
    told_after: int = 0
    heirs: bool = True
    reason: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether anything at all may be read."""
        return bool(self.fields)


NOTHING = Decision()


def decide(register: Register, asker: Asker, purpose: str, *, duty: Duty | None = None) -> Decision:
    """What the asker may read of a record of the register for the purpose.

    `duty` is the declaration of "duty/<name>" (or of "emergency"); a duty that nobody declared is
    no purpose. In an emergency that is open, an officer reads all fields of that one record.
    """
    if not is_purpose(purpose) or (purpose.startswith(DUTY) and duty is None):
        return NOTHING
    if purpose == EMERGENCY:
        grants = [_ALL] if asker.kind == "officer" and asker.has_emergency else []
    else:
        grants = [one for one in register.grants if applies(one, asker, purpose)]
    if not grants:
        return NOTHING
    return Decision(
        fields=_named(register, grants),
        law="; ".join(dict.fromkeys(one.law for one in grants if one.law)) or _law_of(duty),
        writes=_named(register, [one for one in grants if one.write]),
        told_after=duty.told_after if duty else 0,
        heirs=duty.heirs if duty else True,
        reason=duty.reason if duty else False,
    )


def applies(grant: Grant, asker: Asker, purpose: str) -> bool:
    """Whether the grant speaks of this asker and this purpose."""
    if not any(covers(pattern, purpose) for pattern in grant.purpose):
        return False
    if asker.kind == "person":
        return any(one in RELATIONS and one in asker.relations for one in grant.to)
    if asker.kind == "officer":
        named = asker.role in grant.to and asker.role not in _NO_ROLES
    else:
        named = asker.kind == "system" and "system" in grant.to
    return named and (not grant.at or bool({asker.body_code, asker.body_kind} & set(grant.at)))


def covers(pattern: str, purpose: str) -> bool:
    """ "procedure/*" covers every procedure; anything else covers itself."""
    if pattern.endswith("/*"):
        return purpose.startswith(pattern[:-1]) and len(purpose) > len(pattern) - 1
    return pattern == purpose


def is_purpose(purpose: str) -> bool:
    """Whether it has the form of a purpose at all."""
    if purpose in (OWN, EMERGENCY):
        return True
    kind, slash, name = purpose.partition("/")
    return kind in ("procedure", "duty") and bool(slash) and bool(name) and name != "*"


def relations_named(register: Register, purpose: str) -> frozenset[str]:
    """The relations that any grant of the register asks about for the purpose."""
    fitting = (one for one in register.grants if any(covers(p, purpose) for p in one.purpose))
    return frozenset(name for one in fitting for name in one.to if name in RELATIONS)


def is_closed_by_restriction(purpose: str, kind: str) -> bool:
    """Whether a restriction that the person asked for closes the register to a reader of this kind.

    It closes the duties of sharing data and of statistics, and every procedure that is not read by
    a person (himself, or whom registers prove to be close to him). Duties that a law gives a body
    (keeping the register, investigations, answering the person, ...) and emergencies go on.
    """
    if purpose in RESTRICTED_DUTIES:
        return True
    return purpose.startswith(PROCEDURE) and kind != "person"


def relations(
    facts: Iterable[tuple[str, str, Mapping[str, Any]]],
    *,
    me: str,
    holder: str,
    scopes: Collection[str],
    on: date,
) -> frozenset[str]:
    """What the bearer of the number `me` is to the holder, by the facts that hold on a day.

    `facts` are (whose record, fact, values) of identity, marriage and mandate; `scopes` is what a
    mandate may name to reach this reading ("all", the register, the procedure).
    """
    found = set()
    for whose, fact, values in facts:
        if fact == "marriage" and {whose, values.get("spouse")} == {me, holder}:
            found.add("spouse")
        elif whose == holder and fact == "identity" and _is_child_of(values, me, on):
            found.add("parent")
        elif whose == holder and fact == "mandate" and values.get("proxy") == me:
            found |= {"proxy"} if values.get("scope") in scopes else set()
    return frozenset(found) if me and holder and me != holder else frozenset()


def _is_child_of(values: Mapping[str, Any], me: str, on: date) -> bool:
    if me not in (values.get("mother"), values.get("father")):
        return False
    try:
        born = date.fromisoformat(str(values.get("born_on", "")))
    except ValueError:
        return False
    return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) < OF_AGE


def _named(register: Register, grants: Iterable[Grant]) -> tuple[str, ...]:
    patterns = {pattern for one in grants for pattern in one.fields}
    return tuple(path for path in register.paths() if _is_named(path, patterns))


def _is_named(path: str, patterns: set[str]) -> bool:
    fact = path.partition(".")[0]
    return "*" in patterns or f"{fact}.*" in patterns or path in patterns


def _law_of(duty: Duty | None) -> str:
    return duty.law if duty else ""


_ALL = Grant(to=(), purpose=(EMERGENCY,), fields=("*",))
