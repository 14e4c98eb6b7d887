"""From acts to entries in words, with a fixed number of statements however many they are."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel.refusals import Refusal
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
    """Titles of purposes, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Text] = {}

    def of(self, kind: str, name: str) -> Text:
        key = (kind, name)
        if key not in self._known:
            self._known[key] = _title(kind, name)
        return self._known[key]


def _title(kind: str, name: str) -> Text:
    if kind == "duty":
        duty = registers.duties().get(name)
        return duty.title if duty else {}
    if kind == "procedure":
        try:
            return catalogue.current(name.partition("@")[0], directory.today()).title
        except Refusal:
            return {}
    return {}


def purpose_title(purpose: str, kind: str = "read") -> Text:
    """The title of a purpose: the procedure's, or the duty's; {} for what has none."""
    return _title(*purpose_of(purpose, kind))


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
