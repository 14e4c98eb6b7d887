"""Words on a dossier: messages with the applicant, notes among officers, the rating at the end."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.dossiers import access
from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.models import Message, Rating
from motcua.dossiers.operations.telling import tell
from motcua.dossiers.rules.state import END, Dossier
from motcua.kernel import clock, texts
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal

LONGEST = 4000
DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def send_message(actor: Actor, dossier_id: UUID, text: str) -> UUID:
    """Write to the other side: the applicant to the officers, or an officer to the applicant.

    The other side is notified. The same words again within a minute are a double click, and give
    the first message. Officers talk to applicants here and nowhere else (Decree 61/2018
    art. 5). Refusals: dossiers.not-found, dossiers.say-needed, dossiers.text-too-long.
    """
    dossier = access.visible(actor, dossier_id)
    message_id, is_new = _write(actor, dossier, text, visible=True)
    if not is_new:
        return message_id
    procedure = catalogue.procedure(dossier.procedure)
    to = "applicant" if access.party(actor, dossier) == "officer" else "unit"
    notice = {"template": "message", "to": to, "say": text[:200], "task": str(message_id)}
    tell(actor, procedure, dossier, notice=notice)
    return message_id


@transaction.atomic
def add_note(actor: Actor, dossier_id: UUID, text: str) -> UUID:
    """A note among officers, which the applicant never sees. Refusals as `send_message`."""
    dossier = access.visible(actor, dossier_id)
    if access.party(actor, dossier) != "officer":
        raise access.missing()
    return _write(actor, dossier, text, visible=False)[0]


@transaction.atomic
def rate(actor: Actor, dossier_id: UUID, stars: int, *, text: str = "") -> None:
    """1 to 5 stars and a word, by the applicant, once, when the dossier has ended.

    Refusals: dossiers.not-found, dossiers.rate-one-to-five, dossiers.not-ended,
    dossiers.already-rated."""
    dossier = access.visible(actor, dossier_id)
    if access.party(actor, dossier) != "applicant":
        raise access.missing()
    if not 1 <= stars <= 5:
        raise Refusal("dossiers.rate-one-to-five")
    if dossier.at != END:
        raise Refusal("dossiers.not-ended")
    row = Rating(dossier_id=dossier.id, stars=stars, text=_clean(text, empty=True), at=clock.now())
    if Rating.objects.filter(dossier_id=dossier.id).exists():
        raise Refusal("dossiers.already-rated")
    Rating.objects.bulk_create([row])
    _record(actor, dossier, "dossier.rated", stars=stars)


def _write(actor: Actor, dossier: Dossier, text: str, *, visible: bool) -> tuple[UUID, bool]:
    """The message's id, and whether it is new; one dossier's messages are written in turn."""
    author = access.party(actor, dossier)
    if author not in {"applicant", "officer"} or actor.account_id is None:
        raise access.missing()
    clean = _clean(text)
    DossierRow.objects.select_for_update().values_list("id").get(id=dossier.id)
    same = Message.objects.filter(
        dossier_id=dossier.id,
        author_id=actor.account_id,
        visible=visible,
        text=clean,
        at__gt=clock.now() - DOUBLE_CLICK,
    )
    if first := same.values_list("id", flat=True).first():
        return first, False
    row = Message(
        dossier_id=dossier.id,
        id=new_id(),
        at=clock.now(),
        author=author,
        author_id=actor.account_id,
        body_id=actor.body_id if author == "officer" else None,
        visible=visible,
        text=clean,
    )
    Message.objects.bulk_create([row])
    _record(actor, dossier, "message.sent" if visible else "note.added", message=str(row.id))
    return row.id, True


def _clean(text: str, *, empty: bool = False) -> str:
    clean = texts.normalise(text)
    if not clean and not empty:
        raise Refusal("dossiers.say-needed")
    if len(clean) > LONGEST:
        raise Refusal("dossiers.text-too-long", most=LONGEST)
    return clean


def _record(actor: Actor, dossier: Dossier, verb: str, **detail: object) -> None:
    acts.record(
        actor,
        verb,
        object=("dossier", dossier.id),
        dossier_id=dossier.id,
        subjects=access.subjects_of(dossier),
        detail=detail,
    )
