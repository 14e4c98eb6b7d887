"""Where a known answer comes from: `prefill` of a question, in words of the pack.

    applicant.phone                                              a fact of the account
    population.identity.born_on                                  a register, about the applicant
    population.identity.full_name of mother.personal_number      a register, about whom an answer
                                                                 names
    applicant.personal_number when registration.relation == "mother"
        else civil-status.marriage.spouse                        the first whose condition holds

`applicant.full_name`, `applicant.born_on` and `applicant.address` are the register's about the
applicant; `business.registration.*` is about the business for which somebody acts.
"""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from motcua.catalogue.rules.procedure import Field

ACCOUNT = {  # facts of the account, or of the business acted for, and the kinds that they fit
    "applicant.full_name": frozenset({"person-name", "text"}),
    "applicant.personal_number": frozenset({"personal-number"}),
    "applicant.phone": frozenset({"phone"}),
    "applicant.email": frozenset({"email"}),
    "business.name": frozenset({"text"}),
    "business.number": frozenset({"text"}),
}
REGISTERED = {  # short words for what the population register says of the applicant
    "applicant.full_name": "population.identity.full_name",
    "applicant.born_on": "population.identity.born_on",
    "applicant.address": "population.residence.address",
    "applicant.address.area": "population.residence.address.area",
}
FITS = {  # kind of a register's field -> kinds of questions that it can answer
    "person-name": frozenset({"person-name", "text"}),
    "personal-number": frozenset({"personal-number", "text"}),
    "old-id-number": frozenset({"old-id-number", "text"}),
    "business-number": frozenset({"text"}),
    "text": frozenset({"text", "long-text"}),
    "long-text": frozenset({"long-text"}),
    "code": frozenset({"text", "choice"}),
    "money": frozenset({"money", "number"}),
    "number": frozenset({"number"}),
}


class Source(Struct, frozen=True, kw_only=True):
    """One place to take an answer from. `register` empty: `path` is a fact of the account.

    `path` is "fact.field" or "fact.field.part" within the register; `of` the answer that holds the
    record's key (empty: the applicant, or the business acted for); `when` a condition.
    """

    path: str
    register: str = ""
    of: str = ""
    when: str = ""

    @property
    def field(self) -> str:
        """The full name of the register's field, without the part of an address."""
        return ".".join(self.path.split(".")[:2])

    @property
    def part(self) -> str:
        """ "area" or "line" of an address; "" for the whole value."""
        return ".".join(self.path.split(".")[2:])


@lru_cache(maxsize=4096)
def sources(prefill: str) -> tuple[Source, ...]:
    """The places named by a `prefill`, in order; () for an empty one."""
    found: list[Source] = []
    for words in prefill.split(" else ") if prefill.strip() else ():
        named, _, when = words.strip().partition(" when ")
        known, _, of = named.strip().partition(" of ")
        found += _sources(known.strip(), of.strip(), when.strip())
    return tuple(found)


def _sources(known: str, of: str, when: str) -> Iterator[Source]:
    if not of and known in REGISTERED:
        register, _, path = REGISTERED[known].partition(".")
        yield Source(register=register, path=path, when=when)
    if not of and (known in ACCOUNT or known.count(".") < 2):
        if known in ACCOUNT or known not in REGISTERED:
            yield Source(path=known, when=when)
    elif known not in REGISTERED or of:
        register, _, path = known.partition(".")
        yield Source(register=register, path=path, of=of, when=when)


def keys_of(field: Field) -> tuple[str, ...]:
    """The answers that must be known before this one can be filled."""
    return tuple(dict.fromkeys(one.of for one in sources(field.prefill) if one.of))


def fits(known: str, part: str, asked: str) -> bool:
    """Whether a register's field of kind `known` (or its `part`) answers a question of `asked`."""
    if part:
        return known == "address" and asked == {"area": "area", "line": "text"}.get(part)
    return asked in FITS.get(known, frozenset({known}))
