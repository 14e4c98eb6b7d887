"""Which other body is meant: found by its place, among the kinds that any service knows."""

from collections.abc import Iterable
from uuid import UUID

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.web.shell.sentences import pick

MOST = 12


def found(text: str, own: UUID | None, near: UUID) -> list[tuple[str, str]]:
    """(id, name) of bodies whose place has this name; without a text those of the same place.

    `near`: the body that decides. One's own body is left out: nobody asks himself.
    """
    day = directory.today()
    codes = [area.code for area in directory.search_areas(text, day, limit=6)] if text else []
    codes = codes or _around(directory.body(near).area_code)
    bodies = (b for code in codes for kind in _kinds(near) for b in directory.bodies_of(kind, code))
    named = {str(body.id): pick(body.name) for body in bodies if body.id != own}
    return list(named.items())[:MOST]


def _around(code: str) -> list[str]:
    province = directory.province_of(code)
    return list(dict.fromkeys([code, province.code if province else code]))


def _kinds(near: UUID) -> Iterable[str]:
    """The kinds of bodies that take part in any service of the pack."""
    offered = catalogue.procedures(directory.today())
    kinds = [directory.body(near).kind, *(one.decided_by.body for one in offered)]
    kinds += [b.body for one in offered for step in one.route for b in step.together]
    return dict.fromkeys(kinds)
