"""From a refusal or a problem to what a person reads, in the language of the page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from motcua.kernel import texts
from motcua.kernel.refusals import Problem, Refusal, sentence_of


def pick(text: Any) -> str:
    """A `Text` of a pack in the page's language, or in the first one that it has."""
    if not isinstance(text, Mapping):
        return "" if text is None else str(text)
    return texts.pick(text, get_language() or "vi")


def language_of(text: Mapping[str, str]) -> str:
    """The language in which `pick` would say it ("" if in none)."""
    wanted = (get_language() or "vi")[:2]
    return next((code for code in (wanted, "vi", *text) if text.get(code)), "")


def of_problem(problem: Problem, label: str = "") -> str:
    """The sentence of one fault of a form; `%(label)s` in it stands for the question."""
    if problem.text:
        return pick(problem.text)
    return _filled(sentence_of(problem.code).text, {"label": label, **problem.params})


def of_refusal(refusal: Refusal) -> str:
    """The sentence of a refusal as a whole."""
    return _filled(sentence_of(refusal.code).text, refusal.params)


def _filled(sentence: Any, params: Mapping[str, Any]) -> str:
    language = (get_language() or "vi")[:2]
    return str(sentence) % {
        name: texts.whole_number(value, language)
        if name.endswith("_vnd") and isinstance(value, int)
        else readable(value)
        for name, value in params.items()
    }


def readable(value: Any) -> Any:
    """A parameter in words: a text of the pack, a day or a moment in the usual form."""
    if isinstance(value, Mapping):
        return pick(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(readable(item)) for item in value)
    return value


def moment(at: datetime, form: str = "SHORT_DATETIME_FORMAT") -> str:
    """A moment in the platform's time zone, as the page's language writes it."""
    return date_format(timezone.localtime(at), form)
