from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

import dagster as dg
from dagster.workspace.suggestions import raised_as_text

orders_of_today = 1


class Shop(BaseModel):
    port: int
    password: int = 0


def raised(act: Callable[[], Any]) -> str:
    try:
        act()
    except Exception as error:
        return raised_as_text(error)
    raise AssertionError("nothing was raised")


def code(statement: str) -> Callable[[], None]:
    return lambda: exec(statement, globals())


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (code("orders_of_to_day"), "NameError: name 'orders_of_to_day' is not defined. Close: 'orders_of_today'."),
        (code("dg.asset(groupname='x')"), "asset() got an unexpected keyword argument 'groupname'. Close: 'group_name'"),
        (code("'a'.uper()"), "AttributeError: 'str' object has no attribute 'uper'. Close: 'upper'"),
        (code("import dagster.keyz"), "No module named 'dagster.keyz'. Close: 'keys'"),
        (code("from dagster.keys import AssetKeys"), "Close: 'AssetKey'"),
        (code("Shop(port='x')"), "Shop.port: Input should be a valid integer, unable to parse string as an integer. Got 'x'."),
        (code("Shop()"), "ValidationError: Shop.port: Field required."),
    ],
)
def test_what_is_close_is_told(act: Callable[[], Any], said: str) -> None:
    assert said in raised(act)


def test_values_of_secrets_are_not_told() -> None:
    text = raised(code("Shop(port='x', password='hunter2')"))
    assert "Got 'x'." in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("a"), "KeyError: 'a'"),
        (ValueError(), "ValueError"),
        (NameError("no name"), "NameError: no name"),
        (AttributeError('"dagster" has no "aset". Close: asset.', name="aset", obj=dg), 'has no "aset". Close: asset.'),
        (TypeError("f() got an unexpected keyword argument 'x'"), "TypeError: f() got an unexpected keyword argument 'x'"),
    ],
)
def test_what_is_close_to_nothing_is_told_as_it_is(error: Exception, said: str) -> None:
    assert raised_as_text(error).endswith(said)
