"""Controls for questions that no service defines, and for Django's own forms."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BoundField, CheckboxInput, Select, Textarea
from django.utils.translation import get_language
from msgspec.structs import replace

from motcua.catalogue.rules.procedure import Field, Option
from motcua.kernel.refusals import Problem
from motcua.web.shell.controls import Choice, Control, control
from motcua.web.shell.sentences import pick


def asked(
    kind: str,
    name: str,
    label: Any,
    *,
    values: Any,
    problems: Iterable[Problem],
    more: Mapping[str, Any],
) -> Control:
    """The control of `{% ask %}`."""
    field = Field(
        field=name,
        kind="text" if kind == "password" else kind,  # type: ignore[arg-type]
        title=_text(label),
        hint=_text(more.get("hint", "")),
        why=_text(more.get("why", "")),
        optional=bool(more.get("optional")),
        level=str(more.get("level", "")),
        max=int(more.get("max", 0)),
        options=tuple(
            Option(value=str(value), title=_text(title)) for value, title in more.get("options", ())
        ),
    )
    if values is None:
        values = {name: more.get("value", "")}
    made = control(field, values, problems, heading=bool(more.get("heading")))
    changes = {key: str(more[key]) for key in ("autocomplete", "width") if key in more}
    if kind == "password":
        changes["type"] = "password"
    return replace(made, **changes) if changes else made


def _text(words: Any) -> dict[str, str]:
    said = pick(words)
    return {(get_language() or "vi")[:2]: said} if said else {}


def from_django(field: BoundField) -> Control:
    """A bound field of a Django form: label, help, errors, widget attributes kept."""
    widget, attrs = field.field.widget, field.field.widget.attrs
    value = field.value()
    common: dict[str, Any] = {
        "shape": _shape(widget),
        "name": field.html_name,
        "id": field.id_for_label or field.html_name,
        "label": str(field.label),
        "hint": str(field.help_text or ""),
        "error": " ".join(str(error) for error in field.errors),
        "value": ""
        if value is None or getattr(widget, "input_type", "") == "password"
        else str(value),
        "optional": not field.field.required and not isinstance(widget, CheckboxInput),
        "autocomplete": str(attrs.get("autocomplete", "off")),
        "inputmode": str(attrs.get("inputmode", "")),
        "type": getattr(widget, "input_type", None) or "text",
    }
    return Control(**{**common, **_chosen(field, common["id"])})


def _shape(widget: Any) -> str:
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, Textarea):
        return "textarea"
    if getattr(widget, "input_type", "") == "radio":
        return "choice"
    if isinstance(widget, Select):
        return "select"
    return "hidden" if widget.is_hidden else "text"


def _chosen(field: BoundField, control_id: str) -> dict[str, Any]:
    widget, value = field.field.widget, field.value()
    if isinstance(widget, CheckboxInput):
        ticked = bool(value) and str(value) not in {"False", "0"}
        label = str(field.label)
        return {"choices": (Choice(value="on", label=label, id=control_id, chosen=ticked),)}
    if not isinstance(widget, Select):
        return {}
    return {
        "choices": tuple(
            Choice(
                value=str(code),
                label=str(label),
                id=control_id if number == 0 else f"{control_id}-{number + 1}",
                chosen=str(code) == str(value),
            )
            for number, (code, label) in enumerate(widget.choices)
        )
    }
