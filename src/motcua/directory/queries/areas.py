"""Areas, from the book of all areas that each process holds in memory."""

from datetime import date
from uuid import UUID

from motcua.directory.models import Area, AreaSuccession
from motcua.directory.queries.memory import Memory, today
from motcua.directory.rules import shapes
from motcua.directory.rules.area_book import AreaBook

_book: Memory[str, AreaBook] = Memory(1)


def book() -> AreaBook:
    """All areas of all times; two statements once per process."""
    return _book.get("areas", _read)


def _read() -> AreaBook:
    heirs: dict[UUID, list[UUID]] = {}
    for old, new in AreaSuccession.objects.values_list("old_id", "new_id"):
        heirs.setdefault(old, []).append(new)
    names = [n for n in shapes.Area.__struct_fields__ if n != "successors"]
    return AreaBook(
        shapes.Area(**row, successors=tuple(heirs.get(row["id"], ())))
        for row in Area.objects.values(*names)
    )


def area(code: str, on: date | None = None) -> shapes.Area | None:
    """The area that bears `code` on that day (today by default), or None."""
    return book().area(code, on or today())


def nearest_area(code: str, on: date | None = None) -> shapes.Area | None:
    """The area of that code nearest in time: for old papers that name a code of another time."""
    return book().nearest(code, on or today())


def area_by_id(area_id: UUID) -> shapes.Area | None:
    """One area in one span of time."""
    return book().by_id.get(area_id)


def areas(level: str, on: date | None = None, parent_code: str = "") -> tuple[shapes.Area, ...]:
    """Areas of a level ("province", "commune") on that day, in Vietnamese order."""
    return book().listed(level, on or today(), parent_code)


def area_path(code: str, on: date | None = None) -> str:
    """ "Phường Ba Đình, Thành phố Hà Nội"; "" when the code was never used."""
    return book().path(code, on or today())


def province_of(code: str, on: date | None = None) -> shapes.Area | None:
    """The province of a commune, or the province itself."""
    return next((a for a in book().chain(code, on or today()) if a.level == "province"), None)


def successors_of_area(code: str, on: date | None = None) -> tuple[shapes.Area, ...]:
    """What became, until that day, of the area that bore `code` before."""
    return book().successors(code, on or today())


def search_areas(
    text: str, on: date | None = None, *, level: str = "", limit: int = 20
) -> list[shapes.Area]:
    """Areas by any part of their name or path, diacritics or not, the best first."""
    return book().search(text, on or today(), level=level, limit=limit)
