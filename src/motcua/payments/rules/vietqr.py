"""VietQR: what a bank's app reads from the code on a bill, and how we read it back.

The payload follows EMVCo's merchant-presented QR: fields of a two-digit number, a two-digit
length and a value, closed by a CRC-16 (polynomial 1021, initial FFFF). Field 38 is NAPAS's, with
the bank's number and the account; 54 the amount in đồng; 62.08 the content of the transfer.
"""

import re
import unicodedata

from msgspec import Struct

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
CONTENT_MAX = 25
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}")


class VietQR(Struct, frozen=True, kw_only=True):
    """A transfer to be made: the bank by its six digits, the account, and perhaps how much, why."""

    bank: str
    account: str
    amount_vnd: int | None = None
    content: str = ""


class VietQRFault(ValueError):
    """A payload that is not ours to read: "crc", "format", "network", "currency", "amount"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def build(qr: VietQR) -> str:
    """The payload of the QR code. VietQRFault for what no bank would take."""
    if not re.fullmatch(r"[0-9]{6}", qr.bank) or not re.fullmatch(r"[0-9A-Za-z]{1,19}", qr.account):
        raise VietQRFault("format")
    if qr.amount_vnd is not None and not _AMOUNT.fullmatch(str(qr.amount_vnd)):
        raise VietQRFault("amount")
    content = transfer_content(qr.content)
    account = _field("00", NAPAS) + _field("01", _field("00", qr.bank) + _field("01", qr.account))
    payload = (
        _field("00", "01")
        + _field("01", "11" if qr.amount_vnd is None else "12")
        + _field("38", account + _field("02", TO_ACCOUNT))
        + _field("53", "704")
        + ("" if qr.amount_vnd is None else _field("54", str(qr.amount_vnd)))
        + _field("58", "VN")
        + (_field("62", _field("08", content)) if content else "")
        + "6304"
    )
    return f"{payload}{crc16(payload):04X}"


def parse(payload: str) -> VietQR:
    """What a payload asks for. VietQRFault when it is damaged or meant for somebody else."""
    if not re.fullmatch(r"[ -~]+6304[0-9A-Fa-f]{4}", payload):
        raise VietQRFault("format")
    if crc16(payload[:-4]) != int(payload[-4:], 16):
        raise VietQRFault("crc")
    fields = _fields(payload)
    network = _fields(fields.get("38", ""))
    if network.get("00") != NAPAS or network.get("02", TO_ACCOUNT) != TO_ACCOUNT:
        raise VietQRFault("network")
    if fields.get("53") != "704":
        raise VietQRFault("currency")
    amount = fields.get("54")
    if amount is not None and not _AMOUNT.fullmatch(amount):
        raise VietQRFault("amount")
    receiver = _fields(network.get("01", ""))
    try:
        bank, account = receiver["00"], receiver["01"]
    except KeyError:
        raise VietQRFault("format") from None
    content = _fields(fields.get("62", "")).get("08", "")
    vnd = None if amount is None else int(amount)
    return VietQR(bank=bank, account=account, amount_vnd=vnd, content=content)


def transfer_content(text: str) -> str:
    """A text as banks carry it: capitals without marks, digits, single spaces, 25 at most."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain.upper() if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9A-Z]+", " ", letters).split())[:CONTENT_MAX].strip()


def squeezed(text: str) -> str:
    """Only capital letters and digits: banks add, drop and move everything else."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def mentions(content: str, code: str) -> bool:
    """Whether a transfer's content names this code, whatever the banks put around and into it."""
    return bool(squeezed(code)) and squeezed(code) in squeezed(content)


def crc16(text: str) -> int:
    """CRC-16/CCITT-FALSE of ASCII text."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc


def _field(number: str, value: str) -> str:
    if not value or len(value) > 99:
        raise VietQRFault("format")
    return f"{number}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    """Field number -> value; a number twice, or a length that does not fit, is a fault."""
    fields: dict[str, str] = {}
    while text:
        number, length = text[:2], text[2:4]
        if not (number + length).isdigit() or len(number + length) != 4 or number in fields:
            raise VietQRFault("format")
        end = 4 + int(length)
        if len(text) < end or end == 4:
            raise VietQRFault("format")
        fields[number], text = text[4:end], text[end:]
    return fields
