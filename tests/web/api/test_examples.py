"""The documentation tells the truth: every example runs, and answers what the page shows.

`MOTCUA_RECORD=1` writes the answers anew.
"""

import os
from datetime import timedelta
from typing import Any

import msgspec

from motcua.exchange import api as exchange
from motcua.kernel import clock, jobs
from motcua.payments import api as payments
from motcua.web.api.describing import OPERATIONS
from motcua.web.api.examples import (
    RECORDED,
    STORY,
    Example,
    Recorded,
    filled,
    filled_body,
    recorded,
    shortened,
)
from tests.dossiers.world import at
from tests.web.api.machines import Machine, Machines

BEGIN = at("2026-03-03 08:00")


def told(machine: Machine, example: Example, names: dict[str, str]) -> Any:
    path = filled(example.path, names)
    if example.file:
        return machine.upload(path, example.part, key=example.key, **example.form)
    body = None if example.body is None else filled_body(example.body, names)
    return machine.send(example.method, path, body, key=example.key)


def take(found: Any, path: str) -> str:
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return str(found)


def pay(machines: Machines, code: str) -> None:
    """The payer goes to a desk after all; what the gateway does is tested where it lives."""
    bill = payments.bill_by_code(code)
    payments.record_counter_payment(
        machines.clerk, bill.id, means="card", reference="POS-0001", key="1"
    )


def whole_story(machines: Machines) -> list[Recorded]:
    names, answers = dict(machines.names), []
    for number, example in enumerate(STORY):
        with clock.at(BEGIN + timedelta(minutes=number)):
            response = told(getattr(machines, example.who or "guest"), example, names)
            if example.operation == "start_payment":
                pay(machines, names["bill_code"])
            exchange.read_ledger()
            jobs.run_due()
        assert response.status_code == example.status, (example, response.content.decode()[:2000])
        media_type = response.headers.get("Content-Type", "")
        body = response.json() if "json" in media_type else None
        names |= {name: take(body, path) for name, path in example.takes.items()}
        used = {name: names[name] for name in names if "{" + name + "}" in str(example)}
        answers.append(
            Recorded(status=response.status_code, media_type=media_type, body=body, names=used)
        )
    return answers


def test_every_example_of_the_page_runs_and_answers_as_shown(
    committed_machines: Machines,
) -> None:
    answers = whole_story(committed_machines)
    if os.environ.get("MOTCUA_RECORD"):
        short = [msgspec.structs.replace(one, body=shortened(one.body)) for one in answers]
        RECORDED.write_bytes(msgspec.json.format(msgspec.json.encode(short), indent=1) + b"\n")
        recorded.cache_clear()
    shown = recorded()
    assert len(shown) == len(STORY)
    for number, answer in enumerate(answers):
        assert shown[number].status == answer.status
        assert shown[number].media_type == answer.media_type
        if isinstance(answer.body, dict):
            assert set(shown[number].body) == set(answer.body), STORY[number]


def test_every_operation_has_an_example() -> None:
    assert set(OPERATIONS) == {example.operation for example in STORY}
