import json
import pickle

import pytest

import dagster as dg
from dagster.config.validation import process_config
from dagster.define.type_resolution import resolve_dagster_type


def loaded(annotation, config):
    loader = resolve_dagster_type(annotation).loader
    assert loader is not None
    return loader.construct_from_config_value(None, process_config(loader.schema_type, config, ""))


@pytest.mark.parametrize(
    ("annotation", "config", "expected"),
    [
        (int, 5, 5),
        (int, {"value": 5}, 5),
        (list[int], [1, {"value": 2}], [1, 2]),
        (int | None, None, None),
        (str | None, "x", "x"),
        (dg.Any, {"value": [1]}, [1]),
        (dict, {"a": [1]}, {"a": [1]}),
        (dict[str, int], {"a": {"value": 1}}, {"a": 1}),
        (tuple[int, str], [1, "a"], (1, "a")),
        (tuple[int, str], [1, "a", 3], (1, "a", 3)),
        (set[int], [1, 1], {1}),
    ],
)
def test_values_of_builtin_types_come_from_config(annotation, config, expected):
    assert loaded(annotation, config) == expected


def test_values_come_from_files(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"value": 3}))
    (tmp_path / "x.pickle").write_bytes(pickle.dumps(4))
    assert loaded(int, {"json": {"path": str(tmp_path / "x.json")}}) == 3
    assert loaded(int, {"pickle": {"path": str(tmp_path / "x.pickle")}}) == 4


@pytest.mark.parametrize("annotation", [set, tuple, dict[tuple[int], int], list[set], type(None)])
def test_other_types_have_no_loader(annotation):
    assert resolve_dagster_type(annotation).loader is None


def test_a_function_becomes_a_loader():
    @dg.dagster_type_loader({"stop": int}, required_resource_keys={"limits"})
    def load_range(context, config):
        return range(config["stop"])

    numbers = dg.DagsterType(lambda _, value: True, name="Numbers", loader=load_range)
    assert loaded(numbers, {"stop": 2}) == range(2)
    assert load_range.required_resource_keys() == {"limits"}
    assert numbers.loader_schema_key == load_range.schema_type.key
