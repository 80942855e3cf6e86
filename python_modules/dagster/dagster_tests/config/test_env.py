import pytest

import dagster as dg
from dagster.config.env import IntEnvVar
from dagster.config.plain_values import plain_config


@pytest.mark.parametrize("variable", [dg.EnvVar("NAME"), dg.EnvVar.int("NAME")], ids=["string", "integer"])
def test_a_variable_cannot_be_used_as_its_value(variable):
    with pytest.raises(RuntimeError, match=r"call `get_value`"):
        str(variable)
    with pytest.raises(RuntimeError, match=r"call `get_value`"):
        f"{variable}"


def test_an_integer_variable_cannot_be_used_as_a_number():
    with pytest.raises(RuntimeError, match=r"call `get_value`"):
        int(dg.EnvVar.int("NAME"))


def test_a_variable_is_written_by_name():
    assert plain_config({"a": [dg.EnvVar("NAME")], "b": dg.EnvVar.int("COUNT")}) == {
        "a": [{"env": "NAME"}],
        "b": {"env": "COUNT"},
    }


def test_a_variable_gives_its_value_when_asked(monkeypatch):
    monkeypatch.setenv("VARIABLE_OF_TEST", "12")
    assert dg.EnvVar("VARIABLE_OF_TEST").get_value() == "12"
    assert dg.EnvVar.int("VARIABLE_OF_TEST").get_value() == 12


def test_a_variable_that_is_not_set_gives_the_default(monkeypatch):
    monkeypatch.delenv("VARIABLE_OF_TEST", raising=False)
    assert dg.EnvVar("VARIABLE_OF_TEST").get_value("x") == "x"
    assert dg.EnvVar.int("VARIABLE_OF_TEST").get_value() is None


def test_a_variable_shows_its_name():
    assert repr(dg.EnvVar("NAME")) == "EnvVar('NAME')"
    assert repr(dg.EnvVar.int("NAME")) == "EnvVar.int('NAME')"
    assert isinstance(dg.EnvVar.int("NAME"), IntEnvVar)
