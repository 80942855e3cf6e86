import pytest

import dagster as dg
from dagster.config.validation import process_config
from dagster.errors import DagsterInvalidConfigError


@pytest.mark.parametrize(
    ("source", "stored", "expected"),
    [
        (dg.StringSource, "x", "x"),
        (dg.IntSource, "12", 12),
        (dg.BoolSource, "true", True),
        (dg.BoolSource, "yes", True),
        (dg.BoolSource, "0", False),
        (dg.BoolSource, "False", False),
        (dg.BoolSource, "", False),
    ],
)
def test_a_source_reads_the_variable(monkeypatch, source, stored, expected):
    monkeypatch.setenv("SOURCE_OF_TEST", stored)
    assert process_config(source, {"env": "SOURCE_OF_TEST"}, "") == expected


@pytest.mark.parametrize(("source", "value"), [(dg.StringSource, "x"), (dg.IntSource, 3), (dg.BoolSource, False)])
def test_a_source_takes_the_value_itself(source, value):
    assert process_config(source, value, "") == value


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("SOURCE_OF_TEST", raising=False)
    with pytest.raises(DagsterInvalidConfigError, match='"SOURCE_OF_TEST" which is not set') as caught:
        process_config(dg.StringSource, {"env": "SOURCE_OF_TEST"}, "")
    assert caught.value.errors[0].reason.value == "FAILED_POST_PROCESSING"


def test_a_variable_that_holds_no_integer_is_named(monkeypatch):
    monkeypatch.setenv("SOURCE_OF_TEST", "many")
    with pytest.raises(DagsterInvalidConfigError, match='"SOURCE_OF_TEST" cannot be coerced into an int'):
        process_config(dg.IntSource, {"env": "SOURCE_OF_TEST"}, "")
