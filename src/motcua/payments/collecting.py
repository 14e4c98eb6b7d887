"""Where a creditor's money arrives by transfer: the pack's `collecting.yaml`, by kind of body."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from motcua.directory import api as directory
from motcua.kernel.packs import pack_root, read_yaml
from motcua.payments.rules import references, vietqr
from motcua.payments.shapes import TransferView


def transfer_to(creditor_id: UUID, code: str, amount_vnd: int) -> TransferView | None:
    """The transfer that pays a bill; None when the creditor takes no transfers."""
    account = account_of(creditor_id)
    if account is None or amount_vnd <= 0:
        return None
    row = _book(pack_root())
    content = references.content_of(code)
    payload = vietqr.build(
        vietqr.VietQR(bank=row["bank"], account=account, amount_vnd=amount_vnd, content=content)
    )
    return TransferView(
        bank=row["bank"],
        bank_name=row["bank-name"],
        account=account,
        holder=directory.body(creditor_id).name,
        content=content,
        amount_vnd=amount_vnd,
        vietqr=payload,
        demonstration=bool(row["demonstration"]),
    )


def account_of(creditor_id: UUID) -> str | None:
    """The number of the bank account that collects for a body."""
    body = directory.body(creditor_id)
    pattern = _book(pack_root())["accounts"].get(body.kind)
    if pattern is None:
        return None
    return str(pattern).format(code=re.sub(r"[^0-9A-Z]", "", body.code))[:19]


@cache
def _book(pack: Path) -> dict[str, Any]:
    file = pack / "collecting.yaml"
    if not file.exists():
        return {"accounts": {}}
    data, _ = read_yaml(file)
    return dict(data)
