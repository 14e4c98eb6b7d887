"""What a view asks about the form it received."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


def is_redraw(request: HttpRequest) -> bool:
    """Show the page again with what was typed, save nothing, complain about nothing.

    True when the button was "show communes", or a change of language in the middle of a form.
    """
    return request.method == "POST" and (
        "redraw" in request.POST or "redraw-language" in request.POST
    )


def see_other(name: str, *args: Any, query: str = "") -> HttpResponseRedirect:
    """After a POST: go and look (303)."""
    return HttpResponseRedirect(reverse(name, args=args) + query, status=303)
