"""One story told by requests: a child is registered from the search to the result.

Each operation of the API has its example here. A test runs all of them, in this order, against a
real database; what came back lies in `examples.json`, and the documentation page shows it.
`{names}` in paths and bodies are taken from earlier answers (`takes`).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

RECORDED = Path(__file__).with_name("examples.json")
CITIZEN, DESK, OFFICER, CHAIR, CREDITOR = "citizen", "desk", "officer", "chair", "creditor"
KEEPER = "keeper"
BIRTH = "birth-registration"
DRAFT, DOSSIER = "/drafts/{draft_id}", "/dossiers/{dossier_id}"


class Example(Struct, frozen=True, kw_only=True):
    """A request. `who` holds the key ("": nobody); `file` is attached as `file` or `part`."""

    operation: str
    method: str
    path: str
    who: str = ""
    body: dict[str, Any] | None = None
    form: dict[str, str] = {}
    file: str = ""
    part: str = "file"
    status: int = 200
    takes: dict[str, str] = {}
    key: str = ""

    @property
    def id(self) -> str:
        return f"{self.operation}-{self.status}" if self.status >= 400 else self.operation


class Recorded(Struct, frozen=True, kw_only=True):
    """What came back when the story was told: shortened where lists are long."""

    status: int
    media_type: str
    body: Any = None
    names: dict[str, str] = {}


def _get(operation: str, path: str, **more: Any) -> Example:
    return Example(operation=operation, method="GET", path=path, **more)


def _post(operation: str, path: str, **more: Any) -> Example:
    return Example(operation=operation, method="POST", path=path, **more)


def _put(operation: str, path: str, **more: Any) -> Example:
    return Example(operation=operation, method="PUT", path=path, **more)


def _act(verb: str, who: str, **body: Any) -> Example:
    return _post("act", f"{DOSSIER}/acts/{verb}", who=who, body=body)


ANSWERS = {
    "applicant": {
        "full_name": "Trần Thị Bích",
        "personal_number": "001196000011",
        "phone": "0912345678",
    },
    "child": {
        "name": "Nguyễn Minh Anh",
        "sex": "female",
        "born_on": "2026-02-10",
        "birth_place": "00004",
        "at_facility": True,
        "facility": "Bệnh viện Phụ sản Hà Nội",
        "ethnicity": "Kinh",
        "home_town": "01",
    },
    "mother": {
        "name": "Trần Thị Bích",
        "personal_number": "001196000011",
        "born_on": "1996-03-27",
        "address": {"area": "00004", "line": "12 phố Quán Thánh"},
    },
    "family": {"father_named": False},
    "registration": {"relation": "mother", "commune": "00004"},
}
FIND = [
    _get("list_services", "/services?q=khai+sinh&limit=5"),
    _get("list_life_events", "/life-events"),
    _get("get_service", f"/services/{BIRTH}"),
    _post("compute_fees", f"/services/{BIRTH}/fees", body={"answers": {}, "channel": "online"}),
]
APPLY = [
    _post(
        "open_draft", f"/services/{BIRTH}/drafts", who=CITIZEN, body={}, status=201,
        takes={"draft_id": "id"},
    ),
    _put("save_answers", f"{DRAFT}/answers", who=CITIZEN, body={"answers": ANSWERS}),
    _get("get_draft", DRAFT, who=CITIZEN),
    _get("list_drafts", "/drafts", who=CITIZEN),
    _get("check_draft", f"{DRAFT}/check", who=CITIZEN),
    _post(
        "attach_files", f"{DRAFT}/papers/birth-notice", who=CITIZEN, file="giay-chung-sinh.png",
        status=201, takes={"file_id": "uploads.0.file_id"},
    ),
    Example(
        operation="detach_file", method="DELETE", who=CITIZEN,
        path=f"{DRAFT}/papers/birth-notice/{{file_id}}",
    ),
    _post(
        "submit", f"{DRAFT}/submit", who=CITIZEN, body={}, key="khai-sinh-2026-0", status=422
    ),
    _post(
        "attach_files", f"{DRAFT}/papers/birth-notice", who=CITIZEN, file="giay-chung-sinh.png",
        status=201,
    ),
    _post(
        "submit", f"{DRAFT}/submit", who=CITIZEN, body={}, key="khai-sinh-2026-1", status=201,
        takes={"dossier_id": "id", "file_id": "uploads.0.file_id"},
    ),
    _get("track", "/track/{dossier_id}"),
    _get("list_dossiers", "/dossiers?open_only=true&limit=20", who=CITIZEN),
]  # fmt: skip
COUNTER = [
    _post(
        "open_draft", f"/services/{BIRTH}/drafts", who=DESK, status=201,
        body={"applicant": {"name": "Phạm Văn Dũng"}}, takes={"counter_draft_id": "id"},
    ),
    _put(
        "set_applicant", "/drafts/{counter_draft_id}/applicant", who=DESK,
        body={"name": "Phạm Văn Dũng", "phone": "0912345679"},
    ),
    Example(
        operation="discard_draft", method="DELETE", path="/drafts/{counter_draft_id}", who=DESK,
        status=204,
    ),
]  # fmt: skip
RECEIVE = [
    _get("count_queues", "/queue/counts", who=DESK),
    _get(
        "get_queue", "/queue?which=unassigned&limit=20", who=DESK,
        takes={"task_id": "rows.0.task_id"},
    ),
    _post("take", f"{DOSSIER}/take", who=DESK, body={"task_id": "{task_id}"}),
    _post(
        "mark_check", f"{DOSSIER}/checks", who=DESK, body={"item": "birth-notice", "mark": "doubt"}
    ),
    _post(
        "add_note", f"{DOSSIER}/notes", who=DESK, body={"text": "Ảnh hơi mờ."}, status=201
    ),
    _act(
        "ask-once", DESK, reason="unreadable-paper", say="Ảnh bị mờ, xin gửi ảnh rõ hơn.",
        items=[{"paper": "birth-notice"}, {"field": "child.name"}],
    ),
    _get("get_dossier", DOSSIER, who=CITIZEN, takes={"paper_id": "papers.0.paper_id"}),
    _post(
        "supplement", f"{DOSSIER}/supplement", who=CITIZEN, file="ro-hon.png", part="birth-notice",
        form={"answers": '{"child": {"name": "Nguyễn Minh Ánh"}}'},
    ),
    _post(
        "send_message", f"{DOSSIER}/messages", who=CITIZEN, status=201,
        body={"text": "Tôi đã gửi ảnh rõ hơn."},
    ),
    _act("accept", DESK),
]  # fmt: skip
DECIDE = [
    _get("list_colleagues", "/colleagues", who=CHAIR),
    _post(
        "take_next", "/queue/next", who=OFFICER, body={},
        takes={"task_id": "task_id", "dossier_id": "dossier_id"},
    ),
    _post(
        "assign", f"{DOSSIER}/assign", who=CHAIR,
        body={"task_id": "{task_id}", "officer_id": "{officer_id}"},
    ),
    _post(
        "assign_many", "/queue/assign", who=CHAIR,
        body={
            "tasks": [{"dossier_id": "{dossier_id}", "task_id": "{task_id}"}],
            "officer_id": "{officer_id}",
        },
    ),
    _act("propose", OFFICER, grant=True),
    _act("agree", CITIZEN),
    _act("sign", CHAIR),
    _get("get_result", f"{DOSSIER}/result", who=CITIZEN),
    _get("open_paper", f"{DOSSIER}/papers/{{paper_id}}", who=CITIZEN),
    _get("open_file", f"{DOSSIER}/files/{{file_id}}", who=CITIZEN),
    _act("hand-over", DESK, to="Trần Thị Bích"),
    _post(
        "rate", f"{DOSSIER}/rating", who=CITIZEN, body={"stars": 5, "text": "Nhanh."}, status=204
    ),
]  # fmt: skip
ELECTRICITY = {"supply": "electricity", "customer_code": "PD01000123456", "phone_end": "5678"}
DEBT = {
    "kind": "utility-bill",
    "reference": "2026-02-PD01000123456",
    "keys": ELECTRICITY,
    "amount_vnd": 642350,
    "details": {"period": "Tháng 2/2026", "use": 268},
    "due_on": "2026-03-15",
}
OWED = {"of": "electricity", "customer_code": "PD01000123456", "phone_end": "5678"}
MONEY = [
    _put("put_debts", "/debts", who=CREDITOR, body={"debts": [DEBT]}),
    _get("list_debts", "/debts?status=open", who=CREDITOR),
    _post(
        "find_debts", "/debts/find",
        body={"service": "utility-bill-payment", "answers": {"bill": OWED}},
    ),
    _post(
        "find_debts", "/debts/find", who=CITIZEN, takes={"token": "items.0.token"},
        body={"service": "utility-bill-payment", "answers": {"bill": OWED}},
    ),
    _post(
        "pay_debts", "/debts/pay", who=CITIZEN, status=201, key="tien-dien-02-2026",
        body={"tokens": ["{token}"]}, takes={"bill_code": "code"},
    ),
    _get("get_bill", "/bills/{bill_code}"),
    _post(
        "start_payment", "/bills/{bill_code}/payments", who=CITIZEN, status=201, body={},
        key="tien-dien-02-2026-1",
    ),
    _get("list_bills", "/bills", who=CITIZEN, takes={"receipt_id": "items.0.receipts.0.id"}),
    _get("open_receipt", "/bills/{bill_code}/receipts/{receipt_id}", who=CITIZEN),
    _get("list_bills_of_dossier", f"{DOSSIER}/bills", who=CITIZEN),
    _post(
        "withdraw_debt", "/debts/withdraw", who=CREDITOR, status=204,
        body={"kind": "utility-bill", "reference": "2026-02-PD01000123456"},
    ),
]  # fmt: skip
HOOK = "/webhooks/{endpoint_id}"
HOOKS = [
    _post(
        "add_webhook", "/webhooks", who=DESK, status=201, takes={"endpoint_id": "endpoint.id"},
        body={"url": "http://127.0.0.1:9/hooks", "kinds": ["dossier.*"]},
    ),
    _get("list_webhooks", "/webhooks", who=DESK),
]  # fmt: skip
TOLD = [
    _get(
        "list_deliveries", f"{HOOK}/deliveries", who=DESK, takes={"delivery_id": "items.0.id"}
    ),
    _post(
        "retry_delivery", f"{HOOK}/deliveries/{{delivery_id}}/retry", who=DESK, status=204
    ),
    _post("pause_webhook", f"{HOOK}/pause", who=DESK),
    _post("resume_webhook", f"{HOOK}/resume", who=DESK),
    _post("rotate_webhook_secret", f"{HOOK}/secret", who=DESK),
    Example(operation="remove_webhook", method="DELETE", path=HOOK, who=DESK, status=204),
]  # fmt: skip
RECORD = {"key": "001190000077", "purpose": "duty/keep-register"}
KNOWN = "/registers/population"
LOOK = [
    _get("list_registers", "/registers"),
    _get("get_register", KNOWN),
    _post(
        "read_record", f"{KNOWN}/read", who=KEEPER, takes={"version_id": "facts.0.id"},
        body={**RECORD, "fields": ["identity.full_name", "identity.born_on", "residence.address"]},
    ),
    _post(
        "read_record", f"{KNOWN}/read", who=DESK, status=422,
        body={"key": "001190000077", "purpose": "procedure/birth-registration"},
    ),
    _post(
        "read_history", f"{KNOWN}/history", who=KEEPER,
        body={**RECORD, "fields": ["residence.address"]},
    ),
    _post(
        "open_dispute", f"{KNOWN}/disputes", who=KEEPER, status=201,
        body={
            "key": RECORD["key"], "version_id": "{version_id}", "field": "identity.born_on",
            "claim": "Sinh ngày 21 tháng 7, không phải 12 tháng 7.",
        },
    ),
]  # fmt: skip
STORY: tuple[Example, ...] = (
    *FIND, *HOOKS, *APPLY, *COUNTER, *RECEIVE, *DECIDE, *MONEY, *LOOK, *TOLD
)  # fmt: skip


@cache
def recorded() -> dict[int, Recorded]:
    """What came back, by the place in the story; {} before it was first told."""
    if not RECORDED.exists():
        return {}
    found = msgspec.json.decode(RECORDED.read_bytes(), type=list[Recorded])
    return dict(enumerate(found))


def shortened(value: Any, depth: int = 0) -> Any:
    """The same with at most two entries of long lists, for a page that people read."""
    most = 2 if depth < 3 else 1
    if isinstance(value, list):
        cut = [shortened(one, depth + 1) for one in value[:most]]
        return cut if len(value) <= most else [*cut, f"… {len(value) - most} more"]
    if isinstance(value, dict):
        if depth > 4 and len(value) > 3:
            return {key: shortened(value[key], depth + 1) for key in list(value)[:3]}
        return {key: shortened(one, depth + 1) for key, one in value.items()}
    return value


def filled(text: str, names: dict[str, str]) -> str:
    """`/drafts/{draft_id}` with what is known."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


def filled_body(body: Any, names: dict[str, str]) -> Any:
    """The same for a body."""
    return json.loads(filled(json.dumps(body), names))
