"""The words of notifications."""

import re

import pytest
from django.utils.translation import override

from motcua.identity import wording

FULL = {
    "code": "H26-251127-000012",
    "procedure": {"vi": "Đăng ký khai sinh", "en": "Birth registration", "fr": "Naissance"},
    "body": {"vi": "Ủy ban nhân dân phường Tây Hồ", "en": "Tây Hồ committee", "fr": "Comité"},
    "due": "2025-11-27T03:30:00+00:00",
    "due_before": "2025-11-27",
    "due_after": "2025-12-02",
    "at": "2025-11-28T02:00:00+00:00",
    "place": "Số 1, phố A",
    "items": ["giấy chứng sinh", {"vi": "hộ chiếu", "en": "passport", "fr": "passeport"}],
    "reason": {"vi": "Thiếu giấy tờ.", "en": "A paper is missing.", "fr": "Pièce manquante."},
    "say": "Please scan both sides.",
    "subject": "x",
    "task": "x",
    "who": "x",
    "register": "x",
    "why": "x",
    "until": "2025-11-28T02:00:00+00:00",
}


@pytest.mark.parametrize("name", sorted(wording.WORDINGS))
@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_each_template_is_worded_in_each_language(name: str, language: str) -> None:
    words = wording.WORDINGS[name]
    with override(language):
        texts = [words.title, wording.body(words, FULL), wording.short(words, FULL)]
    assert all(texts)
    assert not any(re.search(r"%\(|\{'vi'", str(text)) for text in texts)


@pytest.mark.parametrize("name", sorted(wording.WORDINGS))
def test_a_template_without_parameters_still_says_something_true(name: str) -> None:
    words = wording.WORDINGS[name]
    with override("en"):
        assert "%(" not in wording.body(words, {})
        assert wording.short(words, {}).startswith("MotCua: ")


def test_a_line_without_its_parameter_is_left_out() -> None:
    words = wording.WORDINGS["accepted"]
    with override("en"):
        text = wording.body(words, {"code": "A1", "procedure": "Birth", "due": None})
    assert "Dossier: A1 – Birth." in text
    assert "due" not in text


def test_moments_are_said_in_local_time() -> None:
    words = wording.WORDINGS["accepted"]
    with override("en"):
        assert "10:30 on Thursday 27 November 2025" in wording.body(words, FULL)


def test_a_full_stop_is_not_doubled() -> None:
    with override("en"):
        text = wording.body(wording.WORDINGS["refused"], FULL)
    assert "Reason: A paper is missing.\n" in text


@pytest.mark.parametrize("name", sorted(wording.WORDINGS))
def test_a_text_message_stays_short(name: str) -> None:
    with override("vi"):
        assert len(wording.short(wording.WORDINGS[name], FULL)) <= 160
