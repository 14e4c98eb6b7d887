"""At which post one works: some officers hold two, and every officer is also a citizen."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.web.desk.access import take_post
from motcua.web.shell.sentences import pick

PRIVATE = "private"


@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: HttpRequest) -> HttpResponseBase:
    """Choose a post, or be a private person again."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_login"))
    if request.method == "POST":
        return _switch(request, request.POST.get("post", ""))
    held = [
        {
            "id": str(post.id),
            "title": pick(post.title),
            "body": pick(directory.body(post.body_id).name),
            "current": str(post.id) == request.session.get("post"),
        }
        for post in identity.current_posts(request.user.id)
    ]
    return render(request, "desk/posts.html", {"posts": held, "next": _next(request)})


def _switch(request: HttpRequest, post_id: str) -> HttpResponseBase:
    if post_id == PRIVATE:
        identity.switch_post(request.user, None)  # type: ignore[arg-type]
        request.session.pop("post", None)
        return HttpResponseRedirect("/", status=303)
    request.session.pop("on_behalf_of", None)
    take_post(request, post_id)
    return HttpResponseRedirect(_next(request), status=303)


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
    return target if safe and target.startswith("/desk/") else reverse("desk:queue")
