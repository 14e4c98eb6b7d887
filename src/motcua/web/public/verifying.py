"""Is this paper genuine? By its code, or by the file itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import api as documents
from motcua.kernel.refusals import Problem
from motcua.web.public.tracking import everywhere, slow_down

TONES = {"genuine": "ok", "superseded": "warn", "doubtful": "warn", "not-registered": "warn"}
STATE_TONES = {"sealed": "ok", "superseded": "warn"}


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A code leads to its own page; a file is judged at once and never kept."""
    if request.method != "POST":
        if code := request.GET.get("code", "").replace("/", "").strip()[:60]:
            return HttpResponseRedirect(reverse("public:verify-code", args=[code]))
        return render(request, "public/verify.html", {"code": "", "problems": ()})
    upload = request.FILES.get("file")
    if upload is None:
        return _again(request, _("Choose the PDF file that you want to check."))
    if (upload.size or 0) > settings.MOTCUA_UPLOAD_MAX_BYTES:
        return _again(request, _("This file is too large to be a paper of ours."))
    found = documents.verify(upload.read())
    context = {
        "name": upload.name,
        "found": found,
        "tone": TONES.get(found.verdict, "late"),
        "verdict": documents.verdict_sentence(found),
        "findings": [(one.holds, documents.finding_sentence(one)) for one in found.findings],
        "limits": documents.LIMITS,
    }
    return render(request, "public/verified_file.html", context)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the register knows of the paper with this code: nothing about a person."""
    slow_down(request)
    paper = documents.verify_code(code[:60])
    if paper is None:
        text = _("No paper has this code. Compare each letter and digit with the paper.")
        return _again(request, text, path="code", code=code[:60], status=404)
    context = {
        "paper": paper,
        "tone": STATE_TONES.get(paper.state, "info"),
        "state": documents.state_sentence(paper.state),
        "limits": documents.LIMITS,
    }
    return render(request, "public/verified_code.html", context)


def _again(
    request: HttpRequest, text: str, *, path: str = "file", code: str = "", status: int = 422
) -> HttpResponse:
    problems = [Problem(path=path, code="", text=everywhere(text))]
    context = {"problems": problems, "code": code}
    return render(request, "public/verify.html", context, status=status)
