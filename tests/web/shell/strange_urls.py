"""Views that go wrong, for the tests of error pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET

from motcua.kernel.refusals import Refusal
from motcua.project.urls import handler400, handler403, handler404, handler500  # noqa: F401


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refusal("shell.too-many-requests", seconds=7)


def crash(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@require_GET
def read_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("", include("motcua.web.shell.urls")),
    path("refuse", refuse),
    path("crash", crash),
    path("read-only", read_only),
]
