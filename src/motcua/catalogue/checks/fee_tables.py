"""MC032: tables of fees have the right columns, amounts, areas and dates, and a law a line."""

from collections.abc import Iterator, Mapping
from datetime import date

from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Finding
from motcua.catalogue.rules.tables import COLUMNS, INDICATIVE

RULE = "MC032"
TITLE = "A table of fees that cannot be used"


def check(pack: Pack) -> Iterator[Finding]:
    for name, rows in pack.fee_tables.items():
        for line, message, fix in _faults(pack, rows):
            yield Finding(rule=RULE, file=f"fees/{name}.csv", line=line, message=message, fix=fix)


def _faults(pack: Pack, rows: list[dict[str, str]]) -> Iterator[tuple[int, str, str]]:
    header = set(rows[0]) if rows else set()
    if header != set(COLUMNS):
        yield 1, "the columns are not those of a table of fees.", f"Write: {','.join(COLUMNS)}"
        return
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows, start=2):
        for message, fix in _of_row(pack, row):
            yield line, message, fix
        same = (row["province"], row["channel"], row["since"])
        if same in seen:
            yield line, "the same province, channel and day are there twice.", "Keep one line."
        seen.add(same)


def _of_row(pack: Pack, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    vnd, province, channel = row["vnd"], row["province"], row["channel"]
    if not (vnd.isascii() and vnd.isdigit()):
        yield f'"{vnd}" is not an amount.', "Write a whole number without dots: 15000."
    if province and pack.area_levels.get(province) != "province":
        yield f'no province has the code "{province}".', "Use two digits of areas/provinces.csv."
    if channel not in ("", "online", "counter"):
        yield f'"{channel}" is no channel.', "Use online or counter, or leave it empty."
    if row["indicative"].lower() not in INDICATIVE:
        yield f'"{row["indicative"]}" is neither yes nor no.', "Write yes, no or nothing."
    if not row["law"]:
        yield "a line has no legal reference.", "Name the decision in the column law."
    if not all(_is_day(row[key]) for key in ("since", "until") if row[key]):
        yield "a date cannot be read.", "Write dates as 2026-03-31, or nothing."
    elif row["since"] and row["until"] and row["until"] < row["since"]:
        yield "a line ends before it begins.", "Correct since or until."


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
