"""The three query types of the standard as one thing: alternatives of conditions that all hold.

Pure. A condition compares one attribute of a mapped record; who is searched for at all must be
named by an identifier or a name, so that nobody leafs through a register.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

OPERATORS = {
    "eq": "eq", "gt": "gt", "lt": "lt", "ge": "ge", "le": "le", "in": "in",
    "gte": "ge", "lte": "le",
}  # fmt: skip
IDENTIFIERS = frozenset({"uin", "nin", "nid", "national_id", "identifier", "identifier_value"})
# Other words for the same attribute, as senders write them.
SAME = {
    "gender": "sex",
    "birthdate": "birth_date",
    "date_of_birth": "birth_date",
    "dob": "birth_date",
    "deathdate": "death_date",
    "date_of_death": "death_date",
    "date_of_marriage": "marriage_date",
    "marriagedate": "marriage_date",
    "sur_name": "surname",
    "full_name": "name",
}
NAMES = ("name", "surname", "given_name", "second_name")
ATTRIBUTES = frozenset({
    *NAMES, "identifier", "sex", "birth_date", "death_date", "marriage_date", "marital_status",
    "region_code", "sub_region_code", "group_identifier", "relationship_to_head",
    "registration_date",
})  # fmt: skip
MOST_WAYS, MOST_CONDITIONS = 5, 20
LONGEST = 200


class QueryFaultError(ValueError):
    """A query that is well-formed and cannot be asked here; the text says why."""


class Condition(Struct, frozen=True):
    attribute: str
    operator: str
    value: Any

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Whether the record's attribute compares so; one that is not there never does."""
        held = record.get(self.attribute)
        if held in (None, ""):
            return False
        if self.operator == "in":
            return str(held).casefold() in {str(one).casefold() for one in self.value}
        mine, other = str(held).casefold(), str(self.value).casefold()
        if self.attribute.endswith("_date"):
            mine, other = mine[:10], other[:10]
        return {
            "eq": mine == other,
            "gt": mine > other,
            "lt": mine < other,
            "ge": mine >= other,
            "le": mine <= other,
        }[self.operator]


Way = tuple[Condition, ...]


def read_query(kind: str, query: Any) -> tuple[Way, ...]:
    """The ways in which a record may fit; QueryFaultError."""
    ways: tuple[Way, ...]
    if kind == "idtype-value":
        ways = (_identified(query),)
    elif kind == "predicate":
        ways = _predicates(query)
    elif kind == "expression":
        ways = _expression(query)
    else:
        raise QueryFaultError("query_type is not supported")
    if not 0 < len(ways) <= MOST_WAYS or any(len(way) > MOST_CONDITIONS for way in ways):
        raise QueryFaultError("too many conditions")
    if any(not is_anchored(way) for way in ways):
        raise QueryFaultError("an identifier or a name is needed")
    return ways


def is_anchored(way: Way) -> bool:
    """Whether it names somebody: an identifier, or a name."""
    return any(
        one.operator == "eq" and one.attribute in ("identifier", "group_identifier", *NAMES)
        for one in way
    )


def value_of(way: Way, attribute: str) -> str:
    """What the attribute must equal; "" when nothing is said of that."""
    for one in way:
        if one.attribute == attribute and one.operator == "eq":
            return str(one.value)
    return ""


def name_of(way: Way) -> str:
    """The name to look for, put together from its parts."""
    parts = [value_of(way, part) for part in ("surname", "second_name", "given_name")]
    return value_of(way, "name") or " ".join(part for part in parts if part)


def day_of(way: Way, attribute: str) -> date | None:
    """The day that the attribute must be, if it is one."""
    try:
        return date.fromisoformat(value_of(way, attribute)[:10])
    except ValueError:
        return None


def _identified(query: Any) -> Way:
    if not isinstance(query, Mapping) or not isinstance(query.get("type"), str):
        raise QueryFaultError("query needs type and value")
    kind, value = query["type"].strip().casefold(), query.get("value")
    if isinstance(value, Mapping):
        value = value.get("identifier_value") or value.get("value")
    if kind in ("household", "household_id", "group", "group_identifier"):
        return (_condition("group_identifier", "eq", value),)
    if kind not in IDENTIFIERS:
        raise QueryFaultError("identifiers of this type are not kept here")
    return (_condition("identifier", "eq", value),)


def _predicates(query: Any) -> tuple[Way, ...]:
    items = [query] if isinstance(query, Mapping) else query
    if not isinstance(items, list) or not items:
        raise QueryFaultError("predicates are a list")
    ways: tuple[Way, ...] = ((),)
    for item in items:
        if not isinstance(item, Mapping):
            raise QueryFaultError("predicates are objects")
        ways = tuple(left + right for left in ways for right in _predicate(item))
        if len(ways) > MOST_WAYS:
            raise QueryFaultError("too many conditions")
    return ways


def _predicate(item: Mapping[str, Any]) -> tuple[Way, ...]:
    first = _expressed(item.get("expression1"))
    others = [item[name] for name in ("expression2", "expression3") if item.get(name)]
    joined = str(item.get("condition") or "and").casefold()
    if not others:
        return ((first,),)
    rest = tuple(_expressed(one) for one in others)
    if joined == "and":
        return ((first, *rest),)
    if joined == "or":
        return tuple((one,) for one in (first, *rest))
    raise QueryFaultError("this condition is not supported")


def _expressed(given: Any) -> Condition:
    if not isinstance(given, Mapping):
        raise QueryFaultError("an expression is an object")
    return _condition(
        given.get("attribute_name"), given.get("operator"), given.get("attribute_value")
    )


def _expression(query: Any) -> tuple[Way, ...]:
    if isinstance(query, list):
        return _predicates(query)
    inner = query.get("value") if isinstance(query, Mapping) else None
    inner = inner.get("expression", inner) if isinstance(inner, Mapping) else inner
    inner = inner.get("query", inner) if isinstance(inner, Mapping) else inner
    if not isinstance(inner, Mapping) or not inner:
        raise QueryFaultError("an expression has a query")
    if set(inner) == {"$or"}:
        return tuple(way for one in _several(inner["$or"]) for way in (_all_of(one),))
    return (_all_of(inner),)


def _all_of(given: Any) -> Way:
    if not isinstance(given, Mapping):
        raise QueryFaultError("an expression is an object")
    found: list[Condition] = []
    for name, value in given.items():
        if name == "$and":
            found.extend(one for part in _several(value) for one in _all_of(part))
        elif isinstance(value, Mapping):
            found.extend(_condition(name, op.lstrip("$"), of) for op, of in value.items())
        else:
            found.append(_condition(name, "eq", value))
    return tuple(found)


def _several(given: Any) -> Iterable[Any]:
    if not isinstance(given, list) or not 0 < len(given) <= MOST_CONDITIONS:
        raise QueryFaultError("a list of conditions is needed")
    return given


def _condition(name: Any, operator: Any, value: Any) -> Condition:
    attribute = str(name).strip().casefold().rsplit(".", 1)[-1]
    attribute = "identifier" if attribute in IDENTIFIERS else SAME.get(attribute, attribute)
    if attribute not in ATTRIBUTES:
        raise QueryFaultError("this attribute is not searched here")
    known = OPERATORS.get(str(operator).casefold())
    if known is None:
        raise QueryFaultError("this operator is not supported")
    plain = isinstance(value, str | int) and not isinstance(value, bool)
    if known == "in":
        plain = isinstance(value, list) and 0 < len(value) <= MOST_CONDITIONS
    if not plain or len(str(value)) > LONGEST:
        raise QueryFaultError("this value cannot be compared")
    return Condition(attribute, known, value)
