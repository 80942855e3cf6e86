from typing import Any

from dagster import AssetKey, AssetSpec, DagsterInstance, DataVersion, ExecuteInProcessResult, Output, materialize
from dagster.events.data_versions import computed_data_version
from dagster_tests.execution.runs import made


def tags(result: ExecuteInProcessResult, step_key: str) -> dict[str, str]:
    return result.asset_materializations_for_node(step_key)[0].tags or {}


def two(**options: Any) -> list[Any]:
    return [made("a", code_version="1"), made("b", lambda a: 1, code_version="2", **options)]


def test_the_same_code_on_the_same_inputs_writes_the_same_version() -> None:
    first, second = materialize(two()), materialize(two())
    assert tags(first, "b")["dagster/data_version"] == tags(second, "b")["dagster/data_version"]


def test_the_version_is_computed_from_code_and_inputs() -> None:
    result = materialize(two())
    version = tags(result, "a")["dagster/data_version"]
    assert tags(result, "b")["dagster/data_version"] == computed_data_version("2", [(AssetKey("a"), version)])
    assert tags(result, "b")["dagster/input_data_version/a"] == version


def test_without_a_code_version_every_run_writes_another_one() -> None:
    first, second = materialize([made("a")]), materialize([made("a")])
    assert tags(first, "a")["dagster/data_version"] != tags(second, "a")["dagster/data_version"]
    assert tags(first, "a")["dagster/code_version"] == first.run_id


def test_the_event_that_was_read_is_pointed_to() -> None:
    with DagsterInstance.ephemeral() as instance:
        result = materialize(two(), instance=instance)
        stored = instance.fetch_materializations("a", limit=1).records[0]
    assert tags(result, "b")["dagster/input_event_pointer/a"] == str(stored.storage_id)


def test_what_an_earlier_run_wrote_is_known() -> None:
    with DagsterInstance.ephemeral() as instance:
        first = materialize(two(), instance=instance)
        second = materialize(two(deps=[]), instance=instance, selection=["b"])
    for tag in ("dagster/input_data_version/a", "dagster/input_event_pointer/a", "dagster/data_version"):
        assert tags(second, "b")[tag] == tags(first, "b")[tag]


def test_what_was_never_written_is_initial() -> None:
    result = materialize([AssetSpec("x"), made("b", deps=["x"], code_version="2")])
    assert tags(result, "b")["dagster/input_data_version/x"] == "INITIAL"
    assert tags(result, "b")["dagster/input_event_pointer/x"] == "NULL"


def test_a_version_given_goes_down_the_graph() -> None:
    given = made("a", lambda: Output(1, data_version=DataVersion("mine")))
    result = materialize([given, made("b", lambda a: 1)])
    assert tags(result, "b")["dagster/input_data_version/a"] == "mine"


def test_provenance_is_what_the_tags_say() -> None:
    with DagsterInstance.ephemeral() as instance:
        materialize(two(), instance=instance)
        asked = made("c", lambda context: [context.get_asset_provenance(AssetKey("b"))])
        provenance = materialize([asked], instance=instance).output_for_node("c")[0]
    assert provenance.code_version == "2"
    assert set(provenance.input_data_versions) == {AssetKey("a")}
    assert not provenance.is_user_provided
