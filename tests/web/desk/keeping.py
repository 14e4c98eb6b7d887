"""The ministry that keeps the population register: its officers, and people to look for."""

import re
from datetime import date
from typing import Any

import msgspec
from django.test import Client

from motcua.directory import api as directory
from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers import api as registers
from tests.dossiers.world import officer
from tests.web.desk.screens import screen

HOME = "/desk/registers/"
KEEPING, CHECKING = "duty/keep-register", "duty/check-duplicates"
BORN = date(1990, 3, 5)


class Ministry(msgspec.Struct, kw_only=True):
    """Officers of the body that owns the population register, and one person in it."""

    keeper: Actor
    second: Actor
    head: Actor
    protector: Actor
    hoa: registers.Person


def make_ministry() -> Ministry:
    body = directory.body_by_code("G01")
    assert body is not None
    return Ministry(
        keeper=officer(body, "registers", "register-officer", "Ngô Thị Lan"),
        second=officer(body, "registers", "register-officer", "Đinh Văn Phúc"),
        head=officer(body, "leadership", "register-head", "Trịnh Công Minh"),
        protector=officer(body, "data-protection", "data-protection-officer", "Lý Thị Thu"),
        hoa=person(),
    )


def person(**more: Any) -> registers.Person:
    facts: dict[str, Any] = {
        "full_name": "Nguyễn Thị Hòa",
        "born_on": BORN,
        "sex": "female",
        "birth_area": "00004",
        "residence_area": "00004",
        "residence_line": "12 phố Quán Thánh",
    }
    return registers.create_people(SYSTEM, [registers.PersonDraft(**facts | more)])[0]


def text(response: Any) -> str:
    return response.content.decode()


def looked(actor: Actor, number: str, *, purpose: str = KEEPING, **more: str) -> tuple[Client, str]:
    """The officer's client, and the address of the record that the number opened."""
    client = screen(actor)
    typed = {"open": "1", "purpose": purpose, "register": "population", "key": number, **more}
    answer = client.post(f"{HOME}find", typed)
    assert answer.status_code == 303, text(answer)[-3000:]
    return client, answer.url


def version(page: str, title: str) -> str:
    """The address that corrects the fact of that title."""
    part = page[page.index(f">{title}") :]
    found = re.search(r'href="(/desk/registers/look/[^"]+/correct[^"]*)"', part)
    assert found
    return found[1].replace("&amp;", "&")


def typed(page: str) -> dict[str, str]:
    """What the form of a correction holds: texts, chosen options, ticked choices."""
    found = dict(re.findall(r'<input type="(?:text|tel|email)"[^>]* name="([^"]+)" value="([^"]*)"',
                            page))  # fmt: skip
    selects = r"<select[^>]* name=\"([^\"]+)\"[^>]*>(.*?)</select>"
    for name, options in re.findall(selects, page, re.DOTALL):
        if chosen := re.search(r'<option value="([^"]+)" selected', options):
            found[name] = chosen[1]
    radios = r'<input type="radio"[^>]* name="([^"]+)" value="([^"]+)" checked'
    return found | dict(re.findall(radios, page))
