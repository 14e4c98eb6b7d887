"""`motcua texts`: what is to be translated, found, checked and compiled without GNU gettext."""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polib
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

LANGUAGES = {"vi": "nplurals=1; plural=0;", "fr": "nplurals=2; plural=(n > 1);"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACES = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?([diouxXeEfFgGcrsa])")
SKIPPED = {"migrations", "locale", "__pycache__"}


class Key(NamedTuple):
    msgid: str
    plural: str
    context: str


class Command(BaseCommand):
    help = "Find the texts of each room (no option), --check their translations, or --compile them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("apps", nargs="*", help="labels of the rooms; all when none is named")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--check", action="store_true", help="fail if a translation is missing")
        way.add_argument("--compile", action="store_true", help="write the .mo files")

    def handle(self, *_args: Any, **options: Any) -> None:
        folders = rooms(options["apps"])
        if options["compile"]:
            for folder in folders:
                compile_texts(folder)
        elif options["check"]:
            faults = [fault for folder in folders for fault in check_texts(folder)]
            faults += contradictions(folders)
            if faults:
                raise CommandError("\n".join(faults))
        else:
            known = translations(rooms([]))
            for folder in folders:
                count = extract(folder, known)
                self.stdout.write(f"{folder.name}: {count} texts")


def rooms(labels: list[str]) -> list[Path]:
    """The folders of our apps (those named, or all)."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("motcua.")]
    unknown = set(labels) - {app.label for app in ours}
    if unknown:
        raise CommandError(f"No such room: {', '.join(sorted(unknown))}")
    return [Path(app.path) for app in ours if not labels or app.label in labels]


def found_in(folder: Path) -> dict[Key, list[str]]:
    """Every text of the folder's Python files and templates, with the files that hold it."""
    texts: dict[Key, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.suffix not in {".py", ".html", ".txt"} or SKIPPED & set(relative.parts):
            continue
        for key in _read(path):
            places = texts.setdefault(key, [])
            if str(relative) not in places:
                places.append(str(relative))
    return texts


def _read(path: Path) -> Iterator[Key]:
    from io import BytesIO

    from babel.messages.extract import extract_python

    source = path.read_text()
    if path.suffix != ".py":
        # Left edges are cut: what surrounds the texts was blanked out, and is no Python block.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    found = extract_python(BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, messages, _comments in found:
        if key := _key(str(function), messages):
            yield key


def _key(function: str, messages: Any) -> Key | None:
    given = [messages] if isinstance(messages, str) else list(messages or ())
    texts = [text for text in given if isinstance(text, str)]
    context = texts.pop(0) if "pgettext" in function and texts else ""
    wanted = 2 if function.startswith("n") or "npgettext" in function else 1
    if len(texts) < wanted or not texts[0]:
        return None
    return Key(texts[0], texts[1] if wanted == 2 else "", context)


def extract(folder: Path, known: dict[tuple[str, Key], Any]) -> int:
    """Write the catalogues of the folder; translations are kept, also those of other rooms."""
    texts = found_in(folder)
    for language, plural_forms in LANGUAGES.items():
        if not texts:
            continue
        catalogue = polib.POFile(wrapwidth=100)
        catalogue.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural_forms,
        }
        for key in sorted(texts):
            catalogue.append(_entry(key, texts[key], known.get((language, key)), language=language))
        path = catalogue_path(folder, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    return len(texts)


def _entry(key: Key, places: list[str], before: Any, *, language: str) -> Any:
    forms = 1 if language == "vi" else 2
    entry = polib.POEntry(
        msgid=key.msgid,
        msgctxt=key.context or None,
        occurrences=[(place, "") for place in places],
        flags=["python-format"] if PLACES.search(key.msgid) else [],
    )
    if key.plural:
        entry.msgid_plural = key.plural
        kept = before.msgstr_plural if before is not None else {}
        entry.msgstr_plural = {number: kept.get(number, "") for number in range(forms)}
    elif before is not None:
        entry.msgstr = before.msgstr
    return entry


def translations(folders: list[Path]) -> dict[tuple[str, Key], Any]:
    """What is translated already, by language and text; a room's words serve the others too."""
    known: dict[tuple[str, Key], Any] = {}
    for folder in folders:
        for language in LANGUAGES:
            for entry in _entries(folder, language):
                if is_translated(entry):
                    known.setdefault((language, _key_of(entry)), entry)
    return known


def check_texts(folder: Path) -> list[str]:
    """Texts without a translation, left-over ones, and places (%(name)s) that differ."""
    texts, faults = found_in(folder), []
    for language in LANGUAGES:
        entries = {_key_of(entry): entry for entry in _entries(folder, language)}
        for key in texts:
            entry = entries.get(key)
            where = f"{folder.name} [{language}] {key.msgid!r}"
            if entry is None or not is_translated(entry):
                faults.append(f"{where}: not translated")
            else:
                faults += [f"{where}: {fault}" for fault in _differences(key, entry)]
        faults += [
            f"{folder.name} [{language}] {key.msgid!r}: no longer used"
            for key in entries.keys() - texts.keys()
        ]
    return faults


def contradictions(folders: list[Path]) -> list[str]:
    """One text with two translations: which of them shows would be chance."""
    said: dict[tuple[str, Key], dict[str, str]] = {}
    for folder in folders:
        for language in LANGUAGES:
            for entry in filter(is_translated, _entries(folder, language)):
                words = entry.msgstr or " | ".join(entry.msgstr_plural.values())
                said.setdefault((language, _key_of(entry)), {}).setdefault(words, folder.name)
    return [
        f"[{language}] {key.msgid!r} is translated in two ways: "
        + ", ".join(f"{words!r} ({room})" for words, room in ways.items())
        for (language, key), ways in said.items()
        if len(ways) > 1
    ]


def compile_texts(folder: Path) -> None:
    for language in LANGUAGES:
        path = catalogue_path(folder, language)
        if path.exists():
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def catalogue_path(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def _entries(folder: Path, language: str) -> list[Any]:
    path = catalogue_path(folder, language)
    return [e for e in polib.pofile(str(path)) if not e.obsolete] if path.exists() else []


def _key_of(entry: Any) -> Key:
    return Key(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def is_translated(entry: Any) -> bool:
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(forms) and all(forms) and "fuzzy" not in entry.flags


def _differences(key: Key, entry: Any) -> list[str]:
    wanted = set(PLACES.findall(key.plural or key.msgid))
    forms = entry.msgstr_plural.values() if key.plural else [entry.msgstr]
    given = [set(PLACES.findall(form)) for form in forms]
    return [f"places differ: {sorted(places ^ wanted)}" for places in given if places != wanted]
