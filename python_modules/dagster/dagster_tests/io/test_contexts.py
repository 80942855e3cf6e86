import pickle

import pytest

from dagster.define.resources import resource
from dagster.errors import CheckError, DagsterInvalidMetadata, DagsterInvariantViolationError, DagsterUnknownResourceError
from dagster.events.asset_events import AssetMaterialization
from dagster.io.building import build_input_context, build_output_context
from dagster.io.contexts import InputContext, OutputContext
from dagster.keys import AssetKey
from dagster.metadata.values import IntMetadataValue
from dagster.partitions.key_ranges import PartitionKeyRange


class Letters:
    """Partitions a, b, c, d; what a context asks of a definition."""

    def get_partition_keys_in_range(self, key_range, dynamic_partitions_store=None):
        keys = ["a", "b", "c", "d"]
        return keys[keys.index(key_range.start) : keys.index(key_range.end) + 1]


ABSENT_FROM_OUTPUTS = ["asset_key", "asset_spec", "dagster_type", "job_name", "name", "op_def", "step_context", "step_key"]
ABSENT_FROM_INPUTS = ["asset_key", "dagster_type", "instance", "job_name", "name", "op_def", "step_context"]
NEEDS_A_PARTITION = ["asset_partition_key", "asset_partition_keys", "asset_partition_key_range", "partition_key"]


@pytest.mark.parametrize("fact", ABSENT_FROM_OUTPUTS)
def test_a_fact_that_an_output_context_was_not_given_is_refused_by_name(fact):
    with pytest.raises(DagsterInvariantViolationError, match=fact):
        getattr(build_output_context(), fact)


@pytest.mark.parametrize("fact", ABSENT_FROM_INPUTS)
def test_a_fact_that_an_input_context_was_not_given_is_refused_by_name(fact):
    with pytest.raises(DagsterInvariantViolationError, match=fact):
        getattr(build_input_context(), fact)


@pytest.mark.parametrize("fact", NEEDS_A_PARTITION)
@pytest.mark.parametrize("build", [build_output_context, build_input_context])
def test_partition_facts_without_partitions_are_refused(build, fact):
    with pytest.raises(CheckError):
        getattr(build(asset_key="orders"), fact)


def test_an_op_output_is_named_by_run_step_and_output():
    context = build_output_context(step_key="split", name="result", run_id="r1")
    assert context.get_identifier() == ["r1", "split", "result"]


def test_a_dynamic_output_is_named_by_its_mapping_key_too():
    context = build_output_context(step_key="split", name="result", run_id="r1", mapping_key="eu")
    assert context.get_identifier() == ["r1", "split", "result", "eu"]


def test_a_versioned_output_is_named_by_its_version_in_place_of_the_run():
    context = build_output_context(step_key="split", name="result", run_id="r1", version="v1")
    assert context.get_identifier() == ["versioned_outputs", "v1", "split", "result"]
    assert context.get_run_scoped_output_identifier() == ["r1", "split", "result"]


def test_an_asset_is_named_by_its_key_and_partition():
    context = build_output_context(asset_key=["sales", "orders"], partition_key="2024-01-01")
    assert context.get_asset_identifier() == ["sales", "orders", "2024-01-01"]


def test_a_plain_string_is_one_part_of_a_key():
    assert build_output_context(asset_key="a/b").asset_key == AssetKey(["a/b"])


def test_a_context_without_an_asset_has_no_asset_partitions():
    context = build_output_context(partition_key="x")
    assert context.has_partition_key
    assert not context.has_asset_partitions


def test_a_range_names_each_of_its_partitions():
    context = build_input_context(
        asset_key="orders", asset_partition_key_range=PartitionKeyRange("b", "d"), asset_partitions_def=Letters()
    )
    assert context.asset_partition_keys == ["b", "c", "d"]
    assert context.asset_partition_key_range == PartitionKeyRange("b", "d")
    with pytest.raises(CheckError, match="3 partitions"):
        _ = context.asset_partition_key


def test_partitions_that_are_not_times_have_no_time_window():
    with pytest.raises(DagsterInvariantViolationError, match="not times"):
        _ = build_output_context(asset_key="orders", partition_key="x").asset_partitions_time_window


def test_an_input_is_named_as_its_upstream_output():
    upstream = build_output_context(step_key="split", name="result", run_id="r1")
    assert build_input_context(upstream_output=upstream).get_identifier() == ["r1", "split", "result"]


def test_an_input_without_upstream_output_has_no_identifier():
    with pytest.raises(DagsterInvariantViolationError, match="upstream_output"):
        build_input_context().get_identifier()


def test_resources_are_attributes():
    context = build_output_context(resources={"bucket": "sales"})
    assert context.resources.bucket == "sales"
    with pytest.raises(DagsterUnknownResourceError):
        _ = context.resources.basket


def test_metadata_under_two_names_is_refused():
    with pytest.raises(CheckError, match="older name"):
        build_input_context(definition_metadata={"a": 1}, metadata={"a": 2})


def test_contexts_take_no_further_attributes():
    for context in (OutputContext(), InputContext()):
        with pytest.raises(AttributeError):
            context.anything = 1  # pyright: ignore[reportAttributeAccessIssue] - that is the point


def test_a_key_range_unpacks_as_a_pair():
    start, end = PartitionKeyRange("a", "b")
    assert (start, end) == ("a", "b")
    assert pickle.loads(pickle.dumps(PartitionKeyRange("a", "b"))) == PartitionKeyRange("a", "b")


def test_resources_of_a_context_built_by_hand_are_torn_down_when_it_is_left():
    events = []

    @resource
    def connection():
        events.append("opened")
        yield "connection"
        events.append("closed")

    with build_output_context(resources={"connection": connection}) as context:
        assert context.resources.connection == "connection"
        assert events == ["opened"]
    assert events == ["opened", "closed"]


def test_metadata_that_an_io_manager_attaches_is_handed_over_once():
    context = build_output_context(asset_key="orders")
    context.add_output_metadata({"rows": 3})
    assert context.get_logged_metadata() == {"rows": IntMetadataValue(3)}
    assert context.consume_logged_metadata() == {"rows": IntMetadataValue(3)}
    assert context.consume_logged_metadata() == {}


def test_metadata_is_attached_once_per_label():
    context = build_output_context()
    context.add_output_metadata({"rows": 3})
    with pytest.raises(DagsterInvalidMetadata, match="rows"):
        context.add_output_metadata({"rows": 4})


def test_an_output_logs_materializations_and_observations_only():
    context = build_output_context()
    context.log_event(AssetMaterialization("stores"))
    with pytest.raises(CheckError):
        context.log_event(3)
    assert context.consume_logged_events() == [AssetMaterialization("stores")]
    assert context.get_logged_events() == []


def test_metadata_of_an_input_observes_each_partition_that_is_loaded():
    context = build_input_context(
        asset_key="orders", asset_partition_key_range=PartitionKeyRange("a", "b"), asset_partitions_def=Letters()
    )
    context.add_input_metadata({"rows": 3}, "loaded")
    assert [event.partition for event in context.get_observations()] == ["a", "b"]
    assert context.consume_logged_metadata() == {"rows": IntMetadataValue(3)}


def test_metadata_of_an_input_that_is_no_asset_observes_nothing():
    context = build_input_context()
    context.add_input_metadata({"rows": 3})
    assert context.get_observations() == []
