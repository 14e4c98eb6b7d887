"""A register that another node keeps: read through its door, and believed as far as declared."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as configured
from django.test import Client

from motcua.acts.models import Act
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers import sources
from motcua.registers.api import Ask, Fact
from motcua.registers.declared import reload
from tests.dossiers.world import officer
from tests.exchange.receiver import Got, Receiver, receiving

NUMBER = "001185000018"
ASK = Ask(register="insurance", key=NUMBER)
PURPOSE = "duty/data-sharing"
Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def node() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def contact(country: None) -> Actor:
    body = directory.body_by_code("G12")
    assert body is not None
    return officer(body, "leadership", "data-partner", "Đầu mối")


@pytest.fixture
def answer(contact: Actor) -> dict[str, Any]:
    """What the real door of a node that keeps the register says."""
    facts = {
        "social": {"number": "0123456789", "status": "paying", "since": "2020-01-01"},
    }
    known = registers.register("insurance").fact("social")
    assert known is not None
    values = {f.field: facts["social"][f.field] for f in known.fields if f.field in facts["social"]}
    options = next(f.options for f in known.fields if f.field == "status")
    values["status"] = options[0].value if options else "paying"
    registers.write_facts(
        SYSTEM,
        [
            Fact(
                register="insurance",
                fact="social",
                subject=NUMBER,
                values=values,
                valid_from=date(2020, 1, 1),
            )
        ],
    )
    leader = officer(directory.body(contact.body_id), "leadership", "register-head", "Bà Trưởng")
    made = identity.create_application(leader, name="Nút khác", post_id=contact.post_id)
    secret = identity.issue_key(leader, made.id, scopes=["registers:read"]).secret
    said = Client().post(
        "/api/v1/registers/insurance/read",
        {"key": NUMBER, "purpose": PURPOSE},
        content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )
    assert said.status_code == 200, said.content
    return dict(said.json())


@pytest.fixture
def remote(node: Receiver, tmp_path: Path, settings: Any) -> Iterator[str]:
    """The pack, in which that register is kept by the other node."""
    url = f"http://127.0.0.1:{node.url.split(':')[2].split('/')[0]}"
    real, here = Path(configured.MOTCUA_PACK), tmp_path / "pack"
    (here / "registers").mkdir(parents=True)
    for one in real.iterdir():
        if one.name != "registers":
            (here / one.name).symlink_to(one)
    for one in (real / "registers").glob("*.yaml"):
        text = one.read_text()
        if one.stem == "insurance":
            text += f"\nsource: {url}\n"
        (here / "registers" / one.name).write_text(text)
    settings.MOTCUA_SOURCE_KEYS = {url: "mc_key"}

    def lend() -> None:
        settings.MOTCUA_PACK = here
        reload()

    lend_now.append(lend)
    yield url
    lend_now.clear()
    settings.MOTCUA_PACK = real
    reload()


lend_now: list[Callable[[], None]] = []


def raw(status: int, body: bytes) -> bytes:
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body


def says(node: Receiver, status: int, body: bytes) -> None:
    def behave(_got: Got) -> bytes:
        return raw(status, body)

    node.behave = behave
    lend_now[0]()


def test_what_the_other_node_says_is_read_like_our_own(
    contact: Actor, answer: dict[str, Any], node: Receiver, remote: str
) -> None:
    here = registers.read(contact, ASK, purpose=PURPOSE)
    says(node, 200, msgspec.json.encode(answer))

    there = registers.read(contact, ASK, purpose=PURPOSE)

    assert here is not None
    assert there is not None
    assert there.get("social.number") == here.get("social.number") == "0123456789"
    assert there.facts == here.facts
    (asked,) = node.got
    assert asked.path == "/api/v1/registers/insurance/read"
    assert asked.headers["authorization"] == "Bearer mc_key"
    assert asked.said["key"] == NUMBER
    assert Act.objects.filter(verb="registers.read", purpose=PURPOSE).count() == 3


def changed(path: str, value: Any) -> Change:
    def change(said: dict[str, Any]) -> Any:
        place: Any = said
        *steps, last = path.split(".")
        for step in steps:
            place = place[int(step)] if step.isdigit() else place[step]
        place[last] = value
        return said

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed("key", "001185000026"),
        changed("holder", "001185000026"),
        changed("register", "population"),
        changed("facts.0.fact", "salary"),
        changed("facts.0.values", {"wealth": 1}),
        changed("facts.0.values", {"number": 5}),
        changed("facts.0.values", {"status": "rich"}),
        changed("facts.0.valid_until", "2019-01-01"),
        changed("facts.0.valid_from", "yesterday"),
        lambda said: said | {"facts": said["facts"] * 2},
        lambda said: [said],
        lambda _said: {},
    ],
)
def test_a_source_that_lies_about_its_schema_is_refused_and_noted(
    contact: Actor, answer: dict[str, Any], node: Receiver, remote: str, change: Change
) -> None:
    says(node, 200, msgspec.json.encode(change(answer)))

    with pytest.raises(Refusal, match=r"registers\.source-wrong"):
        registers.read(contact, ASK, purpose=PURPOSE)

    act = Act.objects.get(verb="registers.source-wrong")
    assert act.detail["register"] == "insurance"
    assert NUMBER not in str(act.detail)


def test_what_is_not_there_is_none(
    contact: Actor, answer: dict[str, Any], node: Receiver, remote: str
) -> None:
    says(node, 404, b"{}")

    assert registers.read(contact, ASK, purpose=PURPOSE) is None


@pytest.mark.parametrize("status", [302, 401, 403, 429, 500, 503])
def test_a_source_that_does_not_answer_is_closed(
    contact: Actor, answer: dict[str, Any], node: Receiver, remote: str, status: int
) -> None:
    says(node, status, b"{}")

    with pytest.raises(Refusal, match=r"registers\.closed"):
        registers.read(contact, ASK, purpose=PURPOSE)


def test_a_source_that_is_slow_is_not_waited_for(
    contact: Actor, node: Receiver, remote: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr(sources, "DEADLINE_S", 0.1)
        settings.MOTCUA_SOURCE_KEYS = {url: "mc_key"}
        pack = Path(lend_now[0].__closure__[0].cell_contents)  # type: ignore[index, arg-type]
        file = pack / "registers" / "insurance.yaml"
        file.write_text(file.read_text().replace(remote, url))
        lend_now[0]()

        with pytest.raises(Refusal, match=r"registers\.too-slow"):
            registers.read(contact, ASK, purpose=PURPOSE)


def test_without_a_key_or_to_a_private_address_nobody_is_asked(
    contact: Actor, node: Receiver, remote: str, settings: Any
) -> None:
    says(node, 200, b"{}")
    settings.MOTCUA_SOURCE_KEYS = {}
    with pytest.raises(Refusal, match=r"registers\.closed"):
        registers.read(contact, ASK, purpose=PURPOSE)

    settings.MOTCUA_SOURCE_KEYS = {remote: "mc_key"}
    settings.MOTCUA_WEBHOOK_NETWORKS = []
    with pytest.raises(Refusal, match=r"registers\.closed"):
        registers.read(contact, ASK, purpose=PURPOSE)
    assert node.got == []
