"""`{% load ui %}`: the components of the shell. README.md has an example of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from motcua.catalogue.rules.procedure import Field
from motcua.kernel import clock as kernel_clock
from motcua.kernel import texts
from motcua.kernel.deadlines import Clock
from motcua.kernel.refusals import Problem
from motcua.web.shell import bound, components, controls, deadlines, sentences, statuses
from motcua.web.shell.icons import PATHS

register = template.Library()


# Words


@register.filter
def pick(text: Any) -> str:
    """`{{ procedure.title|pick }}`: a text of the pack in the language of the page."""
    return sentences.pick(text)


@register.filter
def say(text: Mapping[str, str]) -> str:
    """As `pick`, with a `lang` attribute where the text is in another language than the page."""
    language = sentences.language_of(text)
    if language in {"", _language()}:
        return sentences.pick(text)
    return format_html('<span lang="{}">{}</span>', language, text[language])


@register.filter
def vnd(amount: int) -> str:
    """`{{ 50000|vnd }}`: 50.000 đồng (vi), 50,000 dong (en), 50 000 dongs (fr)."""
    return texts.money(int(amount), _language())


@register.filter
def grouped(number: int) -> str:
    """A number with the marks of the page's language between thousands."""
    return texts.whole_number(int(number), _language())


def _language() -> str:
    return (get_language() or "vi")[:2]


@register.filter
def moment(at: datetime | None) -> str:
    """`{{ row.at|moment }}`: a `<time>` with the weekday."""
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), deadlines.day_of(at))


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        css,
        PATHS[name],
    )


# Questions


@register.simple_tag
def field(
    f: Field,
    values: Any = None,
    problems: Iterable[Problem] = (),
    *,
    known: Any = "",
    heading: bool = False,
    on: date | None = None,
) -> SafeString:
    """A question of a service; `known`: where a value filled in comes from."""
    return _control(
        controls.control(
            f, values, problems or (), known=sentences.pick(known), heading=heading, on=on
        )
    )


@register.simple_tag
def fields(
    ask: Sequence[Field],
    values: Any = None,
    problems: Iterable[Problem] = (),
    *,
    known: Mapping[str, Any] | None = None,
) -> SafeString:
    """All questions of a page; a page with one question has it as its heading."""
    known = known or {}
    rendered = (
        field(f, values, problems, known=known.get(f.field, ""), heading=len(ask) == 1) for f in ask
    )
    return mark_safe("".join(rendered))  # noqa: S308 - made of escaped templates


@register.simple_tag
def ask(
    kind: str, name: str, label: Any, *, values: Any = None, problems: Any = (), **more: Any
) -> SafeString:
    """A question that no service defines: `{% ask "text" "q" label hint=... options=... %}`.

    `kind` as in the catalogue, or "password". Further: hint, why, optional, heading, options
    (pairs of value and label), value, autocomplete, width, max, level.
    """
    return _control(
        bound.asked(kind, name, label, values=values, problems=problems or (), more=more)
    )


@register.simple_tag
def bound_field(bound_form_field: BoundField) -> SafeString:
    """A field of a Django form (sign-in and the like) in our own clothes."""
    return _control(bound.from_django(bound_form_field))


@register.simple_tag
def upload(
    name: str, label: Any, *, accepts: Sequence[str] = ("pdf", "jpeg", "png"), max_mb: int = 10,
    files: Sequence[Any] = (), problems: Any = (), hint: Any = "", optional: bool = False,
) -> SafeString:  # fmt: skip
    """Files, several at once, or from a phone's camera; `files`: (name, url, remove_value)."""
    control = controls.Control(
        shape="upload", name=name, id=name, label=str(label), hint=sentences.pick(hint),
        optional=optional, error=controls.error_of(name, str(label), problems or ()),
        accept=",".join(f".{kind}" for kind in _endings(accepts)),
    )  # fmt: skip
    kinds = ", ".join(kind.upper() for kind in accepts)
    return _control(control, files=files, kinds=kinds, max_mb=max_mb)


def _endings(accepts: Sequence[str]) -> list[str]:
    return [*accepts, *(["jpg"] if "jpeg" in accepts else [])]


def _control(control: controls.Control, **more: Any) -> SafeString:
    name = f"shell/controls/{control.shape}.html"
    return render_to_string(name, {"c": control, **more})


@register.inclusion_tag("shell/parts/error_summary.html")
def error_summary(problems: Iterable[Problem], labels: Mapping[str, str] | None = None) -> Any:
    """All faults on top of the page, each a link to its field; takes the focus."""
    labels = labels or {}
    return {
        "items": [
            (problem.path, sentences.of_problem(problem, labels.get(problem.path, "")))
            for problem in problems or ()
        ]
    }


# Finding the way


def _simple(name: str, *keys: str) -> Callable[..., dict[str, Any]]:
    """An inclusion tag whose template `shell/parts/<name>.html` gets exactly these arguments."""

    def tag(*given: Any, **named: Any) -> dict[str, Any]:
        unknown = set(named) - set(keys)
        if unknown or len(given) > len(keys):
            raise template.TemplateSyntaxError(f"{name}: unknown arguments {unknown or given}")
        return {**dict.fromkeys(keys, ""), **dict(zip(keys, given, strict=False)), **named}

    tag.__name__ = name
    register.inclusion_tag(f"shell/parts/{name}.html", name=name)(tag)
    return tag


