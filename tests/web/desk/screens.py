"""An officer before a screen: a client signed in at a post, and a few ways to read a page."""

import html
import re
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client

from motcua.catalogue import api as catalogue
from motcua.dossiers import api as dossiers
from motcua.kernel.actors import Actor
from tests.dossiers.world import fill, scan


def screen(actor: Actor, language: str = "en") -> Client:
    """A signed-in browser without a script; an officer's works at his post."""
    client = Client()
    client.cookies["language"] = language
    client.force_login(get_user_model().objects.get(id=actor.account_id))
    if actor.post_id:
        session = client.session
        session["post"] = str(actor.post_id)
        session.save()
    return client


def url_of(dossier_id: UUID, verb: str = "") -> str:
    return f"/desk/d/{dossier_id}/" + (f"do/{verb}" if verb else "")


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form of an action."""
    form = page[page.index('id="act"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def says(client: Client, dossier_id: UUID, verb: str, **typed: Any) -> Any:
    """Open the page of an action and send it; the answer of the POST."""
    page = client.get(url_of(dossier_id, verb))
    assert page.status_code == 200, page.content.decode()[-3000:]
    return client.post(url_of(dossier_id, verb), {**hidden(page.content.decode()), **typed})


def applied(actor: Actor, service: str) -> UUID:
    """The first worked example of a service, sent in by a citizen."""
    opened = dossiers.open_draft(actor, service)
    example = opened.procedure.examples[0]
    fill(actor, opened.id, catalogue.nest(example["answers"]))
    view = dossiers.draft(actor, opened.id)
    for one in catalogue.evidence_needed(view.procedure, view.answers):
        dossiers.attach(actor, opened.id, one.paper, [scan()])
    return dossiers.submit(actor, opened.id, "")
