"""A small living country: officers in many communes, citizens, dossiers that the engine made."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

from django.core.management import call_command
from msgspec import Struct

from benchmarks import ground
from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal
from motcua.project import setup
from motcua.project.demo import country, people

COMMUNES = 200
TEMPLATES = 240
DAYS_BACK = 40
Progress = Callable[[str], None]


class Commune(Struct, frozen=True, kw_only=True):
    """A commune with its bodies by kind and its officers by (kind of body, post's number)."""

    code: str
    province: str
    bodies: dict[str, UUID]
    officers: dict[str, UUID]
    posts: dict[str, UUID]


def ensure(progress: Progress) -> None:
    """The database of the world: made once, brought up to date when the code has changed."""
    fresh = not ground.exists(ground.WORLD)
    if fresh:
        ground.admin(f'CREATE DATABASE "{ground.WORLD}"')
    ground.use(ground.WORLD)
    set_up(progress)
    if identity.account_by_username("lan") is None:
        make(progress, communes=COMMUNES, templates=TEMPLATES)


def set_up(progress: Progress) -> None:
    """Tables, static files and the pack, as `motcua setup` brings them."""
    progress("tables and pack")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("texts", compile=True, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    setup.load_pack(lambda _text: None)


def make(progress: Progress, *, communes: int, templates: int) -> None:
    """Officers, citizens, and dossiers driven through the engine as the demo's are."""
    progress("officers and citizens")
    people.make_officers()
    _more_officers(communes)
    citizens = people.make_citizens()
    progress(f"{templates} dossiers through the engine")
    random = Random(31)
    services = [p for p in catalogue.procedures(directory.today()) if "citizen" in p.audience]
    # A payment without a dossier has no route, and nothing to copy.
    services = [p for p in services if p.route]
    verified = [one for one in citizens if one.account.level == 2]
    start = clock.now() - timedelta(days=DAYS_BACK)
    for number in range(templates):
        moment = start + timedelta(days=DAYS_BACK * number / templates)
        life = country.Life(
            services[number % len(services)], random.choice(verified), citizens, random=random
        )
        life.sealed_then = random.random() < 0.85
        life.run(moment)
    progress("sealing papers")
    jobs.run_due(limit=10_000, only=("documents.seal",))


def codes(communes: int) -> list[str]:
    """Those of the demo, then others evenly over the country."""
    every = [area.code for area in directory.areas("commune", directory.today())]
    others = [code for code in every if code not in people.COMMUNES]
    step = max(1, len(others) // max(1, communes - len(people.COMMUNES)))
    return [*people.COMMUNES, *others[::step]][:communes]


def _more_officers(communes: int) -> None:
    """Posts and officers in further communes, through the same doors."""
    wanted: list[tuple[UUID, str]] = []
    for commune in codes(communes)[len(people.COMMUNES) :]:
        for kind, posts in people.POSTS.items():
            body = _body(kind, commune)
            if body is None or directory.posts_in(body.id):
                continue
            drafts = [
                directory.PostDraft(body_id=body.id, unit=unit, role=role, since=people.SINCE)
                for unit, role, _name in posts
            ]
            made = directory.create_posts(SYSTEM, drafts)
            wanted += [
                (post.id, f"{name}-{commune}")
                for post, (_u, _r, name) in zip(made, posts, strict=True)
            ]
    drafts = [
        identity.CitizenDraft(username=name, full_name="Nguyễn Văn Cán", level=2, evidence="x")
        for _post, name in wanted
    ]
    cards = identity.create_citizens(SYSTEM, drafts)
    for card, (post_id, _name) in zip(cards, wanted, strict=True):
        identity.appoint(SYSTEM, account_id=card.id, post_id=post_id, since=people.SINCE)


def _body(kind: str, commune: str) -> directory.Body | None:
    try:
        return directory.competent_body(kind, commune, directory.today())
    except Refusal:
        return None


def read_communes(count: int = COMMUNES) -> list[Commune]:
    """Where dossiers may be filed, each with who works there."""
    return [commune(code) for code in codes(count)]


def commune(code: str) -> Commune:
    """A commune as it is in the database: its bodies and who works there."""
    bodies: dict[str, UUID] = {}
    officers: dict[str, UUID] = {}
    posts: dict[str, UUID] = {}
    for kind in people.POSTS:
        body = _body(kind, code)
        if body is None:
            continue
        bodies[kind] = body.id
        for key, account, post in _staff(kind, body.id):
            officers[key], posts[key] = account, post
    province = directory.province_of(code)
    return Commune(
        code=code,
        province=province.code if province else "",
        bodies=bodies,
        officers=officers,
        posts=posts,
    )


def _staff(kind: str, body_id: UUID) -> Iterator[tuple[str, UUID, UUID]]:
    """Officers under names that are the same in every commune ("commune-committee:chair:0")."""
    seen: dict[str, int] = {}
    for card, post in sorted(identity.officers_of(body_id), key=lambda each: each[1].id):
        number = seen[post.role] = seen.get(post.role, -1) + 1
        yield f"{kind}:{post.role}:{number}", card.id, post.id
