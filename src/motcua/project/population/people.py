"""Households of people who never lived: streamed, and the same for the same seed.

A family of this maker has a couple or a parent, children with the family name of their father,
now and then a grandparent; ages, deaths, twins and a few persons registered twice (so that
duplicates can be found) are drawn. Days are ordinals, seen from a fixed day, not from the clock.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from msgspec import Struct

from motcua.project.population.names import GROUPS, SHELF, STREETS, Names, Word, spread
from motcua.registers.rules.numbers import SERIALS, compose

SEEN_ON = date(2026, 1, 1).toordinal()
MERGER = date(2025, 7, 1).toordinal()
YEAR = 365.2425
OLD_CARDS_UNTIL = date(1999, 1, 1).toordinal()  # who was born later never had nine digits
TWICE = 1 / 4000  # of the households, one has a member who is registered twice
_STEP = 618_033  # prime to ten: walks through all serials without meeting one twice
_OLD_STEP = 618_033_989


class Place(Struct, frozen=True, kw_only=True):
    """A commune of today, and the provinces of before that its province came from."""

    commune: str
    prefix: str
    before: tuple[tuple[str, str], ...]  # (code, number prefix)


class Soul(Struct, kw_only=True):
    """A person of the maker. `born`, `died` (0: lives) are ordinals."""

    number: str
    name: Word
    sex: str
    born: int
    birth_area: str
    group: str
    relation: str
    mother: str = ""
    father: str = ""
    spouse: str = ""
    old_number: str = ""
    died: int = 0


class Household(Struct, kw_only=True):
    """Who lives together, where, since when (ordinal), and in which province it was before."""

    code: str
    number: int
    commune: str
    province_before: str
    line: str
    since: int
    members: list[Soul]


def _ages() -> list[int]:
    """Ages of heads: many from 28 to 60, fewer before and after."""
    shares = {str(a): 1.0 if 30 <= a <= 58 else 0.45 for a in range(22, 90)}
    shares |= {str(a): 0.9 * (90 - a) / 32 for a in range(59, 90)}
    return [int(age) for age in spread(shares)]


class Maker:
    """Makes households one after the other from a seed; keeps counters only."""

    def __init__(self, seed: int, places: Sequence[Place]) -> None:
        self.random = Random(seed)  # noqa: S311 - people must be the same again
        self.seed = seed
        self.places = places
        self.names = Names()
        self.ages = _ages()
        self._given: dict[tuple[str, str, int], list[int]] = {}
        self._heads: dict[tuple[str, str, int], str] = {}
        self._old = self._made = 0

    def households(self) -> Iterator[Household]:
        """Without an end."""
        while True:
            self._made += 1
            yield self._household(self._made)

    def _household(self, number: int) -> Household:
        draw = self.random.random
        place = self.places[int(draw() * len(self.places))]
        province, prefix = place.before[int(draw() * len(place.before))]
        home = _Home(self, place, province=province, prefix=prefix)
        members = home.people()
        street = STREETS[int(draw() * len(STREETS))]
        oldest = min(one.born for one in members)
        since = min(SEEN_ON - 30, oldest + int((18 + draw() * 20) * YEAR))
        return Household(
            code=f"H{place.commune}{number:09}",
            number=number,
            commune=place.commune,
            province_before=province,
            line=f"{1 + int(draw() * 420)} {street}",
            since=since,
            members=members,
        )

    def number(self, prefix: str, sex: str, born: int) -> str:
        """A personal number that nobody else of this population has."""
        year = date.fromordinal(born).year
        key = (prefix, sex, year)
        serials = self._given.get(key)
        if serials is None:
            start = Random(f"{self.seed} {prefix} {sex} {year}").randrange(SERIALS)  # noqa: S311
            serials = self._given[key] = [start, 0]
            self._heads[key] = compose(prefix, date(year, 1, 1), sex, serial=0)[:6]
        if serials[1] == SERIALS:
            raise OverflowError(f"all numbers of {prefix} {sex} {year} are given")
        serials[1] += 1
        serials[0] = (serials[0] + _STEP) % SERIALS
        return f"{self._heads[key]}{serials[0]:06}"

    def old_number(self) -> str:
        """Nine digits, each once."""
        self._old += 1
        return f"{(self._old * _OLD_STEP + self.seed) % 1_000_000_000:09}"


class _Home:
    """One household while it is made."""

    def __init__(self, maker: Maker, place: Place, *, province: str, prefix: str) -> None:
        self.maker, self.place, self.province, self.prefix = maker, place, province, prefix
        self.draw = maker.random.random
        groups = maker.names.groups
        self.group = groups[int(self.draw() * SHELF)]
        assert self.group in GROUPS

    def people(self) -> list[Soul]:
        draw, names = self.draw, self.maker.names
        age = self.maker.ages[int(draw() * SHELF)]
        family = names.family(self.maker.random, self.group)
        born = SEEN_ON - int((age + draw()) * YEAR)
        if draw() < (0.8 if age < 70 else 0.5):
            husband = self._soul("male", born, family, relation="head")
            wife = self._wife(born)
            if draw() < 0.15:
                husband.relation, wife.relation = "spouse", "head"
            husband.spouse, wife.spouse = wife.number, husband.number
            members = [husband, wife, *self._children(wife, husband, family)]
            if age < 55 and draw() < 0.2:
                members.append(self._grandparent(husband, family))
        elif draw() < 0.6:
            mother = self._soul("female", born, family, relation="head")
            members = [mother, *self._children(mother, None, family)]
        else:
            members = [self._soul("male", born, family, relation="head")]
        if draw() < TWICE:
            members.append(self._again(members[0]))
        return members

    def _wife(self, husband_born: int) -> Soul:
        born = min(SEEN_ON - int(19 * YEAR), husband_born + int((self.draw() * 9 - 2) * YEAR))
        family = self.maker.names.family(self.maker.random, self.group)
        return self._soul("female", born, family, relation="spouse")

    def _children(self, mother: Soul, father: Soul | None, family: Word) -> Iterator[Soul]:
        draw = self.draw
        born = mother.born + int((20 + draw() * 9) * YEAR)
        last = min(SEEN_ON, mother.born + int(43 * YEAR))
        wanted = int(draw() * (4 if mother.born < SEEN_ON - 40 * YEAR else 3.4))
        for _ in range(wanted):
            if born >= last:
                return
            age = (SEEN_ON - born) / YEAR
            if age < 19 or (age < 30 and draw() < 0.4):  # the others live elsewhere
                child = self._soul(
                    "male" if draw() < 0.52 else "female", born, family, relation="child"
                )
                child.mother, child.father = mother.number, father.number if father else ""
                yield child
            if draw() > 0.012:  # otherwise a twin
                born += int((1.4 + draw() * 4) * YEAR)

    def _grandparent(self, son: Soul, family: Word) -> Soul:
        born = max(date(1915, 1, 1).toordinal(), son.born - int((19 + self.draw() * 16) * YEAR))
        if self.draw() < 0.35:
            grandfather = self._soul("male", born, family, relation="parent")
            son.father = grandfather.number
            return grandfather
        own = self.maker.names.family(self.maker.random, self.group)
        grandmother = self._soul("female", born, own, relation="parent")
        son.mother = grandmother.number
        return grandmother

    def _again(self, one: Soul) -> Soul:
        """The same person under a second number, as two registrations left them."""
        soul = self._soul(one.sex, one.born, one.name, relation="other")
        soul.name, soul.old_number, soul.died = one.name, one.old_number, 0
        soul.mother, soul.father = one.mother, one.father
        return soul

    def _soul(self, sex: str, born: int, family: Word, *, relation: str) -> Soul:
        draw, maker = self.draw, self.maker
        if born >= MERGER:
            area, prefix = self.place.commune, self.place.prefix
        elif draw() < 0.85:
            area, prefix = self.province, self.prefix
        else:  # born in another province
            other = maker.places[int(draw() * len(maker.places))]
            area, prefix = other.before[0]
        soul = Soul(
            number=maker.number(prefix, sex, born),
            name=maker.names.full(maker.random, sex, family),
            sex=sex,
            born=born,
            birth_area=area,
            group=self.group,
            relation=relation,
        )
        if born < OLD_CARDS_UNTIL and draw() < 0.85:
            soul.old_number = maker.old_number()
        if draw() < (0.14 if born < SEEN_ON - 65 * YEAR else 0.002):
            soul.died = max(born + 1, SEEN_ON - 1 - int(draw() * 6 * YEAR))
        return soul
