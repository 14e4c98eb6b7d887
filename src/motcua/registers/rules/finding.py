"""How a person is looked for: what must be known of him, and how like a found name is."""

from datetime import date

from msgspec import Struct

from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold, normalise
from motcua.registers.rules.shapes import Person

# The share of common trigrams from which a name is like another, tried when one slip finds nobody.
THRESHOLDS = (0.5, 0.4)
MOST_FORMS = 40  # forms of a name that are followed to persons
STEPS = ((0, 10), (10, MOST_FORMS))  # the likeliest first; the others if there is room
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
SHORTEST, LONGEST = 2, 120  # letters of a name that is looked for
EXACT, SAME_LETTERS, NEAR = 1.0, 0.95, 0.9
# Which field of a card a reader must be allowed to see for a criterion, and to be shown a part.
NEEDED = {
    "old_number": "former-number.number",
    "name": "identity.full_name",
    "born_on": "identity.born_on",
    "born_year": "identity.born_on",
    "area": "residence.address",
}
SHOWN = {
    "sex": "identity.sex",
    "old_number": "former-number.number",
    "residence_area": "residence.address",
    "died_on": "death.died_on",
}
BLANK: dict[str, str | None] = {"sex": "", "old_number": "", "residence_area": "", "died_on": None}


class FindPeople(Struct, frozen=True, kw_only=True):
    """What is known of somebody: a number, or a name with what narrows it.

    `name` with or without diacritics, slips allowed; `area` is a commune's or a province's code of
    the present residence.
    """

    number: str = ""
    old_number: str = ""
    name: str = ""
    born_on: date | None = None
    born_year: int | None = None
    area: str = ""


class FoundPerson(Struct, frozen=True, kw_only=True):
    """Somebody found, and how like the name is to the one typed: 1.0 letter by letter with its
    diacritics, 0.95 without, less with slips. Parts that the reader may not see are empty."""

    person: Person
    likeness: float


class FoundPeople(list[FoundPerson]):
    """Who fits, the likeliest first; `too_many` when more fit than were asked for."""

    too_many: bool = False


def checked(query: FindPeople) -> FindPeople:
    """The query in one form. Refusals: registers.find-number-form, .find-old-number-form,
    .find-name-or-number, .find-more-letters, .find-name-too-long."""
    found = FindPeople(
        number=query.number.strip(),
        old_number=query.old_number.strip(),
        name=normalise(query.name),
        born_on=query.born_on,
        born_year=query.born_year,
        area=query.area.strip(),
    )
    if found.number and not _is_digits(found.number, 12):
        raise Refusal("registers.find-number-form")
    if found.old_number and not _is_digits(found.old_number, 9):
        raise Refusal("registers.find-old-number-form")
    if not (found.number or found.old_number or found.name):
        raise Refusal("registers.find-name-or-number")
    if found.name and sum(letter.isalpha() for letter in fold(found.name)) < SHORTEST:
        raise Refusal("registers.find-more-letters", least=SHORTEST)
    if len(found.name) > LONGEST:
        raise Refusal("registers.find-name-too-long", most=LONGEST)
    return found


def needed(query: FindPeople) -> set[str]:
    """The fields by full name that the reader must be allowed to see to ask so."""
    return {field for name, field in NEEDED.items() if getattr(query, name)} or {
        "identity.full_name"
    }


def one_slip(form: str) -> set[str]:
    """All that a folded name may have been, had one letter or space been doubled, left out, put in,
    taken for another or changed places with the next: some thousand texts, few of them names."""
    halves = [(form[:place], form[place:]) for place in range(len(form) + 1)]
    found = {before + after[1:] for before, after in halves if after}
    found |= {before + a[1] + a[0] + a[2:] for before, a in halves if len(a) > 1}
    for letter in _LETTERS:
        found |= {before + letter + after for before, after in halves}
        found |= {before + letter + after[1:] for before, after in halves if after}
    return found - {form}


def likeness(query: FindPeople, full_name: str, similarity: float) -> float:
    """How like a bearer's name is to the typed one; `similarity` is that of their folded forms."""
    if not query.name:
        return EXACT
    if normalise(query.name).casefold() == full_name.casefold():
        return EXACT
    return SAME_LETTERS if similarity >= 1 else round(min(1.0, similarity) * NEAR, 3)


def fitting(query: FindPeople, person: Person) -> bool:
    """Whether a card found by its number fits the rest of the query, but for the name's slips."""
    return (
        query.born_on in (None, person.born_on)
        and query.born_year in (None, person.born_on.year)
        and query.old_number in ("", person.old_number)
    )


def visible(person: Person, fields: frozenset[str]) -> Person:
    """The card without the parts that the reader may not see for the purpose."""
    hidden = {name: BLANK[name] for name, field in SHOWN.items() if field not in fields}
    values = {name: getattr(person, name) for name in Person.__struct_fields__}
    return Person(**values | hidden)


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
