import pytest

from dagster.errors import DagsterAssetValueNotFoundError
from dagster.io.building import build_input_context, build_output_context
from dagster.io.contexts import InputContext, OutputContext
from dagster.io.memory import InMemoryIOManager
from dagster.keys import AssetKey
from dagster_tests.contracts.io_managers import IOManagerContract


class TestMemory(IOManagerContract):
    def make_manager(self, folder):
        return InMemoryIOManager()


def output(run_id="r"):
    return build_output_context(step_key="a", name="result", run_id=run_id, asset_key="orders")


def test_a_value_is_handed_on_as_the_same_object():
    manager, value = InMemoryIOManager(), object()
    manager.handle_output(output(), value)
    assert manager.load_input(build_input_context(upstream_output=output())) is value


def test_a_value_of_another_run_is_not_there():
    manager = InMemoryIOManager()
    manager.handle_output(output("first"), 1)
    with pytest.raises(DagsterAssetValueNotFoundError, match="orders"):
        manager.load_input(build_input_context(upstream_output=output("second"), asset_key="orders"))


def test_a_value_that_no_step_of_this_run_makes_is_not_there():
    upstream = OutputContext(name="result", asset_key=AssetKey("orders"))
    with pytest.raises(KeyError, match=r"it is kept in memory, and no step of this run makes it\. Make it in the same run"):
        InMemoryIOManager().load_input(InputContext(asset_key=AssetKey("orders"), upstream_output=upstream))