back_link = _simple("back_link", "url", "label")
button = _simple("button", "label", "href", "kind", "name", "value", "key", "formaction")
breadcrumbs = _simple("breadcrumbs", "items")
tabs = _simple("tabs", "items", "label")
side_nav = _simple("side_nav", "items", "label")
pagination = _simple("pagination", "previous", "next", "note")
search_box = _simple("search_box", "action", "value", "label", "name", "hint")
tag = _simple("tag", "word", "kind")
task_list = _simple("task_list", "items")
steps = _simple("steps", "items", "label")
chips = _simple("chips", "items", "clear_url")
stat = _simple("stat", "value", "label", "url", "kind", "note")
identity_bar = _simple("identity_bar", "code", "title", "facts", "status", "due", "now")
viewer = _simple("viewer", "url", "title", "note")


@register.filter
def message_kind(level: str) -> str:
    """The colour of a Django message."""
    return {"success": "ok", "warning": "warn", "error": "late"}.get(level, "info")


@register.inclusion_tag("shell/parts/table.html")
def table(
    columns: Sequence[components.Column],
    rows: Iterable[Sequence[Any]],
    caption: Any,
    *,
    empty: Any = "",
) -> dict[str, Any]:
    """A table in a scroll region; the first cell of a row names it. Cells may be safe HTML."""
    lines = [{"cells": list(zip(row, columns, strict=True))} for row in rows]
    return {"columns": columns, "rows": lines, "caption": caption, "empty": empty}


@register.inclusion_tag("shell/parts/summary.html")
def summary(rows: Iterable[Any], plain: bool = False) -> dict[str, Any]:
    """Answers with Change links; rows are components.Row, or (label, value[, url])."""
    rows = components.rows_of(rows)
    return {"rows": rows, "plain": plain or not any(row.url for row in rows)}


@register.inclusion_tag("shell/parts/tag.html")
def status_tag(status: int) -> dict[str, Any]:
    """A national dossier status (1-10) as colour and word."""
    kind, word = statuses.status_word(status)
    return {"kind": kind, "word": word}


@register.inclusion_tag("shell/parts/deadline.html")
def deadline(clock: Clock | None, now: datetime | None = None) -> dict[str, Any]:
    """The chip, the reason in one line and the whole computation under "why"."""
    if clock is None:
        return {"chip": None, "because": "", "steps": []}
    chip = deadlines.chip(clock, now or kernel_clock.now())
    return {"chip": chip, "because": deadlines.because(clock), "steps": deadlines.explain(clock)}


@register.inclusion_tag("shell/parts/due.html")
def due(at: Clock | datetime | None, now: datetime | None = None) -> dict[str, Any]:
    """Only the chip, for tables; of a clock or of a moment."""
    now = now or kernel_clock.now()
    if at is None:
        return {"chip": None}
    chip = deadlines.chip(at, now) if isinstance(at, Clock) else deadlines.due_chip(at, now)
    return {"chip": chip}


@register.inclusion_tag("shell/parts/bars.html")
def bars(title: Any, items: Iterable[Any], unit: Any = "") -> dict[str, Any]:
    """A bar drawing with the same numbers as a table beside it."""
    found = [item if isinstance(item, components.Bar) else _bar(*item) for item in items]
    height = len(found) * components.STEP_PX + 6
    return {"title": title, "bars": components.drawn(found), "unit": unit, "height": height}


def _bar(label: Any, value: float, kind: str = "") -> components.Bar:
    return components.Bar(label=label, value=value, kind=kind)


# Boxes around content: {% note "ok" title %} ... {% endnote %}


@register.simple_block_tag
def note(content: str, kind: str = "info", title: Any = "", *, alert: bool = False) -> SafeString:
    """A notification banner: "info", "ok", "warn" or "late"; `alert` is read out at once."""
    icons = {"ok": "check", "info": "info"}
    context = {"content": content, "kind": kind, "title": title, "alert": alert}
    return render_to_string(
        "shell/parts/note.html", {**context, "icon_name": icons.get(kind, "alert")}
    )


@register.simple_block_tag
def more(content: str, title: Any, opened: bool = False) -> SafeString:
    """Details that open on demand."""
    return render_to_string(
        "shell/parts/more.html", {"content": content, "title": title, "opened": opened}
    )


@register.simple_block_tag
def card(
    content: str, title: Any, url: str = "", *, icon_name: str = "", css: str = ""
) -> SafeString:
    """A thing to choose; with an icon and css="door" it is a doorway."""
    context = {"content": content, "title": title, "url": url, "icon_name": icon_name, "css": css}
    return render_to_string("shell/parts/card.html", context)


@register.simple_block_tag
def panel(content: str, title: Any, code: str = "", *, level: int = 1) -> SafeString:
    """The confirmation at the end of a way, with the number to keep; its title is the page's."""
    return render_to_string(
        "shell/parts/panel.html",
        {"content": content, "title": title, "code": code, "level": level},
    )


# The frame of the page


@register.inclusion_tag("shell/parts/languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """With `page_form` in the context, the switch carries that form along with what was typed."""
    flat = context.flatten()
    return {
        "page": flat["page"],
        "form": flat.get("page_form", ""),
        "csrf_token": flat.get("csrf_token", ""),
    }
