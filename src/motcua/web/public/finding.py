"""The first page, the search for services, and the page of each service."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.web.public.facts import facts_of
from motcua.web.shell.sentences import pick

PER_PAGE, MOST = 20, 400
ON_HOME = 6
ICONS = {
    "having-a-child": "family", "identity": "card", "utilities": "bolt", "death": "leaf",
    "business": "building", "taxes": "money", "employment": "person", "housing": "building",
}  # fmt: skip


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One sentence, one search box, and the three things that people come for."""
    today = directory.today()
    context = {
        "life_events": [
            (one, ICONS.get(one.slug, "file"), _services_url(event=one.slug))
            for one in catalogue.life_events(today)
        ],
        "services": catalogue.procedures(today)[:ON_HOME],
    }
    return render(request, "public/home.html", context)


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Search by `q`, narrowed by `event` and `audience`; `page` from 1."""
    q = request.GET.get("q", "").strip()[:200]
    event, audience = request.GET.get("event", ""), request.GET.get("audience", "")
    hits = catalogue.search(
        q,
        lang=(get_language() or "vi")[:2],
        on=directory.today(),
        audience=audience,
        life_event=event,
        limit=MOST,
    )
    number = _page_number(request.GET.get("page", ""), len(hits))
    given = {"q": q, "event": event, "audience": audience}
    start = (number - 1) * PER_PAGE
    context = {
        **given,
        "hits": hits[start : start + PER_PAGE],
        "count": len(hits),
        "previous": _services_url(**given, page=number - 1) if number > 1 else "",
        "next": _services_url(**given, page=number + 1) if start + PER_PAGE < len(hits) else "",
        **_filters(given),
    }
    return render(request, "public/services.html", context)


def _filters(given: dict[str, str]) -> dict[str, Any]:
    events = {one.slug: pick(one.title) for one in catalogue.life_events(directory.today())}
    audiences = {
        slug: pick(title) for slug, title in catalogue.country().get("audiences", {}).items()
    }
    event, audience = given["event"], given["audience"]
    chips = []
    if event:
        chips.append((events.get(event, event), _services_url(**{**given, "event": ""})))
    if audience:
        chips.append(
            (audiences.get(audience, audience), _services_url(**{**given, "audience": ""}))
        )
    return {
        "events": [
            (title, _services_url(**{**given, "event": slug}), slug == event)
            for slug, title in events.items()
        ],
        "audiences": [
            (title, _services_url(**{**given, "audience": slug}), slug == audience)
            for slug, title in audiences.items()
        ],
        "chips": chips,
        "event_title": events.get(event, ""),
    }


@require_safe
def service(request: HttpRequest, service: str) -> HttpResponse:
    """Everything to know before starting, and the start."""
    facts = facts_of(catalogue.current(service, directory.today()))
    start = "paying:find" if facts.procedure.pays else "portal:apply"
    context = {
        "facts": facts,
        "procedure": facts.procedure,
        "crumbs": _crumbs(facts.procedure),
        "start_url": reverse(start, args=[service]),
        "form_url": reverse("public:blank-form", args=[service]),
    }
    page = "public/pays.html" if facts.procedure.pays else "public/service.html"
    return render(request, page, context)


@require_safe
def blank_form(request: HttpRequest, service: str) -> HttpResponse:
    """The questions on paper, to fill in by hand and bring to any desk."""
    facts = facts_of(catalogue.current(service, directory.today()))
    context = {"facts": facts, "procedure": facts.procedure}
    return render(request, "public/blank_form.html", context)


def _crumbs(procedure: catalogue.Procedure) -> list[tuple[str, str]]:
    return [
        (_("First page"), reverse("public:home")),
        (_("Services"), reverse("public:services")),
        (pick(procedure.title), ""),
    ]


def _services_url(**given: Any) -> str:
    kept = {key: value for key, value in given.items() if value not in ("", 1)}
    return reverse("public:services") + (f"?{urlencode(kept)}" if kept else "")


def _page_number(text: str, count: int) -> int:
    wanted = int(text[:6]) if text.isascii() and text.isdigit() else 1
    return max(1, min(wanted, -(-count // PER_PAGE)))
