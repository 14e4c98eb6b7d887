"""What the layout of every page needs to know; set once for each request."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from msgspec import Struct

# The doors of the other rooms, offered where they exist (a node may run without some of them).
NAV = (
    (gettext_lazy("Services"), "public:services"),
    (gettext_lazy("Track a dossier"), "public:track"),
    (gettext_lazy("Check a document"), "public:verify"),
    (gettext_lazy("Help"), "public:help"),
)
MINE = (
    (gettext_lazy("My dossiers"), "portal:dossiers"),
    (gettext_lazy("My payments"), "portal:payments"),
    (gettext_lazy("Messages and notices"), "portal:notices"),
    (gettext_lazy("My data"), "portal:my-data"),
    (gettext_lazy("My details"), "portal:profile"),
)
WORK = ((gettext_lazy("My work"), "desk:queue"),)
ACCOUNT = (
    (gettext_lazy("Passkeys and sign-in"), "mfa_index"),
    (gettext_lazy("Change password"), "account_change_password"),
    (gettext_lazy("Connected software"), "portal:applications"),
)


class Link(Struct, frozen=True):
    """An entry of a menu; `count` is shown beside it when it is not empty."""

    label: Any
    url: str
    current: bool = False
    count: str = ""


class Language(Struct, frozen=True):
    code: str
    name: str
    current: bool


class PageContext(Struct, frozen=True, kw_only=True):
    """`page` in templates. Cookies "density" and "shortcuts" hold an officer's preferences."""

    path: str = "/"
    language: str = "vi"
    languages: tuple[Language, ...] = ()
    nav: tuple[Link, ...] = ()
    mine: tuple[Link, ...] = ()
    work: tuple[Link, ...] = ()
    account: tuple[Link, ...] = ()
    demo: bool = False
    dense: bool = False
    shortcuts: bool = True
    officer: bool = False
    on_behalf_of: str = ""


def page(request: HttpRequest) -> dict[str, PageContext]:
    """The context processor; touches neither the database nor the session's rows by itself."""
    session = getattr(request, "session", None)
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    post = bool(signed_in and session is not None and session.get("post"))
    behalf = ""
    if signed_in and session is not None and session.get("on_behalf_of"):
        behalf = str(session.get("on_behalf_of_name") or session["on_behalf_of"])
    return {"page": _page(request, post, behalf)}


def bare_page() -> dict[str, PageContext]:
    """The same without a request, for a page that must show when all else fails."""
    return {"page": PageContext(language=_language(), languages=_languages(_language()))}


def _page(request: HttpRequest, post: bool, behalf: str) -> PageContext:
    path = request.path
    return PageContext(
        path=request.get_full_path(),
        language=_language(),
        languages=_languages(_language()),
        nav=links(NAV, path),
        mine=links(MINE, path),
        work=links(WORK, path) if post else (),
        account=links(ACCOUNT, path),
        demo=bool(getattr(settings, "DEMO", False)),
        dense=request.COOKIES.get("density") == "dense",
        shortcuts=request.COOKIES.get("shortcuts") != "off",
        officer=post,
        on_behalf_of=behalf,
    )


def links(entries: tuple[tuple[Any, str], ...], path: str) -> tuple[Link, ...]:
    """The entries whose URL names exist, the one that holds `path` marked as current."""
    found = [(label, url) for label, name in entries if (url := _url(name))]
    return tuple(Link(label, url, _holds(url, path)) for label, url in found)


def _holds(url: str, path: str) -> bool:
    return path == url or (url not in {"/", "/my/", "/desk/"} and path.startswith(url))


@cache
def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def _languages(current: str) -> tuple[Language, ...]:
    return tuple(Language(code, str(name), code == current) for code, name in settings.LANGUAGES)
