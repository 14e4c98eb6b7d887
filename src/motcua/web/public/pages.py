"""Help, accessibility, data protection, and what machines ask: robots.txt and signs of life."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.catalogue import api as catalogue

ROBOTS = "User-agent: *\nDisallow: /my/\nDisallow: /desk/\nDisallow: /account/\nDisallow: /track\n"


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How it works, who helps, and where to complain."""
    return render(request, "public/help.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done and tested so that everybody can use these pages, and what was not."""
    return render(request, "public/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, why, and who may see it."""
    return render(request, "public/privacy.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(ROBOTS, content_type="text/plain")


@require_safe
def livez(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The database answers and a country is loaded, so requests may be sent here."""
    try:
        ready = bool(catalogue.country())
    except DatabaseError:
        ready = False
    text = "ok\n" if ready else "not ready\n"
    return HttpResponse(text, status=200 if ready else 503, content_type="text/plain")
