"""What registers said, in words: extracts in place of papers, and the sources of answers."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Option
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.registers import api as registers
from motcua.web.shell.components import Column
from motcua.web.shell.sentences import pick

STATES: dict[str, tuple[Any, str]] = {
    "waiting": (gettext_lazy("Asked for"), "info"),
    "fetched": (gettext_lazy("Checked"), "ok"),
    "nothing": (gettext_lazy("The register holds nothing"), "warn"),
    "unavailable": (gettext_lazy("The register does not answer; it is asked again"), "warn"),
    "disputed": (gettext_lazy("Disputed: not a ground by itself"), "warn"),
}
SHOWN = frozenset(
    {"date", "choice", "yes-no", "area", "address", "personal-number", "number", "money"}
)
SINCE = catalogue.Field(field="since", kind="date", title={})


class ExtractTable(Struct, frozen=True, kw_only=True):
    """One extract: rows are (what, value, since, remark)."""

    paper: str
    title: str
    source: str
    law: str
    state: Any
    kind: str
    at: Any
    columns: list[Column]
    rows: list[tuple[str, str, str, str]]
    asked: str = ""


class Remark(Struct, frozen=True, kw_only=True):
    """Beside an answer: its source, and the register's value where the applicant says another."""

    note: str
    held: str = ""
    disputed: bool = False


def tables(view: dossiers.DossierView) -> list[ExtractTable]:
    """The extracts of a dossier, for its officers and for its applicant."""
    return [_table(one) for one in view.extracts]


def _table(one: dossiers.ExtractView) -> ExtractTable:
    word, kind = STATES[one.state]
    columns = [
        Column(title=_("What")),
        Column(title=_("The register says")),
        Column(title=_("Since")),
        Column(title=_("Remark")),
    ]
    return ExtractTable(
        paper=one.paper,
        title=pick(one.title),
        source=register_name(one.register),
        law=one.law,
        state=word,
        kind=kind,
        at=one.fetched_at,
        columns=columns,
        rows=[_row(line) for line in one.lines],
        asked=pick(one.asked_reason),
    )


def _row(line: dossiers.ExtractLine) -> tuple[str, str, str, str]:
    kind: Any = line.kind if line.kind in SHOWN else "text"
    options = tuple(Option(value=value, title=title) for value, title in line.options.items())
    field = catalogue.Field(field="value", kind=kind, title=line.title, options=options)
    disputed = _("Disputed") if line.disputed else ""
    since = value_in_words(SINCE, line.since)
    return pick(line.title), value_in_words(field, line.value), since, disputed


def remarks(view: dossiers.DossierView) -> dict[str, Remark]:
    """Answer path -> what an officer must know about its source."""
    found = {}
    for path, source in view.dossier.sources.items():
        field = view.procedure.field(path)
        if field is not None:
            claimed = dossiers.is_claimed(source)
            found[path] = Remark(
                note=source_in_words(source),
                held=value_in_words(field, source.get("held")) if claimed else "",
                disputed=bool(source.get("disputed")),
            )
    return found


def value_in_words(field: catalogue.Field, value: Any) -> str:
    """A known value as an answer is shown."""
    language = (get_language() or "vi")[:2]
    return catalogue.in_words(field, value or None, language, area_name=directory.area_path)


def source_in_words(source: dict[str, Any]) -> str:
    """ "From the National population database, as of 22/11/2026"."""
    at = parse_datetime(str(source.get("at", "")))
    day = localtime(at).date() if at else directory.today()
    return _("From %(register)s, as of %(day)s") % {
        "register": register_name(str(source["register"])),
        "day": date_format(day, "SHORT_DATE_FORMAT"),
    }


def register_name(name: str) -> str:
    """What a register is called in its own file."""
    declared = registers.registers().get(name)
    return pick(declared.title) if declared else _("a register that is not connected here")
