"""Where the bytes lie: content-addressed, written once. A folder now, S3 behind the same port."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Corrupted(Exception):
    """The stored bytes are no longer those that were given."""


class FileStore(Protocol):
    """The port. A name is the SHA-256 of the content, so a second `put` of it changes nothing."""

    def put(self, content: bytes) -> str: ...

    def get(self, sha256: str) -> bytes: ...

    def names(self) -> Iterable[str]: ...

    def forget(self, sha256: str, *, unused_for_s: float) -> bool: ...


class FolderStore:
    """Files in `root/ab/cd/abcd...`, whole or not at all, read-only once there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Store and return the SHA-256; the bytes are on the disk before this returns."""
        name = hashlib.sha256(content).hexdigest()
        place = self._place(name)
        if place.exists():
            os.utime(place)  # in use again: the sweep of orphans counts from here
            return name
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        draft = Path(path)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            draft.chmod(0o440)
            draft.replace(place)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return name

    def get(self, sha256: str) -> bytes:
        content = self._place(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Corrupted(sha256)
        return content

    def names(self) -> Iterable[str]:
        return (place.name for place in self.root.glob("??/??/*") if len(place.name) == 64)

    def forget(self, sha256: str, *, unused_for_s: float) -> bool:
        """Remove a file that nothing refers to, if it was written long enough ago."""
        place = self._place(sha256)
        if not place.exists() or time.time() - place.stat().st_mtime < unused_for_s:
            return False
        place.unlink()
        return True

    def _place(self, name: str) -> Path:
        return self.root / name[:2] / name[2:4] / name


def store() -> FileStore:
    """The store of this installation (settings.MOTCUA_FILES)."""
    return FolderStore(Path(settings.MOTCUA_FILES))
