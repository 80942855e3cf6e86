import enum
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

import pydantic
import pytest

from dagster import AssetKey, deserialize_value, serialize_value
from dagster.serialization.refusals import SerdesUsageError
from dagster.serialization.whitelists import whitelist_for_serdes


@whitelist_for_serdes
class Cursor(NamedTuple):
    key: AssetKey
    position: int = 0


@whitelist_for_serdes
@dataclass
class Window:
    start: str
    keys: list[AssetKey] = field(default_factory=list)


@whitelist_for_serdes
class Model(pydantic.BaseModel):
    names: list[str] = []


@whitelist_for_serdes
class Mode(enum.Enum):
    FULL = 1


@whitelist_for_serdes(
    storage_name="Renamed",
    old_storage_names={"Former"},
    storage_field_names={"count": "n"},
    old_fields={"gone": None},
    skip_when_none_fields={"note"},
    skip_when_empty_fields={"tags"},
)
class Current(NamedTuple):
    count: int
    note: str | None = None
    tags: Any = ()


@pytest.mark.parametrize(
    "value",
    [Cursor(AssetKey("a"), 3), Window("now", [AssetKey("a")]), Model(names=["x"]), Mode.FULL, Current(1, "n", [2])],
)
def test_classes_that_are_known_come_back(value: Any) -> None:
    assert deserialize_value(serialize_value(value), type(value)) == value


def test_names_and_fields_may_differ_from_those_of_the_class() -> None:
    assert serialize_value(Current(1)) == '{"__class__": "Renamed", "gone": null, "n": 1}'
    assert deserialize_value('{"__class__": "Former", "n": 2, "gone": 3}') == Current(2)


def test_a_class_whose_fields_are_not_known_is_refused() -> None:
    with pytest.raises(SerdesUsageError, match="Plain"):

        @whitelist_for_serdes
        class Plain:  # pyright: ignore[reportUnusedClass]
            pass


def test_a_name_is_taken_once() -> None:
    with pytest.raises(SerdesUsageError, match="AssetKey"):
        whitelist_for_serdes(storage_name="AssetKey")(Cursor)


def test_a_class_that_is_defined_again_replaces_itself() -> None:
    def defined() -> Any:
        @whitelist_for_serdes
        class Again(NamedTuple):
            x: int

        return Again

    defined()
    newest = defined()
    assert type(deserialize_value(serialize_value(newest(1)))) is newest


def test_it_stands_at_its_private_paths_of_before() -> None:
    assert import_module("dagster._serdes").whitelist_for_serdes is whitelist_for_serdes
    assert issubclass(import_module("dagster_shared.serdes.errors").DeserializationError, ValueError)
