"""Reading the catalogue: versions by key (kept in the process, they never change), what is
offered on a date, and search."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Q, QuerySet

from motcua.catalogue.models import PackLoad, ProcedureVersion
from motcua.catalogue.rules.procedure import Procedure, Text
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold

LONGEST_QUERY = 200


class LifeEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A situation of life under which services are found; `services` counts those offered."""

    slug: str
    title: Text
    services: int


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A service that was found, in the language asked for; `score` from 0 to 1."""

    service: str
    title: str
    summary: str
    life_event: str
    audience: tuple[str, ...]
    score: float


def compiled(row: ProcedureVersion) -> Procedure:
    """The service of a stored version."""
    return msgspec.convert(row.compiled, Procedure)


@lru_cache(maxsize=2000)
def procedure(key: str) -> Procedure:
    """The version of a service by its key, "birth-registration@3". One statement, then none.

    Raises Refusal("catalogue.no-such-service").
    """
    service, _, version = key.partition("@")
    rows = ProcedureVersion.objects.filter(service=service)
    row = rows.filter(version=int(version)).first() if _is_version(version) else None
    if row is None:
        raise Refusal("catalogue.no-such-service", key=key)
    return compiled(row)


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def current(service: str, on: date) -> Procedure:
    """The version of a service to apply for on a date.

    Raises Refusal("catalogue.no-such-service"), or "catalogue.not-in-force" for another date.
    """
    row = (
        ProcedureVersion.objects.filter(service=service, is_current=True)
        .values_list("version", "valid_from", "valid_until")
        .first()
    )
    if row is None:
        raise Refusal("catalogue.no-such-service", key=service)
    version, since, until = row
    if (since and on < since) or (until and on > until):
        raise Refusal("catalogue.not-in-force", key=service)
    return procedure(f"{service}@{version}")


def procedures(on: date, *, life_event: str = "", audience: str = "") -> tuple[Procedure, ...]:
    """The services offered on a date, by title; of one life event or audience if given."""
    rows = _offered(on).values_list("service", "version")
    offered = (procedure(f"{service}@{version}") for service, version in rows)
    chosen = [
        p
        for p in offered
        if life_event in ("", p.life_event) and (not audience or audience in p.audience)
    ]
    return tuple(sorted(chosen, key=lambda p: p.service))


def _offered(on: date) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_until=None) | Q(valid_until__gte=on),
        is_current=True,
    )


def country() -> dict[str, Any]:
    """What pack.yaml says of the country, as of the last load; {} before the first."""
    found = PackLoad.objects.order_by("loaded_at").values_list("country", flat=True).last()
    country = dict(found or {})
    for name, keys in country.pop("order", {}).items():
        country[name] = {key: country[name][key] for key in keys}
    return country


def life_events(on: date) -> tuple[LifeEvent, ...]:
    """The situations of life under which something is offered, in the order of the pack."""
    counts: dict[str, int] = {}
    for each in procedures(on):
        counts[each.life_event] = counts.get(each.life_event, 0) + 1
    titles: dict[str, Text] = country().get("life-events", {})
    return tuple(
        LifeEvent(slug=slug, title=title, services=counts[slug])
        for slug, title in titles.items()
        if slug in counts
    )


def versions(service: str) -> tuple[str, ...]:
    """The keys of all versions of a service, oldest first."""
    rows = ProcedureVersion.objects.filter(service=service).order_by("version")
    return tuple(f"{service}@{version}" for version in rows.values_list("version", flat=True))


# The best of the title, the keywords and the summary for the whole phrase, and word by word (so
# that one misspelt or superfluous word does not hide a service), in any language; shown in one.
_SEARCH = """
with asked as (
  select %(text)s::text as phrase, %(words)s::text[] as words
), scored as (
  select entry.service, max(
    0.5 * greatest(
      word_similarity(asked.phrase, entry.title_key),
      word_similarity(asked.phrase, entry.keywords_key),
      0.6 * word_similarity(asked.phrase, entry.summary_key))
    + 0.5 * (
      select avg(greatest(
        word_similarity(word, entry.title_key),
        word_similarity(word, entry.keywords_key),
        0.6 * word_similarity(word, entry.summary_key)))
      from unnest(asked.words) as word)
    + 0.0001 * similarity(asked.phrase, entry.title_key)) as score
  from catalogue_searchentry entry, asked group by entry.service
)
select shown.service, shown.title, shown.summary, shown.life_event, shown.audience, scored.score
from scored
join catalogue_searchentry shown on shown.service = scored.service
  and shown.language = %(language)s
join catalogue_procedureversion version on version.service = shown.service and version.is_current
  and coalesce(version.valid_from <= %(on)s, true)
  and coalesce(version.valid_until >= %(on)s, true)
where scored.score >= %(least)s
  and (%(text)s = '' or scored.score >= %(nearness)s * (select max(score) from scored))
  and (%(life_event)s = '' or shown.life_event = %(life_event)s)
  and (%(audience)s = '' or shown.audience ? %(audience)s)
order by scored.score desc, shown.title
limit %(limit)s
"""
LEAST_SCORE = 0.45
NEARNESS = 0.7  # what is much weaker than the best is noise


def search(
    text: str,
    *,
    lang: str,
    on: date,
    audience: str = "",
    life_event: str = "",
    limit: int = 100,
) -> tuple[Hit, ...]:
    """Services for what somebody typed, best first: in any of the languages, without diacritics,
    with slips of spelling. An empty text lists everything. One statement."""
    phrase = " ".join(_words(text)[:20])
    given: dict[str, Any] = {
        "text": phrase,
        "words": phrase.split() or [""],
        "language": lang,
        "on": on,
        "audience": audience,
        "life_event": life_event,
        "nearness": NEARNESS,
        "least": LEAST_SCORE if phrase else 0,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, given)
        return tuple(_hits(cursor.fetchall()))


def _words(text: str) -> list[str]:
    folded = fold(text[:LONGEST_QUERY].replace("\x00", " "))
    return "".join(char if char.isalnum() or char in ".-" else " " for char in folded).split()


def _hits(rows: Iterable[Any]) -> Iterable[Hit]:
    for service, title, summary, life_event, audience, score in rows:
        spoken = msgspec.json.decode(audience) if isinstance(audience, str) else audience
        yield Hit(
            service=service,
            title=title,
            summary=summary,
            life_event=life_event,
            audience=tuple(spoken),
            score=round(float(score), 3),
        )


def forget() -> None:
    """Drop the versions kept in this process (after a load)."""
    procedure.cache_clear()
