import pickle

import pytest

from dagster.define.resource_building import build_resources
from dagster.errors import DagsterInvalidDefinitionError
from dagster.io.building import build_input_context, build_output_context
from dagster.io.classics import custom_path_fs_io_manager, fs_io_manager, mem_io_manager
from dagster.io.memory import InMemoryIOManager


def made(definition, **config):
    with build_resources({"io_manager": definition.configured(config) if config else definition}) as resources:
        return resources.io_manager


def test_the_memory_manager_is_made_anew_for_each_run():
    one, other = made(mem_io_manager), made(mem_io_manager)
    assert isinstance(one, InMemoryIOManager)
    assert one is not other


def test_files_are_pickles_at_the_key_below_base_dir(tmp_path):
    made(fs_io_manager, base_dir=str(tmp_path)).handle_output(build_output_context(asset_key=["sales", "orders"]), [1])
    assert pickle.loads((tmp_path / "sales" / "orders").read_bytes()) == [1]


def test_a_custom_path_is_where_the_metadata_says(tmp_path):
    manager = made(custom_path_fs_io_manager, base_dir=str(tmp_path))
    output = build_output_context(step_key="s", name="result", metadata={"path": "x/y.pkl"})
    manager.handle_output(output, [1])
    assert pickle.loads((tmp_path / "x" / "y.pkl").read_bytes()) == [1]
    assert manager.load_input(build_input_context(upstream_output=output)) == [1]


def test_a_custom_path_without_metadata_is_refused(tmp_path):
    with pytest.raises(DagsterInvalidDefinitionError, match="path"):
        made(custom_path_fs_io_manager, base_dir=str(tmp_path)).handle_output(build_output_context(step_key="s", name="r"), 1)
