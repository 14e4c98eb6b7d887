"""The pages of the sandbox: payment, bank app, statement, notices. Plain HTML, no script."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from motcua.payments.rules import signing
from motcua.payments.rules.reconciling import StatementLine
from motcua.project.sandbox import layout
from motcua.project.sandbox.orders import FAILED, PAID, PENDING, WHEN, Order
from motcua.project.sandbox.statement import KINDS
from motcua.project.sandbox.store import Row, moment
from motcua.project.sandbox.texts import money, say


def home(language: str, *, down: bool) -> str:
    text = f"<p>{escape(say(language, 'home-intro'))}</p>"
    state = escape(say(language, "down-is-on" if down else "down-is-off"))
    word = say(language, "down-off" if down else "down-on")
    switch = layout.form("/down", language, layout.button(word, "off" if down else "on"))
    return f"{text}<p>{state}</p>{switch}"


def payment(language: str, order: Order, back: str) -> str:
    """What is to be paid, and every way to pay it or not; `back` for an order that is closed."""
    row = order.row
    until = moment(row["expires_at"]).astimezone(signing.HERE)
    facts = layout.facts(
        (
            (say(language, "amount"), money(row["amount_vnd"], language)),
            (say(language, "for"), row["title"]),
            (say(language, "reference"), row["reference"]),
            (say(language, "until"), f"{until:%H:%M %d/%m/%Y}"),
        )
    )
    state = "" if order.code == PENDING else _state(language, order.code)
    if order.code not in (PENDING, FAILED):
        link = f'<p><a href="{escape(back)}">{escape(say(language, "back"))}</a></p>'
        return state + facts + (link if back else "")
    when = layout.choices(
        "when", say(language, "when"), [(w, say(language, f"when-{w}")) for w in WHEN]
    )
    ways = layout.button(say(language, "pay"), "pay", first=True) + "".join(
        layout.button(say(language, way), way)
        for way in ("cancel", "pay-close", "twice", "fail", "close")
    )
    buttons = f'<div class="buttons">{ways}</div>'
    return state + facts + layout.form(f"/order/{row['token']}", language, when + buttons)


def closed(language: str, token: str) -> str:
    link = f"/order/{token}?lang={language}"
    return (
        f"<p>{escape(say(language, 'closed-text'))}</p>"
        f'<p><a href="{escape(link)}">{escape(say(language, "pay-title"))}</a></p>'
    )


def bank(language: str, values: Mapping[str, str], fault: str = "") -> str:
    """Read a code, then transfer whatever amount with whatever content."""
    read = layout.form(
        "/bank",
        language,
        layout.field("qr", say(language, "payload"), values.get("qr", ""), kind="textarea")
        + layout.button(say(language, "read")),
        method="get",
    )
    numbers = ' inputmode="numeric"'
    fields = (
        layout.field("bank", say(language, "bank"), values.get("bank", ""), about=numbers)
        + layout.field("account", say(language, "account"), values.get("account", ""))
        + layout.field("amount", say(language, "amount"), values.get("amount", ""), about=numbers)
        + layout.field("content", say(language, "content"), values.get("content", ""))
        + layout.choices(
            "when", say(language, "when"), [(w, say(language, f"when-{w}")) for w in WHEN]
        )
        + layout.button(say(language, "transfer"), first=True)
    )
    trouble = layout.trouble(language, say(language, fault)) if fault else ""
    intro = f"<p>{escape(say(language, 'bank-intro'))}</p>"
    transfer = layout.form("/bank", language, fields)
    return f"{trouble}{intro}{read}<h2>{escape(say(language, 'transfer'))}</h2>{transfer}"


def transferred(language: str, row: Row) -> str:
    return layout.facts(
        (
            (say(language, "amount"), money(row["amount_vnd"], language)),
            (say(language, "number"), row["number"]),
            (say(language, "account"), f"{row['bank']} {row['account']}"),
            (say(language, "content"), row["content"]),
        )
    )


def statement(
    language: str, day: date, lines: Sequence[StatementLine], *, faults: Sequence[Row]
) -> str:
    """The lines of a day as they are handed out, the files, and the planting of faults."""
    choose = layout.form(
        "/statement",
        language,
        layout.field("day", say(language, "day"), day.isoformat(), kind="date")
        + layout.button(say(language, "show")),
        method="get",
    )
    rows = [
        (
            line.source,
            line.kind,
            line.number,
            line.reference or line.content,
            money(line.amount_vnd, language),
            money(line.fee_vnd, language),
            line.status,
        )
        for line in lines
    ]
    words = ("source", "kind", "number", "reference", "amount", "fee", "status")
    heads = [say(language, word) for word in words]
    shown = layout.table(say(language, "statement-title"), heads, rows, right={4, 5})
    files = "".join(
        f'<a href="/statement.{kind}?day={day.isoformat()}">{kind.upper()}</a> '
        for kind in ("csv", "json")
    )
    none = f"<p>{escape(say(language, 'nothing'))}</p>"
    body = f'{shown}<p class="links">{files}</p>' if rows else none
    return choose + body + _planting(language, day, faults)


def _planting(language: str, day: date, faults: Sequence[Row]) -> str:
    kinds = [(kind, say(language, f"fault-{kind}")) for kind in KINDS]
    hidden = f'<input type="hidden" name="day" value="{day.isoformat()}">'
    plant = layout.form(
        "/plant",
        language,
        hidden
        + layout.choices("kind", say(language, "fault"), kinds)
        + layout.field("number", say(language, "which-line"))
        + layout.button(say(language, "plant")),
    )
    content = f"<h2>{escape(say(language, 'plant'))}</h2>{plant}"
    if faults:
        items = "".join(
            f"<li>{escape(say(language, 'fault-' + row['kind']))} {escape(row['number'])}</li>"
            for row in faults
        )
        heal = layout.form("/heal", language, hidden + layout.button(say(language, "heal")))
        content += f"<h2>{escape(say(language, 'planted'))}</h2><ul>{items}</ul>{heal}"
    return content


def notices(language: str, deliveries: Sequence[Row]) -> str:
    """The last notices: to be sent, sent, and what was answered."""
    rows = []
    for row in deliveries:
        params = json.loads(row["params"])
        due = moment(row["due_at"]).astimezone(signing.HERE)
        rows.append(
            (
                params.get("pg_TransactionNo", ""),
                params.get("pg_Ref", "") or params.get("pg_Content", ""),
                f"{due:%H:%M:%S %d/%m}",
                str(row["attempts"]),
                row["answer"] + ("" if row["ended_at"] else " ..."),
            )
        )
    heads = [say(language, w) for w in ("number", "reference", "due", "attempts", "answer")]
    if not rows:
        return f"<p>{escape(say(language, 'nothing'))}</p>"
    return layout.table(say(language, "notices-title"), heads, rows, right={3})


def _state(language: str, code: str) -> str:
    text = say(language, f"state-{code}")
    return (
        f"<p><strong>{escape(text)}</strong></p>"
        if code == PAID
        else layout.trouble(language, text)
    )
