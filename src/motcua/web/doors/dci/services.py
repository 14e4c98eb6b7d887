"""The two registries that are spoken for: their names, what they know and which facts they tell."""

from msgspec import Struct


class Service(Struct, frozen=True, kw_only=True):
    """`events`: word of the standard -> facts of our registers, under its own name."""

    name: str
    reg_type: str
    record_types: tuple[str, ...]
    events: dict[str, tuple[str, tuple[str, ...]]]


_BIRTH = ("birth", ("civil-status.birth",))
_DEATH = ("death", ("civil-status.death",))
_MARRIAGE = ("marriage", ("civil-status.marriage",))
_REGISTER = ("register", ("population.identity",))
_UPDATE = ("update", ("population.residence", "population.death"))

SERVICES: dict[str, Service] = {
    "crvs": Service(
        name="crvs",
        reg_type="ns:org:RegistryType:Civil",
        record_types=("person", "crvsperson", "crvs_person"),
        events={
            "1": _BIRTH,
            "birth": _BIRTH,
            "live_birth": _BIRTH,
            "register": _BIRTH,
            "2": _DEATH,
            "death": _DEATH,
            "4": _MARRIAGE,
            "marriage": _MARRIAGE,
        },
    ),
    "sr": Service(
        name="sr",
        reg_type="ns:org:RegistryType:Social",
        record_types=("member", "group", "person", "household"),
        events={
            "1": _REGISTER,
            "register": _REGISTER,
            "update": _UPDATE,
            "2": ("new-household-member", ("population.residence",)),
            "newhouseholdmember": ("new-household-member", ("population.residence",)),
        },
    ),
}


def event_of(service: Service, word: str) -> tuple[str, tuple[str, ...]] | None:
    """Our name of an event and its facts; the last part of a qualified word counts."""
    return service.events.get(word.strip().rsplit(":", 1)[-1].casefold())


def record_type(service: Service, *words: str) -> str | None:
    """ "person", "member" or "group" (the first that is said); None for what is not kept here."""
    said = next((word for word in words if word), "")
    kind = said.strip().rsplit(":", 1)[-1].casefold()
    if not said:
        return "person" if service.name == "crvs" else "member"
    if kind not in service.record_types:
        return None
    if service.name == "crvs":
        return "person"
    return "group" if kind in ("group", "household") else "member"
