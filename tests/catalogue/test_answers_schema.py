"""The JSON Schema of answers says what the check of a form says, as far as a schema can."""

from typing import Any

import jsonschema
import pytest

from motcua.catalogue.api import Procedure, completed, json_schema, nest
from tests.catalogue.declarations import TODAY, answers, compiled, row

SCHEMA = json_schema(compiled(), "vi")


def is_valid(told: Any) -> bool:
    return not list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(told))


def test_answers_before_and_after_completing_fit() -> None:
    told = answers(row(), row(tested=True))
    assert is_valid(told)
    assert is_valid(completed(compiled(), told, TODAY))


@pytest.mark.parametrize(
    "told",
    [
        {},
        answers(),
        answers({"name": "Tea"}),
        answers(row(quantity=-1)),
        answers(row(sort="old")),
        answers(*[row()] * 51),
        answers(row()) | {"entry": {"place": "Hanoi", "relief": False}},
        answers(row()) | {"entry": {"place": "00004", "relief": "no"}},
    ],
)
def test_what_the_form_would_refuse_does_not_fit(told: Any) -> None:
    assert not is_valid(told)


def test_computed_values_are_read_only_and_never_required() -> None:
    table = SCHEMA["properties"]["goods"]["items"]
    assert table["properties"]["value"]["readOnly"]
    assert table["required"] == ["name", "quantity", "price", "sort"]
    assert SCHEMA["properties"]["total"]["properties"]["tax"]["readOnly"]
    assert SCHEMA["required"] == ["entry", "goods"]


def test_every_service_of_the_pack_has_a_schema_that_its_plain_example_fits(
    services: dict[str, Procedure],
) -> None:
    for procedure in services.values():
        schema = json_schema(procedure, "en")
        jsonschema.Draft202012Validator.check_schema(schema)
        told = nest(procedure.examples[0]["answers"])
        assert not list(jsonschema.Draft202012Validator(schema).iter_errors(told)), procedure.key
