"""A partner's software: it signs what it asks with its own key, as the standard wants."""

import base64
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from joserfc import jws
from joserfc.jwk import OKPKey
from msgspec import Struct

from motcua.directory import api as directory
from motcua.exchange import api as exchange
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers import api as registers
from motcua.registers.api import Fact, Person, PersonDraft
from tests.dossiers.world import WARD, officer
from tests.exchange.receiver import Receiver

SENDER = "spp.example.vn"


def now() -> str:
    return clock.now().isoformat()


def new_key(kid: str = "k1") -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": kid})


def canonical(header: Any, message: Any) -> bytes:
    """Written anew here: what a stranger makes of the description in the guide."""
    whole = {"message": message, "header": header}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def detached(key: OKPKey, payload: bytes) -> str:
    whole = jws.serialize_compact(
        {"alg": "Ed25519", "kid": key.kid}, payload, key, algorithms=["Ed25519"]
    )
    head, _payload, tail = whole.split(".")
    return f"{head}..{tail}"


class Ministry(Struct, kw_only=True):
    """`partner` may be replaced to break things; `people` is a family of four."""

    client: Client
    secret: str
    key: OKPKey
    partner: exchange.PartnerView
    actor: Actor
    leader: Actor
    receiver: Receiver
    people: list[Person]

    def envelope(self, verb: str, message: dict[str, Any], **header: Any) -> dict[str, Any]:
        made = {
            "version": "1.0.0",
            "message_id": uuid4().hex,
            "message_ts": now(),
            "action": verb,
            "sender_id": SENDER,
            "receiver_id": "motcua",
            "total_count": 1,
            **header,
        }
        head = {name: value for name, value in made.items() if value is not None}
        return {
            "signature": detached(self.key, canonical(head, message)),
            "header": head,
            "message": message,
        }

    def send(self, path: str, body: Any, *, secret: str | None = None, **headers: str) -> Any:
        key = self.secret if secret is None else secret
        given = {"authorization": f"Bearer {key}"} if key else {}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            "POST",
            f"/dci/{path}",
            data=data,
            content_type=headers.pop("content_type", "application/json"),
            headers={**given, **headers},
        )

    def searched(
        self, query: Any, kind: str = "idtype-value", *, at: str = "crvs", **criteria: Any
    ) -> dict[str, Any]:
        """The one item of a synchronous search."""
        message = search(query, kind, **criteria)
        answer = self.send(f"{at}/registry/sync/search", self.envelope("search", message))
        assert answer.status_code == 200, answer.content
        (item,) = answer.json()["message"]["search_response"]
        return dict(item)


def search(query: Any, kind: str = "idtype-value", **criteria: Any) -> dict[str, Any]:
    item = {
        "reference_id": "r1",
        "timestamp": now(),
        "search_criteria": {"query_type": kind, "query": query, **criteria},
    }
    return {"transaction_id": uuid4().hex, "search_request": [item]}


def subscribe(event: str, query: Any, **criteria: Any) -> dict[str, Any]:
    item = {
        "reference_id": "s1",
        "timestamp": now(),
        "subscribe_criteria": {
            "reg_event_type": event,
            "filter": query,
            "notify_record_type": "Person",
            **criteria,
        },
    }
    return {"transaction_id": uuid4().hex, "subscribe_request": [item]}


def uin(person: Person) -> dict[str, str]:
    return {"type": "UIN", "value": person.personal_number}


def ministry_of(receiver: Receiver) -> Ministry:
    body = directory.body_by_code("G12")
    assert body is not None
    leader = officer(body, "leadership", "register-head", "Ngô Thị Lãnh Đạo")
    contact = officer(body, "leadership", "data-partner", "Đầu mối chia sẻ")
    secret, application = secret_for(leader, contact)
    key = new_key()
    partner = exchange.register_partner(
        leader,
        application_id=application,
        sender_id=SENDER,
        callback=receiver.url.partition("hook")[0],
        keys=[key.as_dict(private=False)],
    )
    return Ministry(
        client=Client(),
        secret=secret,
        key=key,
        partner=partner,
        actor=contact,
        leader=leader,
        receiver=receiver,
        people=family(),
    )


def secret_for(leader: Actor, post: Actor) -> tuple[str, Any]:
    made = identity.create_application(leader, name="Phần mềm trợ giúp", post_id=post.post_id)
    issued = identity.issue_key(leader, made.id, scopes=["dci"])
    return issued.secret, made.id


def family() -> list[Person]:
    """Two parents and two children of one household."""
    drafts = [
        ("Nguyễn Văn Hùng", "male", date(1985, 4, 2), "head"),
        ("Trần Thị Hoà", "female", date(1987, 9, 12), "spouse"),
        ("Nguyễn Minh Anh", "female", date(2015, 6, 1), "child"),
        ("Nguyễn Minh Anh", "female", date(2018, 7, 3), "child"),
    ]
    return registers.create_people(
        SYSTEM,
        [
            PersonDraft(
                full_name=name,
                born_on=born,
                sex=sex,
                birth_area=WARD,
                residence_area=WARD,
                residence_line="12 phố Quán Thánh",
                household="HN-000042",
                household_relation=relation,
            )
            for name, sex, born, relation in drafts
        ],
    )


def died(person: Person, on: date) -> None:
    """The death is registered: civil status says so."""
    registers.write_facts(
        SYSTEM,
        [
            Fact(
                register="civil-status",
                fact="death",
                subject=person.personal_number,
                values={
                    "name": person.full_name,
                    "died_on": on,
                    "place": WARD,
                    "declarant": "Trần Thị Hoà",
                },
                valid_from=on,
            )
        ],
        uuid4(),
    )


def string_signature(key: OKPKey, payload: bytes, *, lives_s: int = 300) -> str:
    """The other form that the standard shows."""
    import hashlib

    created = int(clock.now().timestamp())
    expires = created + lives_s
    digest = base64.b64encode(hashlib.sha256(payload).digest()).decode()
    text = f"(created): {created}\n(expires): {expires}\ndigest: SHA-256={digest}"
    private = key.private_key
    assert isinstance(private, Ed25519PrivateKey)
    made = base64.b64encode(private.sign(text.encode())).decode()
    return (
        f'Signature: namespace="dci", kidId="{SENDER}|{key.kid}|ed25519", algorithm="ed25519", '
        f'created="{created}", expires="{expires}", headers="(created) (expires) digest", '
        f'signature="{made}"'
    )


def long_ago() -> str:
    return datetime(2020, 1, 1, tzinfo=UTC).isoformat()
