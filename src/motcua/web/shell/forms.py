"""What a view asks about the form it received."""

from django.http import HttpRequest


def is_redraw(request: HttpRequest) -> bool:
    """Show the page again with what was typed, save nothing, complain about nothing.

    True when the button was "show communes", or a change of language in the middle of a form.
    """
    return request.method == "POST" and (
        "redraw" in request.POST or "redraw-language" in request.POST
    )
