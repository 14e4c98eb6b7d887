"""The shell's own addresses: language, preferences, communes of a province, the gallery."""

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from motcua.web.shell import areas, gallery
from motcua.web.shell.forms import is_redraw
from motcua.web.shell.headers import embeddable

YEAR_S = 365 * 24 * 3600
PREFERENCES = {"density": {"dense", "roomy"}, "shortcuts": {"on", "off"}}


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language and go back to `next`.

    Sent as `redraw-language` from inside a form, the form itself travels on to its page (status
    307 keeps method and body), which shows it again in the new language with all that was typed.
    """
    kept = request.POST.get("redraw-language", "")
    code = kept or request.POST.get("language", "")
    back = _next(request)
    response = HttpResponseRedirect(back, preserve_request=bool(kept))
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@require_POST
def preferences(request: HttpRequest) -> HttpResponseBase:
    """Density of officers' pages and single-key shortcuts: two cookies, no personal data."""
    response = HttpResponseRedirect(_next(request))
    for name, allowed in PREFERENCES.items():
        if (value := request.POST.get(name, "")) in allowed:
            _remember(response, name, value)
    return response


@require_GET
def communes(request: HttpRequest) -> JsonResponse:
    """`/areas?of=01` -> [["00070", "Phường Hoàn Kiếm"], ...], for the area picker."""
    found = areas.communes(request.GET.get("of", "")[:2])
    response = JsonResponse([[area.code, area.name] for area in found], safe=False)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state; its form works, so that it can be tried."""
    posted = request.POST if request.method == "POST" else None
    context = gallery.context(posted, with_faults=posted is not None and not is_redraw(request))
    return render(request, "shell/gallery.html", context, status=422 if context["faulty"] else 200)


@require_safe
def desk_design(request: HttpRequest) -> HttpResponse:
    """The officers' components, in the officers' layout."""
    return render(request, "shell/gallery_desk.html", gallery.desk_context())


@require_safe
def confirm_design(request: HttpRequest) -> HttpResponse:
    """The page that asks before something that cannot be undone."""
    return render(
        request,
        "shell/confirm.html",
        {
            "title": gettext("Withdraw this dossier?"),
            "text": gettext("The agency stops working on it. You can apply again at any time."),
            "facts": gallery.sample_rows()[:2],
            "action": "",
            "verb": gettext("Withdraw"),
            "cancel": "/design/",
            "hidden": {},
            "danger": True,
        },
    )


@require_safe
def paper_design(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """A sheet to look at beside the officer's form."""
    return embeddable(HttpResponse(gallery.SHEET, content_type="image/svg+xml"))


def _next(request: HttpRequest) -> str:
    target = request.GET.get("next") or request.POST.get("next") or "/"
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure())
    return target if safe and target.isascii() and target.isprintable() else "/"


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR_S, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
