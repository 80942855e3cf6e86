"""Assets that are made by ops and graphs."""

from pathlib import Path
from typing import Any

import pytest

from dagster import AssetKey, AssetsDefinition, FilesystemIOManager, Out, StaticPartitionsDefinition, graph, materialize, op
from dagster.errors import CheckError


@op(description="One.", code_version="v1")
def one() -> int:
    return 1


@op(out={"low": Out(description="Low."), "high": Out(code_version="v3")}, code_version="v2")
def bounds(x: int) -> tuple[int, int]:
    return x - 1, x + 1


@graph(description="Higher.")
def higher() -> Any:
    return bounds(one()).high


def test_what_is_said_of_an_op_is_said_of_its_assets() -> None:
    made = AssetsDefinition.from_op(bounds)
    assert {AssetKey("low"): "Low."} == dict(made.descriptions_by_key)
    assert {AssetKey("low"): "v2", AssetKey("high"): "v3"} == dict(made.code_versions_by_key)
    of_graph = AssetsDefinition.from_graph(higher)
    assert {AssetKey("higher"): "Higher."} == dict(of_graph.descriptions_by_key)
    assert {AssetKey("higher"): "v3"} == dict(of_graph.code_versions_by_key)


@pytest.mark.parametrize(
    "arguments",
    [
        {"keys_by_output_name": {"low": AssetKey("a")}},
        {"keys_by_input_name": {"y": AssetKey("a")}},
        {"descriptions_by_output_name": {"middle": "?"}},
        {"internal_asset_deps": {"middle": set()}},
        {"group_name": "a", "group_names_by_output_name": {"low": "b"}},
    ],
)
def test_what_is_said_of_no_input_or_output_is_refused(arguments: Any) -> None:
    with pytest.raises(CheckError):
        AssetsDefinition.from_op(bounds, **arguments)


def test_the_values_between_the_ops_of_a_partitioned_asset_belong_to_the_run(tmp_path: Path) -> None:
    made = AssetsDefinition.from_graph(higher, partitions_def=StaticPartitionsDefinition(["a", "b"]))
    result = materialize([made], partition_key="a", resources={"io_manager": FilesystemIOManager(base_dir=str(tmp_path))})
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    run_id = result.run_id
    assert {"higher/a", f"{run_id}/higher.one/result"} == {each for each in files if not each.endswith("/low")}
