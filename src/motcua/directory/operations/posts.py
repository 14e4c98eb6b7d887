"""Posts in the units of bodies."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from django.db import transaction

from motcua.acts import api as acts
from motcua.directory.models import Post
from motcua.directory.queries import bodies
from motcua.directory.queries.memory import today
from motcua.directory.rules import shapes
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id


class PostDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A post to be made; the title is the role's own unless another one is given."""

    body_id: UUID
    unit: str  # the kind of the unit, such as "one-stop-desk"
    role: str
    title: shapes.Text = {}
    since: date | None = None


def create_post(
    actor: Actor,
    *,
    body_id: UUID,
    unit: str,
    role: str,
    title: shapes.Text | None = None,
    since: date | None = None,
) -> shapes.Post:
    """Make one post (since today by default). Refusals: unknown body, unit or role."""
    draft = PostDraft(body_id=body_id, unit=unit, role=role, title=title or {}, since=since)
    return create_posts(actor, [draft])[0]


@transaction.atomic
def create_posts(actor: Actor, drafts: Iterable[PostDraft]) -> list[shapes.Post]:
    """Make several posts, in order; one act each."""
    rows, posts = [], []
    for draft in drafts:
        unit = bodies.unit_of(bodies.body(draft.body_id).id, draft.unit)
        title = draft.title or bodies.role(draft.role).title
        row = Post(
            id=new_id(),
            body_id=draft.body_id,
            unit_id=unit.id,
            role=bodies.role(draft.role).name,
            title=title,
            valid_from=draft.since or today(),
        )
        rows.append(row)
        posts.append(
            shapes.Post(
                id=row.id,
                body_id=row.body_id,
                unit_id=unit.id,
                unit_kind=unit.kind,
                role=row.role,
                title=title,
            )
        )
    Post.objects.bulk_create(rows)
    acts.record_many(actor, [_act(post) for post in posts])
    return posts


def _act(post: shapes.Post) -> acts.ActDraft:
    return acts.ActDraft(
        verb="directory.post-created",
        object=("post", post.id),
        body_id=post.body_id,
        detail={"role": post.role, "unit": post.unit_kind},
    )
