"""Names of bodies in three languages, from the patterns of the pack and the area's name."""

import unicodedata
from collections.abc import Mapping
from typing import Any

Text = dict[str, str]
_VOWELS = frozenset("aeiou")


def of_name(name: str) -> str:
    """French "de" before a name: "de Hà Nội", "d'An Giang", "d'Ý Yên", but "de Yên Bái"."""
    letters = [unicodedata.normalize("NFD", letter)[0].lower() for letter in name[:2]]
    elided = bool(letters) and (
        letters[0] in _VOWELS or (letters[0] == "y" and letters[1:] in ([], [" "]))
    )
    return f"d'{name}" if elided else f"de {name}"


def bare_name(full_name: str, kind: str) -> str:
    """The name without the word of its kind: "Phường Ba Đình" -> "Ba Đình"."""
    return full_name.removeprefix(kind + " ")


def body_name(pattern: Text, forms: Mapping[str, Any], *, full_name: str, kind: str) -> Text:
    """`pattern` filled for one area; `forms` are the area kind's own patterns from the pack."""
    name = bare_name(full_name, kind)
    if name[:1].isdigit():
        forms = forms.get("numbered", forms)
    return {
        language: _fill(text, forms, language=language, name=name)
        for language, text in pattern.items()
    }


def _fill(text: str, forms: Mapping[str, Any], *, language: str, name: str) -> str:
    places = {"name": name, "of_name": of_name(name)}
    area = forms["area"][language].format(**places)
    of_area = forms.get("of_area", {}).get(language, area).format(**places)
    return text.format(area=area, of_area=of_area, **places)
