"""The whole API, tried from its own description: no server error, every answer as described.

`MOTCUA_SHARE=1` tries more of each operation.
"""

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.kernel import clock
from motcua.web.api.describing import OPERATIONS
from motcua.web.api.interface import described
from tests.dossiers.world import World, at
from tests.web.api.machines import Machines, secret_of

TRIES = 3 if float(os.environ.get("MOTCUA_SHARE", "0.04")) < 1 else 60
CHECKS = [
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
    content_type_conformance,
]
NEVER = {"start_payment"}  # would talk to a gateway; its own tests do


@pytest.fixture(autouse=True)
def _the_connection_stays(db: None) -> Iterator[None]:
    """A WSGI call ends by closing connections; the test's own transaction must outlive it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def keys(world: World, machines: Machines) -> dict[str, str]:
    return {
        "mother": secret_of(world.mother, "a"),
        "chair": secret_of(world.chair, "b", world.chair.post_id),
        "clerk": secret_of(world.chair, "c", world.clerk.post_id),
        "guest": "",
    }


@pytest.fixture
def known(world: World) -> dict[str, Any]:
    """True values for addresses, so that more than 404 is tried."""
    with clock.at(at("2026-03-03 08:00")):
        draft_id: UUID = world.draft()
    return {"draft_id": str(draft_id), "dossier_id": str(world.filed())}


def test_no_request_that_fits_or_nearly_fits_breaks_the_api(
    keys: dict[str, str], known: dict[str, Any]
) -> None:
    schema = schemathesis.openapi.from_dict(
        {**described(), "servers": [{"url": "http://localhost"}]}
    )
    app = get_wsgi_application()
    tried = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        name = operation.definition.raw["operationId"]
        if name in NEVER:
            continue
        tried.add(name)
        _try(operation, app, keys, known)
    assert tried == set(OPERATIONS) - NEVER


def _try(operation: Any, app: Any, keys: dict[str, str], known: dict[str, Any]) -> None:
    """A few requests of one operation; what they change is taken back."""
    modes = schemathesis.GenerationMode
    cases = st.one_of(
        operation.as_strategy(generation_mode=modes.POSITIVE),
        operation.as_strategy(generation_mode=modes.NEGATIVE),
    )

    @given(case=cases, who=st.sampled_from(sorted(keys)), real=st.booleans())
    @settings(
        max_examples=TRIES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def once(case: Any, who: str, real: bool) -> None:
        if real and isinstance(case.path_parameters, dict):
            case.path_parameters |= {k: v for k, v in known.items() if k in case.path_parameters}
        headers = {"Authorization": f"Bearer {keys[who]}"} if keys[who] else {}
        with clock.at(at("2026-03-03 09:00")), transaction.atomic():
            response = case.call(app=app, headers=headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    once()
