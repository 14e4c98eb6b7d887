"""The name under which a given file is kept: what its owner sees, nothing that a system obeys."""

import re
import unicodedata

MAX_NAME = 120


def kept_name(given: str, extension: str) -> str:
    """`given` without folders, control and direction marks, with the extension of its true type."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name)
    name = re.sub(r'[<>:"|?*%]', " ", name)
    stem = re.sub(r"\s+", " ", name.rsplit(".", 1)[0] if "." in name[1:] else name).strip(" .")
    return f"{stem[:MAX_NAME].rstrip() or 'file'}.{extension}"
