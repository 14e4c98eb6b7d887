"""Real dossiers, as the engine left them, turned into patterns that SQL can multiply.

A pattern is the text of every row of one dossier, moved to another commune with its officers and to
another week with the same working time, with marks where each copy differs: the end of ids, the
dossier's code, the result's number, a paper's code, the applicant's name, account and person.
The marks are those of SQL's `format`, so that one pass over a text makes a copy.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.db import connection
from msgspec import Struct

from benchmarks.world import Commune
from motcua.directory import api as directory
from motcua.kernel.working_time import WorkingCalendar, working_minutes_between

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NEAR = timedelta(days=200)  # days of the procedure move with it; a date of birth does not
FIRST_WEEK = date(2025, 9, 1)
TABLES = {
    "dossiers_dossier": "id",
    "dossiers_task": "dossier_id",
    "dossiers_dossierpaper": "dossier_id",
    "documents_paper": "dossier_id",
    "acts_act": "dossier_id",
}
MARKS = ("end", "code", "number", "name", "folded", "paper", "account", "person")
MARK = {name: f"%{place}$s" for place, name in enumerate(MARKS, 1)}
ACTS = " AND object_kind = 'dossier'"
_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::\d\d)?)"
_MOVING = re.compile(rf'(?P<id>{_ID})|(?P<at>{_MOMENT})|"(?P<day>\d{{4}}-\d\d-\d\d)"')


class Row(Struct, frozen=True):
    table: str
    text: str
    sealed: str = ""  # of an act: the content that its leaf is made from


class Template(Struct, frozen=True, kw_only=True):
    """One dossier of the world with all its rows."""

    rows: list[Row]
    own: frozenset[str]
    accounts: tuple[str, str]
    name: str
    key: str
    code: str
    number: str
    paper_codes: tuple[str, ...]
    submitted: datetime
    accepted: datetime | None
    last: datetime
    is_open: bool
    desk: str
    series: str
    book_body: str


class Pattern(Struct, frozen=True, kw_only=True):
    """A template in a commune and a week."""

    rows: list[Row]
    is_open: bool
    live: bool  # lies in one of the communes whose desks are measured
    desk_code: str
    day: date | None
    series: str
    book_body: str | None
    year: int | None


def read_templates() -> list[Template]:
    """All dossiers of the world that one shape of copy fits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_dossier WHERE filed_by IS NULL ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
    return [found for one in ids if (found := _template(one)) is not None]


def _template(dossier_id: UUID) -> Template | None:
    rows: list[Row] = []
    plain: dict[str, list[dict[str, Any]]] = {}
    for table, key in TABLES.items():
        for text, json in _rows_of(table, key, dossier_id):
            data = msgspec.json.decode(json)
            plain.setdefault(table, []).append(data)
            rows.append(Row(table, text, _sealed(data) if table == "acts_act" else ""))
    dossier = plain["dossiers_dossier"][0]
    papers = plain.get("documents_paper", [])
    results = [one for one in papers if one["number"]]
    if len(results) > 1 or any(one["replaces_id"] for one in papers):
        return None
    state, tasks = dossier["state"], plain["dossiers_task"]
    last = [dossier["due_at"], *(task["due_at"] for task in tasks)]
    return Template(
        rows=rows,
        own=_own(plain, state),
        accounts=(dossier["applicant_id"] or "", state["applicant"].get("person_id") or ""),
        name=state["applicant"]["name"],
        key=dossier["search_key"],
        code=dossier["code"],
        number=results[0]["number"] if results else "",
        paper_codes=tuple(one["code"] for one in papers),
        submitted=_moment(dossier["submitted_at"]),
        accepted=_moment(dossier["accepted_at"]) if dossier["accepted_at"] else None,
        last=max(_moment(one) for one in [dossier["submitted_at"], *filter(None, last)]),
        is_open=dossier["at"] != "end",
        desk=dossier["desk_id"],
        series=results[0]["number"].rpartition("/")[2] if results else "",
        book_body=results[0]["body_id"] if results else "",
    )


def _rows_of(table: str, key: str, dossier_id: UUID) -> list[tuple[str, str]]:
    """Each row as PostgreSQL writes it and reads it again, and as JSON for ourselves."""
    more = ACTS if table == "acts_act" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t::text, row_to_json(t)::text FROM {table} t WHERE {key} = %s{more}",
            [dossier_id],
        )
        return list(cursor.fetchall())


def _sealed(act: dict[str, Any]) -> str:
    """As `acts.operations.leaf_of`: the canonical JSON of an act."""
    at = _moment(act["at"]).astimezone(UTC)
    content = [
        act["id"], at, act["verb"], act["actor_kind"], act["actor_id"], act["post_id"],
        act["body_id"], act["object_kind"], act["object_id"], act["dossier_id"], act["subjects"],
        act["basis"], act["purpose"], act["detail"],
    ]  # fmt: skip
    return msgspec.json.encode(content, order="deterministic").decode()


