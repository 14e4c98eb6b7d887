"""From an act to an entry of "who saw my data": what kind it is, and how its parts are named."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.kernel.texts import fold
from motcua.registers.rules.declaration import Register

Text = dict[str, str]
# Verbs that tell the person of readings and writings. The others of a family are not about data.
FAMILIES = ("registers", "emergency")
VERBS = ("dossier.viewed", "access.shown", "data.copied")
NEVER = (
    "registers.not-found",  # nothing was there, so nothing was seen
    "registers.import-started",
    "registers.import-ended",
)
_KINDS = {
    "registers.read": "read",
    "registers.person-read": "read",
    "registers.read-denied": "refused",
    "registers.person-not-found": "refused",
    "registers.found": "found",
    "registers.exported": "read",
    "registers.duplicates-shown": "found",
    "registers.merges-shown": "found",
    "dossier.viewed": "case",
    "access.shown": "log",
    "data.copied": "copied",
}
_WORDS = (("denied", "refused"), ("emergency", "emergency"), ("found", "found"), ("read", "read"))


def kind_of(verb: str) -> str:
    """ "read", "refused", "found", "emergency", "case", "log", "copied" or "written".

    >>> kind_of("registers.emergency-opened"), kind_of("registers.corrected")
    ('emergency', 'written')
    """
    if verb in _KINDS:
        return _KINDS[verb]
    family, _, act = verb.partition(".")
    if family == "emergency":
        return "emergency"
    return next((kind for word, kind in _WORDS if word in act), "written")


def purpose_of(purpose: str, kind: str) -> tuple[str, str]:
    """The kind of a purpose and its name: ("procedure", "birth-registration").

    >>> purpose_of("duty/data-quality", "read"), purpose_of("", "emergency")
    (('duty', 'data-quality'), ('emergency', ''))
    """
    if kind == "emergency" or purpose == "emergency":
        return "emergency", ""
    family, _, name = purpose.partition("/")
    if family in {"procedure", "duty"} and name:
        return family, name
    return (family, "") if family in {"own", "processing"} else ("other", purpose)


def names_of_fields(register: Register | None, detail: Mapping[str, Any]) -> tuple[Text, ...]:
    """What was seen or written, as the register's declaration names it; () for all or unknown.

    Fields of one name (a name in two facts) are told once; one that the register no longer knows
    is left out.
    """
    if register is None:
        return ()
    paths = [str(path) for path in detail.get("fields") or ()]
    titles = [field.title for path in paths if (field := register.field(path))]
    if not paths and (fact := register.fact(str(detail.get("fact") or ""))):
        titles = [fact.title]
    return tuple(_once(titles))


def field_named(register: Register, words: str) -> str:
    """The full name of the field (or the name of the fact) whose title in any language is `words`,
    as a person writes it in a form; "" if there is none or the title is of several facts.

    A person's words are compared without diacritics, capitals and doubled spaces.
    """
    wanted = fold(words)
    fields = [
        f"{kind.fact}.{field.field}"
        for kind in register.facts
        for field in kind.fields
        if wanted in {fold(title) for title in field.title.values()}
    ]
    facts = [
        kind.fact
        for kind in register.facts
        if wanted in {fold(title) for title in kind.title.values()}
    ]
    found = fields or facts
    return found[0] if wanted and len(found) == 1 else ""


def _once(titles: Iterable[Text]) -> list[Text]:
    told: list[Text] = []
    for title in titles:
        if title not in told:
            told.append(title)
    return told
