from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import dagster as dg
from dagster.errors import DagsterInvalidDefinitionError
from dagster.instance.partition_statuses import AssetPartitionStatus

CACHED = dg.CachePolicy()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


class Options(dg.Config):
    limit: int = 1


class Calls(list[str]):
    """The names of the functions that were called."""

    def taken(self) -> list[str]:
        taken = list(self)
        self.clear()
        return taken


@pytest.fixture
def calls() -> Calls:
    return Calls()


def counted(calls: Calls, name: str, value: Any = 1, **options: Any) -> dg.AssetsDefinition:
    @dg.asset(name=name, **{"cache_policy": CACHED, "code_version": "1", **options})
    def made() -> Any:
        calls.append(name)
        return value() if callable(value) else value

    return made


def cached_steps(result: dg.ExecuteInProcessResult) -> list[str | None]:
    return [event.step_key for event in result.all_events if "is cached" in (event.message or "")]


def test_an_unchanged_asset_is_not_made_again_and_its_value_is_loaded(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.asset
    def reader(kept: int) -> int:
        return kept + 1

    assets = [counted(calls, "kept", 7), reader]
    dg.materialize(assets, instance=instance)
    second = dg.materialize(assets, instance=instance)
    assert (calls, cached_steps(second), second.output_for_node("reader")) == (["kept"], ["kept"], 8)
    assert second.asset_materializations_for_node("kept") == []
    assert second.output_for_node("kept") == 7


def test_other_code_makes_it_anew_unless_only_inputs_count(instance: dg.DagsterInstance, calls: Calls) -> None:
    for policy in (CACHED, dg.CachePolicy.inputs()):
        for version in ("1", "2"):
            dg.materialize([counted(calls, "kept", code_version=version, cache_policy=policy)], instance=instance)
        instance.wipe_assets([dg.AssetKey("kept")])
    assert calls == ["kept", "kept", "kept"]


def test_the_source_stands_for_a_code_version_that_nobody_says(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.asset(name="kept", cache_policy=CACHED)
    def one() -> int:
        calls.append("one")
        return 1

    @dg.asset(name="kept", cache_policy=CACHED)
    def other() -> int:
        calls.append("other")
        return 2

    for definition in (one, one, other, other):
        dg.materialize([definition], instance=instance)
    assert calls == ["one", "other"]


def test_other_config_makes_it_anew(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.asset(cache_policy=CACHED)
    def kept(config: Options) -> int:
        calls.append(str(config.limit))
        return config.limit

    for limit in (1, 1, 2, 2, 1):
        config = {"ops": {"kept": {"config": {"limit": limit}}}}
        dg.materialize([kept], instance=instance, run_config=config)
    assert calls == ["1", "2", "1"]


def test_other_data_upstream_make_it_anew(instance: dg.DagsterInstance, calls: Calls) -> None:
    version = ["1"]

    @dg.asset
    def source() -> dg.Output[int]:
        return dg.Output(1, data_version=dg.DataVersion(version[0]))

    assets = [source, counted(calls, "kept", deps=["source"])]
    for version[0] in ("1", "1", "2"):
        dg.materialize(assets, instance=instance)
    assert calls == ["kept", "kept"]


def test_what_was_observed_of_external_data_counts(instance: dg.DagsterInstance, calls: Calls) -> None:
    assets = [dg.AssetSpec("outside"), counted(calls, "kept", deps=["outside"])]
    for version in ("1", "1", "2"):
        instance.report_runless_asset_event(dg.AssetObservation("outside", tags={"dagster/data_version": version}))
        dg.materialize(assets, selection=["kept"], instance=instance)
    assert calls == ["kept", "kept"]


def test_a_partition_is_compared_for_itself(instance: dg.DagsterInstance, calls: Calls) -> None:
    letters = dg.StaticPartitionsDefinition(["a", "b"])
    kept = counted(calls, "kept", partitions_def=letters)
    results = [dg.materialize([kept], instance=instance, partition_key=key) for key in ("a", "b", "a")]
    assert [cached_steps(result) for result in results] == [[], [], ["kept"]]


def test_an_expired_output_is_made_again(instance: dg.DagsterInstance, calls: Calls) -> None:
    for policy in (dg.CachePolicy(expires_after=timedelta(days=1)), dg.CachePolicy(expires_after=timedelta(microseconds=1))):
        for _ in range(2):
            dg.materialize([counted(calls, "kept", cache_policy=policy)], instance=instance)
    assert len(calls) == 3


def test_a_refreshing_run_makes_everything(instance: dg.DagsterInstance, calls: Calls) -> None:
    for tags in ({}, {"dagster/refresh": "true"}, {"dagster/refresh": "false"}):
        dg.materialize([counted(calls, "kept")], instance=instance, tags=tags)
    assert len(calls) == 2


def test_what_a_failed_step_wrote_does_not_stand_for_it(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.asset(cache_policy=CACHED)
    def kept() -> Iterator[dg.Output[int]]:
        calls.append("kept")
        yield dg.Output(1)
        if len(calls) == 1:
            raise ValueError("after it was written")

    for _ in range(3):
        dg.materialize([kept], instance=instance, raise_on_error=False)
    assert len(calls) == 2


def test_data_whose_check_did_not_pass_are_made_again(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.asset(cache_policy=CACHED, check_specs=[dg.AssetCheckSpec("good", asset="kept", blocking=True)])
    def kept() -> dg.MaterializeResult[Any]:
        calls.append("kept")
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=len(calls) > 1)])

    for _ in range(3):
        dg.materialize([kept], instance=instance, raise_on_error=False)
    assert len(calls) == 2


def test_a_value_in_memory_does_not_outlive_its_run(instance: dg.DagsterInstance, calls: Calls) -> None:
    for _ in range(2):
        dg.materialize([counted(calls, "kept")], instance=instance, resources={"io_manager": dg.mem_io_manager})
    assert len(calls) == 2


def test_several_assets_are_reused_together(instance: dg.DagsterInstance, calls: Calls) -> None:
    specs = [dg.AssetSpec("low"), dg.AssetSpec("high", deps=["low"])]

    @dg.multi_asset(specs=specs, cache_policy=CACHED, can_subset=True)
    def bounds(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        for key in sorted(context.selected_asset_keys, reverse=True):
            calls.append(key.path[-1])
            yield dg.MaterializeResult(key)

    for selection in (["low"], ["low", "high"], ["low", "high"], ["high"]):
        dg.materialize([bounds], selection=selection, instance=instance)
    assert calls == ["low", "low", "high"]


def test_an_op_is_not_executed_for_the_same_inputs_and_hands_on_what_it_gave(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.op(cache_policy=CACHED, out={"half": dg.Out(int), "rest": dg.Out(int)})
    def halved(number: int) -> tuple[int, int]:
        calls.append(str(number))
        return number // 2, number % 2

    @dg.op
    def total(half: int, rest: int) -> int:
        return half + rest

    @dg.job(resource_defs={"io_manager": dg.fs_io_manager})
    def arithmetic() -> None:
        half, rest = halved()
        total(half, rest)

    totals: list[int] = []
    for number in (5, 5, 5, 8):
        inputs = {"ops": {"halved": {"inputs": {"number": number}}}}
        totals.append(arithmetic.execute_in_process(instance=instance, run_config=inputs).output_for_node("total"))
    assert (calls, totals) == (["5", "8"], [3, 3, 3, 4])


def test_an_op_whose_inputs_cannot_be_compared_is_executed(instance: dg.DagsterInstance, calls: Calls) -> None:
    @dg.op(cache_policy=CACHED)
    def called(function: Any) -> int:
        calls.append("called")
        return function()

    @dg.job(input_values={"function": lambda: 1}, resource_defs={"io_manager": dg.fs_io_manager})
    def work(function: Any) -> None:
        called(function)

    for _ in range(2):
        assert work.execute_in_process(instance=instance).output_for_node("called") == 1
    assert len(calls) == 2


def test_an_op_whose_stored_output_is_gone_is_executed(calls: Calls, tmp_path: Any) -> None:
    @dg.op(cache_policy=CACHED)
    def one() -> int:
        calls.append("one")
        return 1

    @dg.job(resource_defs={"io_manager": dg.fs_io_manager})
    def work() -> None:
        one()

    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        first = work.execute_in_process(instance=instance)
        for path in (tmp_path / "storage" / first.run_id).rglob("*"):
            if path.is_file():
                path.unlink()
        assert work.execute_in_process(instance=instance).output_for_node("one") == 1
    assert len(calls) == 2


def test_an_op_with_a_dynamic_output_has_no_cache() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="Let what comes after it"):

        @dg.op(out=dg.DynamicOut(), cache_policy=CACHED)
        def several() -> Iterator[dg.DynamicOutput[int]]:
            yield dg.DynamicOutput(1, "a")


def test_what_is_no_policy_is_refused_by_name() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="cache_policy of @asset is 'inputs'"):
        dg.asset(lambda: 1, name="kept", cache_policy="inputs")  # type: ignore[call-overload]
    with pytest.raises(DagsterInvalidDefinitionError, match="Found 'data'"):
        dg.CachePolicy(compare=["data"])
    with pytest.raises(DagsterInvalidDefinitionError, match="a timedelta above 0"):
        dg.CachePolicy(expires_after=timedelta(0))


def test_what_is_cached_does_not_fail_with_its_run(instance: dg.DagsterInstance, calls: Calls) -> None:
    days = dg.StaticPartitionsDefinition(["mon", "tue"])

    @dg.asset(deps=["whole", "days"], partitions_def=days)
    def below() -> None:
        if len(calls) > 2:
            raise ValueError("no")
        calls.append("below")

    kept = [counted(calls, "whole"), counted(calls, "days", partitions_def=days)]
    asked = {"instance": instance, "partition_key": "tue", "raise_on_error": False}
    assert dg.materialize([*kept, below], **asked).success
    assert not dg.materialize([*kept, below], **asked).success
    whole, sliced, failed = dg.AssetKey("whole"), dg.AssetKey("days"), dg.AssetKey("below")
    materialized = AssetPartitionStatus.MATERIALIZED
    assert instance.asset_statuses([whole, sliced, failed]) == {
        whole: materialized,
        sliced: materialized,
        failed: AssetPartitionStatus.FAILED,
    }
    assert instance.partition_statuses(sliced, days).keys(materialized) == ["tue"]
    assert instance.move_asset(sliced, dg.AssetKey("moved")) > 0
    assert instance.partition_statuses(dg.AssetKey("moved"), days).keys(materialized) == ["tue"]
