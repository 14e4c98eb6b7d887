"""Where a dossier stands, for whoever has its number: no account, nothing personal."""

from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from motcua.dossiers import api as dossiers
from motcua.kernel.refusals import Problem, Refusal
from motcua.web.public import words
from motcua.web.shell.components import StepItem
from motcua.web.shell.limits import Limiter, Rate
from motcua.web.shell.middleware import address_of
from motcua.web.shell.sentences import of_refusal, pick

LONGEST_CODE = 80
_limiter = Limiter(Rate(per_minute=20, burst=20))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def track(request: HttpRequest) -> HttpResponse:
    """By POST or `?code=`: the same answer for what was never there and what is mistyped."""
    if request.method == "POST":
        asked = request.POST.get("code", "").strip()[:LONGEST_CODE]
        url = f"{reverse('public:track')}?{urlencode({'code': asked})}"
        return HttpResponseRedirect(url, status=303)
    code = request.GET.get("code", "").strip()[:LONGEST_CODE]
    if "code" not in request.GET:
        return render(request, "public/track.html", {"code": "", "problems": ()})
    slow_down(request)
    try:
        found = dossiers.track(code)
    except Refusal as no:
        if no.code != "dossiers.no-such-code":
            raise
        problems = [Problem(path="code", code=no.code, text=everywhere(of_refusal(no)))]
        context = {"code": code, "problems": problems}
        return render(request, "public/track.html", context, status=404)
    return render(request, "public/tracked.html", {"track": found, "events": _events(found)})


def slow_down(request: HttpRequest) -> None:
    """Numbers cannot be tried out one after another."""
    if not getattr(settings, "RATE_LIMITS_ON", True):
        return
    if seconds := ceil(_limiter.wait(address_of(request))):
        raise Refusal("shell.too-many-requests", seconds=seconds)


def _events(found: dossiers.Track) -> list[StepItem]:
    """What happened, oldest first, and where it stands now."""
    items = [
        StepItem(title=words.event(one.verb), at=one.at, text=pick(one.body), state="done")
        for one in found.events
    ]
    if found.ended_at is None:
        items.append(StepItem(title=pick(found.step) or _("In processing"), state="now"))
    return items


def everywhere(sentence: str) -> dict[str, str]:
    return dict.fromkeys(("vi", "en", "fr"), sentence)
