"""Entries and values in words of the active language: for pages, for copies, and over the wire."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Field, Option
from motcua.directory import api as directory
from motcua.kernel import texts
from motcua.openness.shapes import FieldShown, Text, Usage

_KINDS: dict[str, Any] = {
    "read": _("Read"),
    "refused": _("Tried to read, was refused"),
    "found": _("Found in a search"),
    "emergency": _("Emergency access"),
    "case": _("Opened your application"),
    "log": _("Looked at this list"),
    "copied": _("Made a copy of the data"),
    "written": _("Wrote to the register"),
}
_PURPOSES: dict[str, Any] = {
    "own": _("At the request of the person or of somebody entitled"),
    "processing": _("Work on an application"),
    "emergency": _("Emergency: reviewed by somebody else"),
    "procedure": _("Public service"),
    "duty": _("Duty of the body"),
}
_WHO: dict[str, Any] = {
    "officer": _("Officer"),
    "machine": _("Automatic processing"),
    "person": _("Somebody entitled to act for you"),
    "self": _("You"),
}
FINDINGS: dict[str, Any] = {
    "lawful": _("The access was lawful."),
    "mistake": _("The access was a mistake."),
    "unlawful": _("The access was not lawful."),
}
STANDINGS: dict[str, Any] = {
    "asked": _("Asked, not acknowledged yet"),
    "acknowledged": _("Received by the body"),
    "unseen": _("Not acknowledged in time"),
    "late": _("The answer is late"),
    "answered": _("Answered"),
}
# What only registers know is shown as text.
_AS_TEXT = {"business-number": "text", "code": "text"}


def said(text: Text) -> str:
    """A text of the pack in the active language."""
    return texts.pick(text, (get_language() or "vi")[:2]) if text else ""


def what_happened(entry: Usage) -> str:
    """ "Read: full name, date of birth"; without field names, of which register."""
    kind = str(_KINDS.get(entry.kind, _KINDS["read"]))
    names = ", ".join(filter(None, map(said, entry.what))) or said(entry.register_title)
    return f"{kind}: {names}" if names else kind


def why(entry: Usage) -> str:
    """The purpose: the procedure's or the duty's title, or a general word; "" of a writing."""
    return said(entry.purpose_title) or str(_PURPOSES.get(entry.purpose_kind, ""))


def who(entry: Usage) -> str:
    """The post of an officer, or what else looked."""
    if entry.who == "officer" and entry.post:
        return said(entry.post)
    return str(_WHO[entry.who])


def action_of(entry: Usage) -> str:
    """One line that explains an access: why, and what."""
    return ". ".join(filter(None, (why(entry), what_happened(entry))))


def value_of(shown: FieldShown) -> str:
    """A value of a register in words; rows are listed, cells apart by commas."""
    language = (get_language() or "vi")[:2]
    if shown.kind == "rows":
        rows = shown.value if isinstance(shown.value, list) else []
        return "; ".join(", ".join(map(str, _cells(row))) for row in rows)
    field = Field(
        field=shown.path,
        kind=_AS_TEXT.get(shown.kind, shown.kind),  # type: ignore[arg-type]
        title=shown.title,
        options=tuple(Option(value=key, title=title) for key, title in shown.options.items()),
    )
    return catalogue.in_words(field, shown.value, language, area_name=area_name)


def _cells(row: Any) -> list[Any]:
    cells = list(row.values()) if isinstance(row, dict) else [row]
    return [cell for cell in cells if not isinstance(cell, bool) and cell is not None]


def area_name(code: str) -> str:
    """The full name of a place, or its code when no place ever bore it."""
    return directory.area_path(code) or code if code else ""
