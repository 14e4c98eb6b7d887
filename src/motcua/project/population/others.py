"""What the other registers hold about a share of the people: so that none of them is empty.

Births of the young, marriages of couples, health insurance, driving licences, vehicles, contracts
of households for power, and small businesses of households. All made up.
"""

from random import Random

from motcua.project.population.lines import ISO, Lines
from motcua.project.population.people import SEEN_ON, YEAR, Household, Soul

SHARE = 4  # one household of so many has entries in other registers
BIRTHS_SINCE = SEEN_ON - int(10 * YEAR)
_HOSPITALS = ("Trung tâm Y tế khu vực", "Bệnh viện Đa khoa khu vực", "Bệnh viện Phụ sản")
_MAKES = (("Honda", "Wave Alpha"), ("Honda", "Vision"), ("Yamaha", "Sirius"), ("Yamaha", "Janus"))
_COLOURS = ("Đen", "Trắng", "Đỏ", "Xanh", "Bạc")
_SHOPS = ("Tạp hoá", "Quán ăn", "Sửa xe", "Cắt tóc", "Vật liệu xây dựng", "Nhà thuốc")


class Others:
    """Adds lines about a household to those of its people; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"others {seed}")  # noqa: S311 - people must be the same again

    def __call__(self, lines: Lines, home: Household) -> None:
        if home.number % SHARE:
            return
        alive = [one for one in home.members if not one.died]
        for one in alive:
            self._insurance(lines, one)
            if one.born > BIRTHS_SINCE and one.relation == "child":
                self._birth(lines, one, home)
            if SEEN_ON - one.born > 18 * YEAR:
                self._driving(lines, one, home)
        couple = [one for one in alive if one.spouse]
        if len(couple) == 2:
            self._marriage(lines, couple, home)
        head = next((one for one in alive if SEEN_ON - one.born > 18 * YEAR), None)
        if head is not None:
            self._contract(lines, head, home)
            if self.random.random() < 0.12:
                self._business(lines, head, home)

    def _insurance(self, lines: Lines, one: Soul) -> None:
        if self.random.random() > 0.93:
            return
        child = SEEN_ON - one.born < 6 * YEAR
        kind, benefit = ("Trẻ em dưới 6 tuổi", 100) if child else ("Hộ gia đình", 80)
        since = max(one.born, SEEN_ON - 300)
        values = (
            f'{{"card_number": "{one.number[2:]}", "kind": "{kind}", '
            f'"facility": "{_HOSPITALS[0]}", "benefit": {benefit}}}'
        )
        lines.version(("insurance", one.number, "health", ""), values, f"[{ISO[since]},)")

    def _birth(self, lines: Lines, one: Soul, home: Household) -> None:
        mother = _of(home, one.mother)
        if mother is None:
            return
        father = _of(home, one.father)
        hospital = _HOSPITALS[self.random.randrange(len(_HOSPITALS))]
        more = (
            f', "father_name": "{father.name.text}", "father_born_on": "{ISO[father.born]}"'
            if father
            else ""
        )
        values = (
            f'{{"name": "{one.name.text}", "born_on": "{ISO[one.born]}", '
            f'"facility": "{hospital}", "mother_name": "{mother.name.text}", '
            f'"mother_born_on": "{ISO[mother.born]}", "declarant": "{mother.name.text}"{more}}}'
        )
        where = ("civil-status", one.number, "birth", "")
        lines.version(where, values, f"[{ISO[one.born]},)")

    def _marriage(self, lines: Lines, couple: list[Soul], home: Household) -> None:
        youngest = max(one.born for one in couple)
        wed = min(SEEN_ON - 40, youngest + int((20 + self.random.random() * 4) * YEAR))
        for one, other in (couple, couple[::-1]):
            values = (
                f'{{"spouse": "{other.number}", "spouse_name": "{other.name.text}", '
                f'"married_on": "{ISO[wed]}", "place": "{home.province_before}"}}'
            )
            where = ("civil-status", one.number, "marriage", "")
            lines.version(where, values, f"[{ISO[wed]},)")

    def _driving(self, lines: Lines, one: Soul, home: Household) -> None:
        chance = self.random.random()
        if chance > 0.62 or SEEN_ON - one.born > 75 * YEAR:
            return
        issued = SEEN_ON - 30 - int(self.random.random() * 2000)
        issued = max(issued, one.born + int(18 * YEAR) + 2)
        if issued >= SEEN_ON:
            return
        item = "B" if chance < 0.15 else "A1"
        expires = f', "expires_on": "{ISO[issued + 3652]}"' if item == "B" else ""
        values = (
            f'{{"number": "{one.number}", "class": "{item}", '
            f'"issued_on": "{ISO[issued]}"{expires}}}'
        )
        where = ("driving-licence", one.number, "licence", item)
        lines.version(where, values, f"[{ISO[issued]},)")
        if chance < 0.4:
            self._vehicle(lines, one, (home, issued))

    def _vehicle(self, lines: Lines, one: Soul, about: tuple[Household, int]) -> None:
        home, since = about
        make, model = _MAKES[self.random.randrange(len(_MAKES))]
        colour = _COLOURS[self.random.randrange(len(_COLOURS))]
        place = home.members.index(one)
        plate = f"{home.province_before}-{home.number:08}.{place}"
        values = (
            f'{{"owner": "{one.number}", "make": "{make}", "model": "{model}", '
            f'"colour": "{colour}", "kind": "motorbike", "registered_on": "{ISO[since]}"}}'
        )
        where = ("vehicle", plate, "registration", "")
        lines.version(where, values, f"[{ISO[since]},)", holder=one.number)

    def _contract(self, lines: Lines, head: Soul, home: Household) -> None:
        since = max(home.since, SEEN_ON - int(5 * YEAR))
        code = f"PE{home.commune}{home.number:09}"
        values = (
            f'{{"provider": "ZEVN", "kind": "electricity", "holder": "{head.number}", '
            f'"holder_name": "{head.name.text}", "address": {_address(home)}, '
            f'"meter": "{home.number:09}"}}'
        )
        where = ("utility", code, "contract", "")
        lines.version(where, values, f"[{ISO[since]},)", holder=head.number)

    def _business(self, lines: Lines, head: Soul, home: Household) -> None:
        since = SEEN_ON - 30 - int(self.random.random() * 1500)
        shop = _SHOPS[self.random.randrange(len(_SHOPS))]
        given = head.name.text.split()[-1]
        values = (
            f'{{"name": "{shop} {given}", "kind": "household", "address": {_address(home)}, '
            f'"owner": "{head.number}", "representative_name": "{head.name.text}", '
            f'"capital_vnd": {self.random.randrange(2, 60) * 5_000_000}, '
            f'"starts_on": "{ISO[since]}"}}'
        )
        where = ("business", head.number, "registration", "")
        lines.version(where, values, f"[{ISO[since]},)")


def _address(home: Household) -> str:
    return f'{{"area": "{home.commune}", "line": "{home.line}"}}'


def _of(home: Household, number: str) -> Soul | None:
    return next((one for one in home.members if one.number == number), None)
