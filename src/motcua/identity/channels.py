"""The ways out of the house: mail through Django, text messages through a port.

`send` returns when the message was handed over, or raises `NotSent`; `was_sent` answers whether a
message left, when the channel can tell (None: it cannot).
"""

import json
import smtplib
import socket
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string
from msgspec import Struct


class Outgoing(Struct, frozen=True, kw_only=True):
    """`id` is the same at each attempt: the receiver can drop a second copy by it."""

    id: str
    address: str
    title: str
    body: str


class NotSent(Exception):
    """`permanent`: trying again is useless. `unsure`: it may have left all the same."""

    def __init__(self, reason: str, *, permanent: bool = False, unsure: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.unsure = unsure


class Channel(Protocol):
    def send(self, message: Outgoing) -> None: ...

    def was_sent(self, message_id: str) -> bool | None: ...


class Mail:
    """Django's e-mail backend. SMTP cannot tell afterwards whether a message left."""

    def send(self, message: Outgoing) -> None:
        host = urlsplit(settings.MOTCUA_ORIGIN).hostname or "localhost"
        mail = EmailMessage(
            subject=message.title,
            body=message.body,
            to=[message.address],
            headers={"Message-ID": f"<{message.id}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as fault:
            raise NotSent("refused", permanent=True) from fault
        except (smtplib.SMTPConnectError, smtplib.SMTPHeloError, ConnectionRefusedError) as fault:
            raise NotSent("unreachable") from fault
        except (smtplib.SMTPResponseException, socket.gaierror) as fault:
            raise NotSent("not now") from fault
        except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as fault:
            raise NotSent("broken off", unsure=True) from fault

    def was_sent(self, message_id: str) -> bool | None:  # noqa: ARG002
        return None


class FileSms:
    """The demo's text messages: one line of JSON each, in `settings.MOTCUA_SMS_FILE`."""

    def send(self, message: Outgoing) -> None:
        line = {"id": message.id, "to": message.address, "text": message.body}
        file = Path(settings.MOTCUA_SMS_FILE)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

    def was_sent(self, message_id: str) -> bool | None:
        file = Path(settings.MOTCUA_SMS_FILE)
        if not file.exists():
            return False
        with file.open(encoding="utf-8") as lines:
            return any(json.loads(line)["id"] == message_id for line in lines)


def channel(name: str) -> Channel:
    """The channel "mail" or "sms"."""
    if name == "mail":
        return Mail()
    found: Channel = import_string(settings.SMS_CHANNEL)()
    return found
