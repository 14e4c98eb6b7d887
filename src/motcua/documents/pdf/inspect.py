"""Does a given PDF carry more than pages: scripts, programmes, other files, a password?"""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from motcua.documents.rules.uploads import Fault

MAX_OBJECTS = 60_000
MAX_PAGES = 500
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition"}
)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports what is inside people's files


def check_pdf(content: bytes) -> None:
    """Raise Fault when the PDF is locked, damaged, too big to be pages, or can act by itself."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Fault("documents.locked")
        if _count(reader) > MAX_OBJECTS or len(reader.pages) > MAX_PAGES:
            raise Fault("documents.too-many-pages")
        if not reader.pages:
            raise Fault("documents.damaged")
        for item in _dictionaries(reader):
            if _is_active(item):
                raise Fault("documents.active-content")
    except Fault:
        raise
    # The boundary to a parser of strangers' bytes: whatever it stumbles over, the file is damaged.
    except Exception as error:
        raise Fault("documents.damaged") from error


def _count(reader: pypdf.PdfReader) -> int:
    return sum(len(rows) for rows in reader.xref.values()) + len(reader.xref_objStm)


def _dictionaries(reader: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, also those that no page reaches."""
    numbers = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    yield from _inside(reader.trailer)
    for number, generation in numbers:
        yield from _inside(IndirectObject(number, generation, reader).get_object())


def _inside(item: Any) -> Iterator[DictionaryObject]:
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(value for value in one.values() if not isinstance(value, IndirectObject))
        elif isinstance(one, ArrayObject):
            waiting.extend(value for value in one if not isinstance(value, IndirectObject))


def _is_active(item: DictionaryObject) -> bool:
    if not _ACTIVE_KEYS.isdisjoint(item):
        return True
    return str(item.get("/S")) in _ACTIVE_ACTIONS
