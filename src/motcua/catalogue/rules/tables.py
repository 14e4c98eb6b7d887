"""Tables of fees: what each province's council decided, as lines of one file of the pack.

A table is `fees/<name>.csv`; the service's own line says what the fee is, the table how much.
"""

from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = ("province", "channel", "vnd", "since", "until", "law", "indicative")
_TRUE = {"yes", "true", "1"}
FALSE = {"", "no", "false", "0"}
INDICATIVE = _TRUE | FALSE


def fee_lines(
    fee: Mapping[str, Any], rows: Sequence[Mapping[str, str]]
) -> tuple[dict[str, Any], ...]:
    """The lines of a table under the name of `fee`: those of a province before those for all."""
    own = {key: value for key, value in fee.items() if key != "table"}
    ordered = sorted(rows, key=lambda row: (not row.get("province"), not row.get("channel")))
    return tuple(_line(own, row) for row in ordered)


def _line(own: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    vnd = row.get("vnd", "")
    said = {key: row[key] for key in ("province", "channel", "since", "until") if row.get(key)}
    return {
        **own,
        **said,
        "law": row.get("law") or own.get("law", ""),
        "vnd": int(vnd) if vnd.isascii() and vnd.isdigit() else vnd,
        "indicative": row.get("indicative", "").lower() in _TRUE or own.get("indicative", False),
    }
