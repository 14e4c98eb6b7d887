"""Every "no" as a page in plain words: what happened, whether anything is lost, what to do next."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from motcua.kernel.refusals import Refusal, sentence_of
from motcua.web.shell import sentences
from motcua.web.shell.context import bare_page

TITLES = {
    400: _("We could not read that"),
    401: _("Sign in first"),
    403: _("You cannot open this page"),
    404: _("There is no such page"),
    405: _("That cannot be done here"),
    409: _("This cannot be done now"),
    413: _("That is too large"),
    422: _("Something is not right yet"),
    429: _("Please wait a moment"),
    500: _("Something went wrong on our side"),
    503: _("The service is closed for a short time"),
}
TEXTS = {
    400: _("The address or what was sent is damaged. Go back in your browser and try again."),
    403: _(
        "Your account or your post does not have the right that this page needs. If you think "
        "that it should, ask the person who manages accounts in your body."
    ),
    404: _(
        "The address may be mistyped or out of date, or what it showed is not open to you. "
        "Look for it by its name, or start again from the first page."
    ),
    500: _(
        "The fault has been noted and the people who run this service can see it. What you had "
        "saved is kept. Try again in a few minutes; you need not send anything twice."
    ),
}
CSRF_TEXT = _(
    "For your safety a page can be sent only from the browser window that opened it, with cookies "
    "allowed. Go back, load the page again and send it once more; what you typed is still there in "
    "most browsers."
)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal that no view handled, with the status of its sentence."""
    with translation.override(translation.get_language_from_request(request)):
        problems = [sentences.of_problem(problem) for problem in refusal.problems]
        text = sentences.of_refusal(refusal)
    return page(request, sentence_of(refusal.code).status, text=text, problems=problems)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return page(request, 400)


def permission_denied(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:  # noqa: ARG001
    return page(request, 403)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001
    return page(request, 404)


def too_many_requests(request: HttpRequest, *_exception: Any) -> HttpResponse:
    """What the sign-in says to an address that tries too often; its limits are per minute."""
    return refusal_page(request, Refusal("shell.too-many-requests", seconds=60))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return page(request, 403, title=_("We could not be sure that it was you"), text=CSRF_TEXT)


def server_error(request: HttpRequest) -> HttpResponse:
    """Uses neither the session nor the database: they may be what is broken."""
    with translation.override(translation.get_language_from_request(request)):
        context = {**bare_page(), "status": 500, "title": TITLES[500], "text": TEXTS[500]}
        return HttpResponse(render_to_string("shell/broken.html", context), status=500)


def page(
    request: HttpRequest, status: int, *, title: Any = "", text: Any = "", problems: Any = ()
) -> HttpResponse:
    """An error page with this status; usual words where none are given."""
    language = translation.get_language_from_request(request)
    context = {
        "status": status,
        "title": title or TITLES.get(status, TITLES[400 if status < 500 else 500]),
        "text": text or TEXTS.get(status, TEXTS[400 if status < 500 else 500]),
        "problems": problems,
        "sign_in": status in {401, 403} and not _signed_in(request),
        "login_url": settings.LOGIN_URL,
    }
    with translation.override(language):
        html = render_to_string("shell/error.html", context, request=request)
    return HttpResponse(html, status=status, headers={"Content-Language": language})


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)
