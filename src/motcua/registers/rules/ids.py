"""The identifier of a record: the same for the same register and key, wherever it is made."""

import hashlib
from uuid import UUID


def record_id(register: str, subject: str) -> UUID:
    """MD5 of "register/subject", as PostgreSQL makes it too: md5(register || '/' || subject)::uuid.

    Not a secret and not a seal: only a short name for a long one.
    """
    return UUID(hashlib.md5(f"{register}/{subject}".encode(), usedforsecurity=False).hexdigest())
