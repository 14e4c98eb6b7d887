"""What anybody may ask: services, their forms and fees, and where a dossier stands."""

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace
from ninja import Query, Router

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.dossiers import api as dossiers
from motcua.kernel import clock
from motcua.kernel.refusals import Refusal
from motcua.web.api import shapes
from motcua.web.api.bodies import FeesIn, Limit, Slug
from motcua.web.api.describing import operation
from motcua.web.api.reading import nested
from motcua.web.api.writing import reply
from motcua.web.public.tracking import LONGEST_CODE, slow_down

router = Router()
GROUP = "catalogue"
MOST = 400


@router.get(
    "/services", **operation("list_services", _("Find services"), shapes.Services, group=GROUP)
)
def list_services(
    request: HttpRequest,  # noqa: ARG001
    q: Annotated[str, Query(max_length=200)] = "",
    life_event: Slug = "",
    audience: Slug = "",
    *,
    after: Slug = "",
    limit: Limit = 50,
) -> HttpResponse:
    """In words of any of the languages, without diacritics too; an empty text lists everything."""
    hits = catalogue.search(
        q,
        lang=language(),
        on=directory.today(),
        audience=audience,
        life_event=life_event,
        limit=MOST,
    )
    names = [hit.service for hit in hits]
    start = names.index(after) + 1 if after in names else 0
    page = hits[start : start + limit]
    more = start + limit < len(hits)
    return reply(shapes.Services(items=page, next=page[-1].service if more else ""))


@router.get(
    "/life-events",
    **operation("list_life_events", _("Situations of life"), shapes.LifeEvents, group=GROUP),
)
def list_life_events(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Under which services are found, with the number offered today."""
    return reply(shapes.LifeEvents(items=catalogue.life_events(directory.today())))


@router.get(
    "/services/{slug:service}",
    **operation("get_service", _("One service"), shapes.Service, group=GROUP),
)
def get_service(request: HttpRequest, service: str) -> HttpResponse:  # noqa: ARG001
    """Its questions, papers, fees, route and result, and the JSON schema of its answers."""
    procedure = catalogue.current(service, directory.today())
    return reply(
        shapes.Service(
            procedure=replace(procedure, examples=(), notes={}),
            versions=catalogue.versions(service),
            schema=catalogue.json_schema(procedure),
        )
    )


@router.post(
    "/services/{slug:service}/fees",
    **operation(
        "compute_fees", _("The fees for some answers"), catalogue.FeeBreakdown, group=GROUP
    ),
)
def compute_fees(request: HttpRequest, service: str, body: FeesIn) -> HttpResponse:  # noqa: ARG001
    """Every line of the fee table, and why it counts or does not. Nothing is kept."""
    procedure = catalogue.current(service, directory.today())
    return reply(
        catalogue.fee_of(
            procedure,
            nested(body.answers),
            channel=body.channel,
            province=body.province,
            on=directory.today(),
            context=form_context(body.channel),
        )
    )


@router.get(
    "/track/{str:code}",
    **operation("track", _("Where a dossier stands"), dossiers.Track, group=GROUP),
)
def track(request: HttpRequest, code: str) -> HttpResponse:
    """By its code, for anybody: state, holder and times, nothing of the person."""
    if getattr(request, "caller", None) is None:
        slow_down(request)
    if len(code) > LONGEST_CODE:
        raise Refusal("dossiers.no-such-code")
    return reply(dossiers.track(code))


def form_context(channel: str = "online") -> catalogue.Context:
    """What the conditions of a form may know."""
    return catalogue.Context(
        today=timezone.localtime(clock.now()).date(),
        filed=clock.now(),
        channel=channel,
        area_level=_area_level,
    )


def _area_level(code: str) -> str:
    found = directory.area(code)
    return found.level if found else ""


def language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]
