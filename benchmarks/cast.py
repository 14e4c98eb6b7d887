"""Who acts in a measurement: citizens with filled forms, officers at their posts, sessions."""

from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from msgspec import Struct

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.project.demo import answers, people, sample

TOKEN = "a" * 32
SERVICE = "birth-registration"
ROLES = {
    "clerk": "desk-clerk",
    "civil": "civil-status-officer",
    "chair": "chair",
    "head": "desk-head",
}


class Office(Struct, frozen=True, kw_only=True):
    """A commune's officers, one of its citizens, and the pattern of that citizen's form."""

    code: str
    officers: dict[str, Actor]
    citizen: Actor
    draft_id: UUID


def offices(count: int) -> list[Office]:
    """The first communes of the demo, each with a citizen whose form is filled and not sent."""
    return [office(code) for code in people.COMMUNES[:count]]


def office(code: str) -> Office:
    """One of them."""
    body = directory.competent_body("commune-committee", code, directory.today())
    officers = {name: people.officer(body.id, role) for name, role in ROLES.items()}
    citizens = _citizens(code)
    actor = identity.actor_of(citizens[0].account)
    return Office(
        code=code,
        officers={name: found for name, found in officers.items() if found},
        citizen=actor,
        draft_id=_filled(actor, citizens),
    )


def _citizens(code: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, p.* FROM registers_person p JOIN identity_account a ON a.person_id = p.id"
            " WHERE p.residence_area = %s AND a.level = 2 AND p.sex = 'female'"
            " AND a.username NOT LIKE 'bench-%%' ORDER BY p.id LIMIT 8",
            [code],
        )
        names = [column.name for column in cursor.description][1:]
        rows = cursor.fetchall()
    return [
        SimpleNamespace(
            person=SimpleNamespace(**dict(zip(names, row[1:], strict=True))),
            account=identity.account(row[0]),
        )
        for row in rows
    ]


def _filled(actor: Actor, citizens: list[Any]) -> UUID:
    draft = dossiers.open_draft(actor, SERVICE)
    cast = answers.Cast(draft.procedure, citizens[0], citizens, random=Random(3))
    done: set[str] = set()
    while page := next(
        (p for p in catalogue.visible_pages(draft.procedure, draft.answers) if p.page not in done),
        None,
    ):
        done.add(page.page)
        raw = answers.for_page(draft.procedure, page, cast)
        draft, problems = dossiers.save_page(actor, draft.id, page.page, raw)
        if problems:
            raise RuntimeError(f"{page.page}: {problems}")
    for paper in catalogue.evidence_needed(draft.procedure, draft.answers):
        if not paper.optional:
            upload = SimpleUploadedFile("scan.pdf", sample.paper(paper.title["vi"]))
            draft = dossiers.attach(actor, draft.id, paper.paper, [upload])
    return draft.id


def forms(office: Office, count: int) -> list[UUID]:
    """`count` more forms like the office's own, ready to be sent; by two statements."""
    prefix = str(new_id())[:24]
    for table, key in (("dossiers_draft", "id"), ("dossiers_upload", "dossier_id")):
        multiply(table, key, office.draft_id, prefix=prefix, count=count)
    return [UUID(f"{prefix}{number:012d}") for number in range(count)]


def discard(forms: list[UUID]) -> None:
    """Throw away those that were not sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM dossiers_draft WHERE id = ANY(%s) RETURNING id)"
            " DELETE FROM dossiers_upload u USING gone WHERE u.dossier_id = gone.id",
            [forms],
        )


def multiply(table: str, key: str, draft_id: UUID, *, prefix: str, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        )
        columns = [row[0] for row in cursor.fetchall()]
        values = ["%s || lpad(n::text, 12, '0')" if one == key else f"t.{one}" for one in columns]
        values = [f"({one})::uuid" if "lpad" in one else one for one in values]
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM {table} t, generate_series(0, %s - 1) AS n WHERE t.{key} = %s",
            [prefix, count, draft_id],
        )


def signed_in(actor: Actor) -> str:
    """The Cookie header of a browser in which somebody is signed in (at the post, an officer)."""
    account, session = get_user_model().objects.get(id=actor.account_id), SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if actor.post_id:
        session["post"] = str(actor.post_id)
    session.save()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}; language=vi"


def signed_in_as(account_id: UUID) -> str:
    """The Cookie header of a citizen."""
    return signed_in(identity.actor_of(identity.account(account_id)))
