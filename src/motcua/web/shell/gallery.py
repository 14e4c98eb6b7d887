"""What the gallery at /design/ shows: every component in every state, with invented people."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from motcua.catalogue.rules.procedure import Field, Option, Text
from motcua.kernel import clock, deadlines
from motcua.kernel.durations import Duration
from motcua.kernel.refusals import Problem
from motcua.web.shell.components import Bar, Column, Row, StepItem, TaskItem
from motcua.web.shell.context import Link


def _say(vi: str, en: str, fr: str) -> Text:
    return {"vi": vi, "en": en, "fr": fr}


SEXES = (
    Option(value="female", title=_say("Nữ", "Female", "Féminin")),
    Option(value="male", title=_say("Nam", "Male", "Masculin")),
)
PAPERS = (
    Option(value="post", title=_say("Gửi qua bưu chính", "By post", "Par la poste")),
    Option(value="desk", title=_say("Nhận tại bộ phận một cửa", "At the desk", "Au guichet")),
    Option(value="file", title=_say("Bản điện tử", "Electronic copy", "Copie électronique")),
)
QUESTIONS = (
    Field(
        field="child.name",
        kind="person-name",
        title=_say("Họ và tên trẻ", "Child's full name", "Nom complet de l’enfant"),
        hint=_say(
            "Viết đúng như muốn ghi trên giấy khai sinh",
            "As it should stand on the birth certificate",
            "Tel qu’il doit figurer sur l’acte de naissance",
        ),
        why=_say(
            "Tên này được ghi vào Sổ đăng ký khai sinh và không dễ thay đổi về sau.",
            "This name is entered in the register and is not easily changed later.",
            "Ce nom est inscrit au registre et ne se change pas facilement ensuite.",
        ),
    ),
    Field(
        field="child.born_on",
        kind="date",
        title=_say("Ngày sinh", "Date of birth", "Date de naissance"),
    ),
    Field(field="child.sex", kind="choice", title=_say("Giới tính", "Sex", "Sexe"), options=SEXES),
    Field(
        field="mother.number",
        kind="personal-number",
        prefill="applicant.personal_number",
        title=_say(
            "Số định danh cá nhân của mẹ",
            "Mother's personal number",
            "Numéro personnel de la mère",
        ),
    ),
    Field(
        field="child.birth_place",
        kind="area",
        title=_say("Nơi sinh", "Place of birth", "Lieu de naissance"),
    ),
    Field(
        field="contact.phone",
        kind="phone",
        title=_say("Số điện thoại", "Phone number", "Téléphone"),
        optional=True,
    ),
    Field(
        field="copies",
        kind="choices",
        options=PAPERS,
        title=_say("Cách nhận kết quả", "How to get the result", "Comment recevoir le résultat"),
    ),
    Field(
        field="married",
        kind="yes-no",
        title=_say("Cha mẹ đã đăng ký kết hôn?", "Are the parents married?", "Mariés ?"),
    ),
    Field(field="fee", kind="money", title=_say("Số tiền", "Amount", "Montant")),
    Field(
        field="goods",
        kind="rows",
        title=_say("Hàng hóa", "Goods", "Marchandises"),
        columns=(
            Field(field="name", kind="text", title=_say("Tên hàng", "Name", "Nom")),
            Field(field="quantity", kind="number", title=_say("Số lượng", "Quantity", "Quantité")),
            Field(field="sex", kind="choice", title=_say("Cho", "For", "Pour"), options=SEXES),
        ),
    ),
    Field(
        field="remark",
        kind="long-text",
        title=_say("Ghi chú", "Remark", "Remarque"),
        optional=True,
        max=300,
    ),
)
_WRONG_NAME = _say(
    "Hãy nhập họ và tên của trẻ",
    "Enter the child's full name",
    "Indiquez le nom complet de l’enfant",
)
_WRONG_DAY = _say(
    "Ngày sinh phải là hôm nay hoặc trước đó",
    "The date of birth must be today or earlier",
    "La date de naissance ne peut pas être dans l’avenir",
)
_WRONG_QUANTITY = _say(
    "Dòng 1, Số lượng: nhập một số",
    "Row 1, Quantity: type a number",
    "Ligne 1, Quantité : un nombre",
)
FAULTS = (
    Problem(path="child.name", code="", text=_WRONG_NAME),
    Problem(path="child.born_on", code="", text=_WRONG_DAY),
    Problem(path="goods[0].quantity", code="", text=_WRONG_QUANTITY),
)
SAMPLE = {
    "mother.number": "001 192 004 321",
    "child.born_on-day": "31",
    "child.born_on-month": "12",
    "child.born_on-year": "2031",
    "copies": ["file", "desk"],
    "married": "yes",
    "goods[0].name": "Chè xanh",
    "goods[0].quantity": "nhiều",
    "remark": "Xin nhận bản sao vào buổi chiều.",
}


def context(posted: Any, *, with_faults: bool) -> dict[str, Any]:
    """Everything for the page; `posted` is what somebody typed into its form."""
    now = clock.now()
    return {
        "page_form": "try",
        "faulty": with_faults,
        "questions": QUESTIONS,
        "values": posted if posted is not None else SAMPLE,
        "problems": FAULTS if with_faults or posted is None else (),
        "known": {"mother.number": _("National Population Database")},
        "crumbs": [(_("First page"), "/"), (_("Services"), "/design/"), (_("Birth"), "")],
        "files": [("giay-chung-sinh.pdf", "#", "1"), ("ket-hon-trang-1.jpg", "#", "2")],
        "rows": sample_rows(),
        "tasks": _tasks(),
        "steps": _steps(now),
        "statuses": range(1, 11),
        "dues": [now + timedelta(hours=hours) for hours in (200, 30, 3, -60)],
        "clock": sample_clock(),
        "clock_now": datetime(2025, 11, 26, 3, tzinfo=UTC),
        "tabs": [
            Link(_("Dossier"), "#tabs", current=True),
            Link(_("Messages"), "#tabs", count="2"),
            Link(_("History"), "#tabs"),
        ],
        "columns": [
            Column(title=_("Service"), sorted="ascending", sort_url="#table"),
            Column(title=_("Province or city")),
            Column(title=_("Dossiers"), numeric=True, sort_url="#table"),
            Column(title=_("On time"), numeric=True),
        ],
        "table_rows": [
            (link("#table", "Đăng ký khai sinh"), "Thành phố Hà Nội", "1.204", "98,4 %"),
            (link("#table", "Đăng ký khai tử"), "Thành phố Huế", "86", "100 %"),
            (link("#table", "Cấp điện mới"), "Tỉnh Lâm Đồng", "311", "91,0 %"),
        ],
        "bars": [
            Bar(label=_("Not yet due"), value=148),
            Bar(label=_("Due today"), value=23, kind="warn"),
            Bar(label=_("Late"), value=7, kind="late"),
        ],
        "chips": [("Thành phố Hà Nội", "#chips"), (_("Late"), "#chips")],
        "many": [(str(number), f"Tỉnh {number}") for number in range(1, 10)],
        "confirm_url": "/design/confirm",
    }


def link(url: str, text: str) -> Any:
    return format_html('<a href="{}">{}</a>', url, text)


def sample_rows() -> list[Row]:
    return [
        Row(label=_("Child's full name"), value="Nguyễn Hoàng Thuỳ Dương", url="#check"),
        Row(label=_("Date of birth"), value="27/03/2026", was="26/03/2026", url="#check"),
        Row(
            label=_("Mother"),
            value="Hoàng Thị Ngọc Ánh",
            source=_("National Population Database"),
            url="#check",
        ),
        Row(label=_("Phone number"), url="#check"),
    ]


def _tasks() -> list[TaskItem]:
    return [
        TaskItem(title=_("The child"), url="#tasks", status=_("Done")),
        TaskItem(
            title=_("The parents"),
            url="#tasks",
            hint=_("Filled in from the register: please check"),
            status=_("Check"),
            kind="info",
        ),
        TaskItem(title=_("Papers"), url="#tasks", status=_("Not started"), kind="warn"),
        TaskItem(title=_("Check and send"), status=_("Cannot start yet")),
    ]


def _steps(now: datetime) -> list[StepItem]:
    return [
        StepItem(title=_("Received"), at=now - timedelta(days=2), state="done"),
        StepItem(
            title=_("Examined by the commune"),
            at=now - timedelta(days=1),
            text="UBND phường Ba Đình",
            state="now",
        ),
        StepItem(title=_("Signed")),
        StepItem(title=_("Result in your hands")),
    ]


def sample_clock() -> deadlines.Clock:
    """As the law computes it: received on a Thursday at 16:10, three working days."""
    calendar_step = {"from": "2025-11-29", "until": "2025-11-30", "kind": "weekend", "name": {}}
    received, due = "2025-11-27T16:10:00+07:00", "2025-12-02T17:00:00+07:00"
    counted = "2025-11-28T07:30:00+07:00"
    return deadlines.Clock(
        limit=Duration(unit="working-days", count=3),
        started_at=datetime.fromisoformat(received),
        counted_from=datetime.fromisoformat(counted),
        due_at=datetime.fromisoformat(due),
        why=(
            {"rule": "received", "at": received},
            {
                "rule": "after-cutoff", "at": received, "cutoff": "15:00", "counted_from": counted,
            },
            {"rule": "limit", "unit": "working-days", "count": 3},
            {"rule": "skipped", **calendar_step},
            {"rule": "due", "at": due},
        ),
    )  # fmt: skip


SHEET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 594" fill="#999">
<path fill="#fff" d="M0 0h420v594H0z"/><path d="M130 60h160v10H130zM110 84h200v6H110z"/>
<path d="M50 140h320v5H50zM50 162h300v5H50zM50 184h320v5H50zM50 206h220v5H50z"/>
<path d="M50 250h320v5H50zM50 272h280v5H50zM50 294h310v5H50z"/>
<circle cx="300" cy="440" r="46" fill="none" stroke="#0b4239" stroke-width="4"/></svg>"""


def desk_context() -> dict[str, Any]:
    """The officers' components."""
    now = clock.now()
    return {
        "side": [
            Link(_("My work"), "#", current=True, count="7"),
            Link(_("My unit"), "#", count="31"),
            Link(_("Nobody's yet"), "#", count="12"),
            Link(_("Waiting for the applicant"), "#", count="4"),
        ],
        "facts": [
            (_("Applicant"), "Hoàng Thị Ngọc Ánh"),
            (_("Received"), "24/11/2026 09:12"),
            (_("With"), "Trần Văn Hưng"),
        ],
        "due": now + timedelta(hours=20),
        "rows": sample_rows(),
        "queue": [
            ("G01.27-261124-0031", "Nguyễn Thị Hà", now + timedelta(hours=4), 4),
            ("G01.27-261124-0007", "Phạm Quốc Bảo", now + timedelta(days=3), 2),
            ("G01.27-261119-0102", "Lê Minh Đức", now - timedelta(days=2), 4),
        ],
        "chips": [(_("Birth registration"), "#"), (_("Due this week"), "#")],
        "document": "/design/paper",
    }