def _own(plain: dict[str, list[dict[str, Any]]], state: dict[str, Any]) -> frozenset[str]:
    ids = {row["id"] for rows in plain.values() for row in rows}
    listed = [*state.get("requests", ()), *state.get("charges", ())]
    return frozenset(ids | {one["id"] for one in listed})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def patterns(
    templates: list[Template], communes: list[Commune], *, live: int, count: int
) -> Iterator[Pattern]:
    """`count` patterns: open dossiers as they are now, ended ones in any week of the past."""
    random = Random(5)
    calendar = directory.calendar("office")
    home = _keys(communes[:live])
    open_ones = [one for one in templates if one.is_open]
    ended = [one for one in templates if not one.is_open]
    # Each open template at each measured desk; then the country.
    for template in open_ones:
        for commune in communes[:live]:
            yield from _moved(template, commune, home, weeks=0, live=True)
    for number in range(count):
        template = random.choice(open_ones if number % 12 == 0 else ended)
        weeks = 0 if template.is_open else _weeks(template, calendar, random)
        yield from _moved(template, random.choice(communes[live:] or communes), home, weeks=weeks)


def _weeks(template: Template, calendar: WorkingCalendar, random: Random) -> int:
    """How many weeks back the same days have the same working time (no holiday between)."""
    most = (template.submitted.date() - FIRST_WEEK).days // 7
    span = working_minutes_between(calendar, template.submitted, template.last)
    for _ in range(20):
        weeks = random.randint(0, most)
        back = timedelta(weeks=weeks)
        moved = (template.submitted - back, template.last - back)
        if working_minutes_between(calendar, *moved) == span:
            return weeks
    return 0


def _keys(communes: list[Commune]) -> dict[str, str]:
    """What an id of the world's communes is: a kind of body, an officer, a post, or its code."""
    found: dict[str, str] = {}
    for commune in communes:
        found |= {str(one): f"body {key}" for key, one in commune.bodies.items()}
        found |= {str(one): f"officer {key}" for key, one in commune.officers.items()}
        found |= {str(one): f"post {key}" for key, one in commune.posts.items()}
        found[commune.code] = "code"
    return found


def _places(commune: Commune) -> dict[str, str]:
    places = {f"body {key}": str(one) for key, one in commune.bodies.items()}
    places |= {f"officer {key}": str(one) for key, one in commune.officers.items()}
    places |= {f"post {key}": str(one) for key, one in commune.posts.items()}
    return places | {"code": commune.code}


def _moved(
    template: Template, commune: Commune, home: dict[str, str], *, weeks: int, live: bool = False
) -> Iterator[Pattern]:
    places, back = _places(commune), timedelta(weeks=weeks)
    mover = _Mover(template, home, places, back)
    try:
        rows = [
            Row(row.table, mover.text(row.text), mover.text(row.sealed)) for row in template.rows
        ]
        desk = directory.body(UUID(mover.place(template.desk)))
        book = mover.place(template.book_body) if template.book_body else None
    except KeyError:
        return  # the commune has no such body or officer
    accepted = template.accepted and (template.accepted - back).astimezone(ZONE).date()
    yield Pattern(
        rows=rows,
        is_open=template.is_open,
        live=live,
        desk_code=desk.code,
        day=accepted,
        series=template.series,
        book_body=book,
        year=accepted.year if accepted and book else None,
    )


class _Mover:
    """Puts one template into a commune and a week, and marks into it."""

    def __init__(
        self, template: Template, home: dict[str, str], places: dict[str, str], back: timedelta
    ) -> None:
        self.template, self.home, self.places, self.back = template, home, places, back
        self.stamp = f"{int((template.submitted - back).timestamp() * 1000):012x}"

    def text(self, text: str) -> str:
        template, text = self.template, text.replace("%", "%%")
        known = {
            template.code: MARK["code"],
            template.number: MARK["number"],
            template.name: MARK["name"],
            template.key: MARK["folded"],
            **{code: code[:10] + MARK["paper"] for code in template.paper_codes},
        }
        for old, mark in known.items():
            if old:
                text = text.replace(old, mark)
        for code, key in self.home.items():
            if key == "code":
                text = text.replace(f'"{code}"', f'"{self.places["code"]}"')
        return _MOVING.sub(self._one, text)

    def place(self, known: str) -> str:
        return self.places[self.home[known]]

    def _one(self, found: re.Match[str]) -> str:
        if (one := found["id"]) is not None:
            return self._id(one)
        if (at := found["at"]) is not None:
            moved = (_moment(at) - self.back).isoformat()
            return moved.replace("+00:00", "Z") if at.endswith("Z") else moved
        day = date.fromisoformat(found["day"])
        is_near = abs(day - self.template.submitted.date()) < NEAR
        return f'"{day - self.back if is_near else day}"'

    def _id(self, one: str) -> str:
        account, person = self.template.accounts
        if one in self.template.own:
            return f"{self.stamp[:8]}-{self.stamp[8:]}-{one[14:30]}{MARK['end']}"
        if one == account:
            return MARK["account"]
        if one == person:
            return MARK["person"]
        return self.place(one) if one in self.home else one
