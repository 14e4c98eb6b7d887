"""The door of the directory: areas, bodies, units, posts, calendars, competence, all dated.

Everything handed out is an immutable fact (`Area`, `Body`, `Unit`, `Post`, `Role`,
`WorkingCalendar`). `on` is a day and means today where it is left out. Validity is from
(inclusive) until (exclusive). Legal sources: Decision 20/2020/QD-TTg (form of codes), Decree
61/2018/ND-CP, art. 17 (the 15:00 cut-off); the merger of 1 July 2025 is data of the pack.
"""

from motcua.directory.operations.load import load_directory
from motcua.directory.operations.posts import PostDraft, create_post, create_posts
from motcua.directory.operations.reading import read_calendars
from motcua.directory.operations.sync import Counts
from motcua.directory.queries.areas import (
    area,
    area_by_id,
    area_path,
    areas,
    nearest_area,
    province_of,
    search_areas,
    successors_of_area,
)
from motcua.directory.queries.bodies import (
    bodies,
    bodies_of,
    bodies_of_kind,
    body,
    body_by_code,
    calendar,
    calendar_of,
    desk_of,
    post,
    posts,
    posts_in,
    role,
    roles,
    successors_of,
    unit_of,
    units_of,
)
from motcua.directory.queries.competence import competent_body
from motcua.directory.queries.memory import forget, today
from motcua.directory.rules.shapes import Area, Body, Post, Role, Unit

__all__ = [
    "Area",
    "Body",
    "Counts",
    "Post",
    "PostDraft",
    "Role",
    "Unit",
    "area",
    "area_by_id",
    "area_path",
    "areas",
    "bodies",
    "bodies_of",
    "bodies_of_kind",
    "body",
    "body_by_code",
    "calendar",
    "calendar_of",
    "competent_body",
    "create_post",
    "create_posts",
    "desk_of",
    "forget",
    "load_directory",
    "nearest_area",
    "post",
    "posts",
    "posts_in",
    "province_of",
    "read_calendars",
    "role",
    "roles",
    "search_areas",
    "successors_of",
    "successors_of_area",
    "today",
    "unit_of",
    "units_of",
]
