"""From acts to entries in words, with a fixed number of statements however many they are."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.openness.rules.entries import kind_of, names_of_fields, purpose_of
from motcua.openness.shapes import Text, Usage
from motcua.registers import api as registers


def described(
    rows: Sequence[acts.ActRow], *, own_account: UUID | None, codes: Mapping[UUID, str]
) -> tuple[Usage, ...]:
    """Entries for acts. `own_account` is that of the person concerned, if he is the one who looks;
    `codes` are the codes of his own dossiers: others are not named to him."""
    bodies = directory.bodies(row.body_id for row in rows if row.body_id)
    posts = directory.posts(row.post_id for row in rows if row.post_id)
    titles = _Titles()
    return tuple(
        _entry(
            row,
            who=_who(row, own_account),
            body=bodies.get(row.body_id) if row.body_id else None,
            post=posts[row.post_id].title if row.post_id in posts else {},
            titles=titles,
            code=codes.get(row.dossier_id, "") if row.dossier_id else "",
        )
        for row in rows
    )


class _Titles:
    """Titles of purposes; those of services are asked for once, in one statement."""

    def __init__(self) -> None:
        self._services: dict[str, Text] | None = None

    def of(self, kind: str, name: str) -> Text:
        if kind == "duty":
            duty = registers.duties().get(name)
            return duty.title if duty else {}
        if kind != "procedure":
            return {}
        if self._services is None:
            offered = catalogue.procedures(directory.today())
            self._services = {one.service: one.title for one in offered}
        return self._services.get(name.partition("@")[0], {})


def _entry(
    row: acts.ActRow,
    *,
    who: str,
    body: directory.Body | None,
    post: Text,
    titles: _Titles,
    code: str,
) -> Usage:
    kind = kind_of(row.verb)
    family, name = purpose_of(row.purpose, kind)
    register = registers.registers().get(str(row.detail.get("register") or ""))
    return Usage(
        id=row.id,
        at=row.at,
        kind=kind,
        who=who,
        body_id=row.body_id,
        body_code=body.code if body else "",
        body=body.name if body else {},
        post=post,
        register=register.register if register else "",
        register_title=register.title if register else {},
        what=names_of_fields(register, row.detail),
        purpose=name,
        purpose_kind=family,
        purpose_title=titles.of(family, name),
        law=row.basis,
        dossier_id=row.dossier_id if code else None,
        dossier_code=code,
    )


def _who(row: acts.ActRow, own_account: UUID | None) -> str:
    if row.actor_kind == "person":
        return "self" if row.actor_id == own_account else "person"
    return "officer" if row.actor_kind == "officer" else "machine"


def told_on(row: acts.ActRow) -> date | None:
    """The day from which the person is told of the act; None for at once."""
    text = str(row.detail.get("told_after") or "")
    return date.fromisoformat(text[:10]) if text else None
