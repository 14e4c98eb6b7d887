"""A new service file that passes the check: everything is there, the texts are marked as to write.

A newcomer changes it piece by piece and runs the check after each change.
"""

import re
from importlib import resources
from pathlib import Path

from motcua.catalogue.checks.unfinished import MARK
from motcua.catalogue.packs import Pack
from motcua.kernel.refusals import Refusal

BLANK = "blank"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new_service(pack: Pack, life_event: str, slug: str) -> Path:
    """Write services/<life event>/<slug>.yaml and return its path.

    Raises Refusal "catalogue.bad-slug", "catalogue.no-such-life-event" (`known`) or
    "catalogue.service-exists".
    """
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise Refusal("catalogue.bad-slug", slug=slug)
    events = pack.country.get("life-events")
    known = sorted(events) if isinstance(events, dict) else []
    if life_event not in known:
        listed = ", ".join(known)
        raise Refusal("catalogue.no-such-life-event", life_event=life_event, known=listed)
    path = pack.root / "services" / life_event / f"{slug}.yaml"
    if any((pack.root / "services").rglob(f"{slug}.yaml")):
        raise Refusal("catalogue.service-exists", slug=slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_file(pack, life_event, slug), encoding="utf-8")
    return path


def new_register(pack: Pack, slug: str) -> Path:
    """Write registers/<slug>.yaml and return its path.

    Raises Refusal "catalogue.bad-slug" or "catalogue.register-exists".
    """
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise Refusal("catalogue.bad-slug", slug=slug)
    path = pack.root / "registers" / f"{slug}.yaml"
    if path.exists():
        raise Refusal("catalogue.register-exists", slug=slug)
    template = resources.files("motcua.catalogue") / "schema" / "new-register.txt"
    filled = template.read_text(encoding="utf-8").replace("<slug>", slug)
    filled = filled.replace("<owner>", min(pack.body_codes, default="G01"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_filled(pack, filled), encoding="utf-8")
    return path


def _text(pack: Pack, what: str) -> str:
    languages = ", ".join(f'{language}: "{MARK}: {what}"' for language in pack.languages)
    return f"{{{languages}}}"


def _file(pack: Pack, life_event: str, slug: str) -> str:
    template = resources.files("motcua.catalogue") / "schema" / "new-service.txt"
    filled = template.read_text(encoding="utf-8")
    filled = filled.replace("<slug>", slug).replace("<life-event>", life_event)
    filled = filled.replace("<owner>", min(pack.body_codes, default="G01"))
    filled = filled.replace("<paper>", _paper(pack))
    return _filled(pack, filled)


def _filled(pack: Pack, words: str) -> str:
    return re.sub(r"<text: ([^>]*)>", lambda found: _text(pack, found[1]), words)


def _paper(pack: Pack) -> str:
    """The template that says nothing of its own, so that nobody issues another service's paper."""
    papers = pack.papers or {}
    return BLANK if BLANK in papers else min(papers, default=BLANK)
