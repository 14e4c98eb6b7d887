"""Agreements that a person may consent to: revisions of a text, each known by its digest.

Consent (Law 91/2025/QH15) is given to one exact text. A later revision is another text: who agreed
to the earlier one has not agreed to it.
"""

import hashlib
import json
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

Text = dict[str, str]


class _Data(Struct, frozen=True, kw_only=True, rename="kebab", omit_defaults=True):
    """Base of the parts of an agreement's file (keys are kebab-case)."""


class Revision(_Data, frozen=True):
    """One wording, in force from a day; empty lines in `text` part its paragraphs."""

    revision: int
    since: date
    text: Text


class Agreement(_Data, frozen=True):
    """What somebody may agree to: who asks, what for, and its wordings, oldest first."""

    agreement: str
    title: Text
    purpose: Text
    body: str  # code of the body that would process the data
    law: str
    revisions: tuple[Revision, ...]

    def current(self, on: date) -> Revision | None:
        """The wording in force on that day."""
        begun = [one for one in self.revisions if one.since <= on]
        return max(begun, key=lambda one: (one.since, one.revision), default=None)

    def revision(self, number: int) -> Revision | None:
        """A wording by its number."""
        return next((one for one in self.revisions if one.revision == number), None)


def compile_agreement(words: Any) -> Agreement:
    """The agreement that a file makes. Raises msgspec.ValidationError."""
    return msgspec.convert(words, Agreement)


def digest_of(agreement: Agreement, revision: Revision) -> str:
    """SHA-256 over the exact words that a person signs, in all languages."""
    content = [agreement.agreement, revision.revision, agreement.title, revision.text]
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
