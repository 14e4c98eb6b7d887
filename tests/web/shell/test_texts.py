"""The tool for translations, and that the shell's own are complete."""

from pathlib import Path

import polib
import pytest
from django.utils import formats, translation

import motcua.web.shell
from motcua.project.management.commands import texts

SHELL = Path(motcua.web.shell.__file__).parent


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "views.py").write_text(
        'x = _("Back %(n)s")\ny = ngettext("%(n)d day", "%(n)d days", 2)\n'
    )
    (tmp_path / "a.html").write_text(
        "{% load i18n %}<p>\n    {% translate 'Hello' %}"
        "{% blocktranslate %}Dear {{ x }}{% endblocktranslate %}"
    )
    return tmp_path


def fill(room: Path, **said: str) -> None:
    for language in texts.LANGUAGES:
        catalogue = polib.pofile(str(texts.catalogue_path(room, language)))
        for entry in catalogue:
            if entry.msgid_plural:
                entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, entry.msgid_plural)
            else:
                entry.msgstr = said.get(entry.msgid.split()[0], entry.msgid)
        catalogue.save()


def test_texts_are_found_in_python_and_in_templates(room: Path) -> None:
    found = {key.msgid for key in texts.found_in(room)}
    assert found == {"Back %(n)s", "%(n)d day", "Hello", "Dear %(x)s"}


def test_a_complete_room_passes_and_keeps_its_translations(room: Path) -> None:
    texts.extract(room, {})
    assert len(texts.check_texts(room)) == 8
    fill(room)
    texts.extract(room, texts.translations([room]))
    assert texts.check_texts(room) == []


def test_a_translation_that_loses_a_place_is_found(room: Path) -> None:
    texts.extract(room, {})
    fill(room, Dear="Cher %(y)s")
    assert all("places differ" in fault for fault in texts.check_texts(room))
    assert len(texts.check_texts(room)) == 2


def test_one_text_with_two_translations_is_found(room: Path, tmp_path_factory: object) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "a.py").write_text('_("Hello")')
    for folder, word in ((room, "Chào"), (other, "Xin chào")):
        texts.extract(folder, {})
        fill(folder, Hello=word)
    assert len(texts.contradictions([room, other])) == 2


def test_the_shell_is_translated_completely() -> None:
    assert texts.check_texts(SHELL) == []


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_days_come_before_months_in_every_language(language: str) -> None:
    from django import forms

    with translation.override(language):
        assert forms.DateField().clean("03/04/2026").month == 4
        assert formats.get_format("NUMBER_GROUPING") == 3
