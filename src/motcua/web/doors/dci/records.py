"""Records of registers in the words of the published schemas: a person of the civil registry, a
member and a group of the social registry. Pure; what was not read is simply not there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from motcua.registers.api import Record

COMMON = "https://schema.spdci.org/common/v1"
POPULATION = (
    "identity.full_name", "identity.sex", "identity.born_on", "identity.birth_area",
    "identity.mother", "identity.father", "residence.address", "death.died_on",
)  # fmt: skip
CIVIL_STATUS = (
    "birth.name", "birth.born_on", "birth.facility",
    "marriage.spouse", "marriage.married_on", "death.died_on", "death.place",
)  # fmt: skip
HOUSEHOLD = (
    "identity.full_name", "identity.sex", "identity.born_on", "residence.address",
    "residence.household", "residence.household_relation", "death.died_on",
)  # fmt: skip
INSURANCE = ("social.status", "social.since", "health.kind")
Places = Callable[[str], tuple[str, str]]  # code -> (name in full, code of the region)


def identifier(value: str, kind: str = "UIN") -> dict[str, Any]:
    """An identifier of the person."""
    return {"@type": "Identifier", "identifier_type": kind, "identifier_value": value}


def name_of(full_name: str) -> dict[str, Any]:
    """Family name first, given name last, as names are written in the register."""
    words = full_name.split()
    if len(words) < 2:
        return {"@type": "Name", "surname": "", "given_name": full_name}
    return {
        "@type": "Name",
        "surname": words[0],
        "given_name": words[-1],
        "second_name": " ".join(words[1:-1]),
    }


def person(
    number: str, found: Mapping[str, Record | None], places: Places, *, country: str
) -> dict[str, Any]:
    """A CRVS person of the records "population" and "civil-status" of one number."""
    people, civil = found.get("population"), found.get("civil-status")
    full_name = _get(people, "identity.full_name") or _get(civil, "birth.name") or ""
    died_on = _get(people, "death.died_on") or _get(civil, "death.died_on")
    married_on = _get(civil, "marriage.married_on")
    made = {
        "@context": {"@vocab": COMMON},
        "@type": "CRVS_Person",
        "identifier": [identifier(number)],
        "name": name_of(full_name) if full_name else None,
        "sex": _get(people, "identity.sex"),
        "birth_date": _get(people, "identity.born_on") or _get(civil, "birth.born_on"),
        "birth_place": _place(_get(people, "identity.birth_area"), places)
        or _named(_get(civil, "birth.facility")),
        "death_date": died_on,
        "death_place": _place(_get(civil, "death.place"), places),
        "address": _addresses(_get(people, "residence.address"), places, country),
        "marriage_date": married_on,
        "marital_status": "M" if married_on else None,
        "parent1_identifier": _parent(_get(people, "identity.mother")),
        "parent2_identifier": _parent(_get(people, "identity.father")),
    }
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def member(
    number: str, found: Mapping[str, Record | None], places: Places, *, country: str
) -> dict[str, Any]:
    """A member of the social registry, of the records "population" and "insurance"."""
    people, insured = found.get("population"), found.get("insurance")
    plain = person(number, {"population": people}, places, country=country)
    about = {name: value for name, value in plain.items() if name not in ("@context", "@type")}
    moved = people.held("residence") if people else None
    made = {
        "@context": {"@vocab": "https://schema.spdci.org/extensions/social/v1"},
        "@type": "Member",
        "member_identifier": [identifier(number)],
        "demographic_info": {"@type": "SRPerson", **about},
        "relationship_to_head": _get(people, "residence.household_relation"),
        "employment_status": _get(insured, "social.status"),
        "registration_date": moved.valid_from.isoformat() if moved else None,
    }
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def group(code: str, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A household with those of its members who may be read."""
    head = next((one for one in members if one.get("relationship_to_head") == "head"), None)
    address = next((a for one in members for a in one["demographic_info"].get("address", ())), None)
    made = {
        "@context": {"@vocab": "https://schema.spdci.org/extensions/social/v1"},
        "@type": "Group",
        "group_identifier": [identifier(code, "HOUSEHOLD")],
        "group_type": "household",
        "group_size": len(members),
        "group_head_info": head,
        "member_list": list(members),
        "place": {"@type": "Place", "address": address["address_line1"]}
        if address and address.get("address_line1")
        else None,
    }
    return {name: value for name, value in made.items() if value is not None}


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a mapped record by which it may be compared and sorted."""
    about = record.get("demographic_info", record)
    if record.get("@type") == "Group":
        head = record.get("group_head_info") or {}
        about = head.get("demographic_info", {})
    name = about.get("name") or {}
    addresses = about.get("address") or [{}]
    whole = " ".join(
        part for key in ("surname", "second_name", "given_name") if (part := name.get(key))
    )
    plain = {key: about.get(key) for key in ("sex", "birth_date", "death_date")}
    plain |= {key: about.get(key) for key in ("marriage_date", "marital_status")}
    plain |= {key: name.get(key) for key in ("surname", "given_name", "second_name")}
    return {
        **plain,
        "name": whole,
        "identifier": _value(about.get("identifier")),
        "group_identifier": _value(record.get("group_identifier")),
        "relationship_to_head": record.get("relationship_to_head"),
        "registration_date": record.get("registration_date"),
        "region_code": addresses[0].get("region_code"),
        "sub_region_code": addresses[0].get("sub_region_code"),
    }


def _value(given: Sequence[Mapping[str, Any]] | None) -> str:
    return str(given[0]["identifier_value"]) if given else ""


def _get(record: Record | None, path: str) -> Any:
    return record.get(path) if record else None


def _parent(number: str | None) -> dict[str, Any] | None:
    return identifier(number) if number else None


def _place(code: str | None, places: Places) -> dict[str, Any] | None:
    if not code:
        return None
    name, _region = places(code)
    return {"@type": "Place", "name": name, "identifier": code}


def _named(name: str | None) -> dict[str, Any] | None:
    return {"@type": "Place", "name": name} if name else None


def _addresses(
    given: Mapping[str, Any] | None, places: Places, country: str
) -> list[dict[str, Any]]:
    if not isinstance(given, Mapping):
        return []
    code = str(given.get("area", ""))
    name, region = places(code) if code else ("", "")
    made = {
        "@type": "Address",
        "address_line1": given.get("line", ""),
        "locality": name,
        "sub_region_code": code,
        "region_code": region,
        "country_code": country,
    }
    return [{key: value for key, value in made.items() if value}]
