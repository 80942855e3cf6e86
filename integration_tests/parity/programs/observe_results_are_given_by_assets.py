"""ObserveResult where assets may give it: sources, multi-observable assets, external assets, beside materializations; checks in it."""

import seen

import dagster as dg


def told(instance, result, *keys) -> dict:
    facts = {"success": result.success, "events": [pair for pair in seen.step_events(result) if "OBSERVATION" in pair[0] or "MATERIALIZATION" in pair[0] or "CHECK" in pair[0] or "FAILURE" in pair[0]]}
    for key in keys:
        records = instance.fetch_observations(dg.AssetKey(key), limit=5, ascending=True).records
        facts[key] = [[record.asset_observation.tags.get("dagster/data_version"), seen.metadata(record.asset_observation.metadata), record.asset_observation.description] for record in records]
    return facts


def look(instance, *sources, **options):
    job = dg.Definitions(list(sources), jobs=[dg.define_asset_job("look", selection="*")]).resolve_job_def("look")
    return job.execute_in_process(instance=instance, raise_on_error=False, **options)


@dg.multi_observable_source_asset(specs=[dg.AssetSpec("one"), dg.AssetSpec("two", skippable=True)])
def both():
    yield dg.ObserveResult("one", data_version=dg.DataVersion("1"), metadata={"rows": 5})


@dg.multi_observable_source_asset(specs=[dg.AssetSpec("one"), dg.AssetSpec("two")], can_subset=True)
def chosen(context: dg.AssetExecutionContext):
    for key in sorted(context.selected_asset_keys):
        yield dg.ObserveResult(key, data_version=dg.DataVersion("c"))


@dg.multi_observable_source_asset(specs=[dg.AssetSpec("one")], check_specs=[dg.AssetCheckSpec("fine", asset="one")])
def checked():
    yield dg.ObserveResult("one", check_results=[dg.AssetCheckResult(passed=False, metadata={"why": "old"})])


@dg.asset
def by_hand(context: dg.AssetExecutionContext):
    context.log_event(dg.AssetObservation("by_hand", metadata={"logged": 1}, description="seen"))
    context.log_event(dg.AssetObservation(dg.AssetKey("elsewhere"), metadata={"n": 2}, tags={"dagster/data_version": "e"}))
    return 1


@dg.asset
def wrong():
    return dg.ObserveResult(metadata={"rows": 1})


@dg.op
def an_op(context):
    context.log_event(dg.AssetObservation("from_op", metadata={"x": 1.5}))
    yield dg.AssetObservation("yielded", metadata={"y": True})
    yield dg.Output(1)


@dg.job
def a_job():
    an_op()


def facts() -> dict:
    results = {}
    with dg.DagsterInstance.ephemeral() as instance:
        results["both"] = told(instance, look(instance, both), "one", "two")
    with dg.DagsterInstance.ephemeral() as instance:
        selected = seen.outcome(lambda: told(instance, dg.materialize([chosen], selection=["two"], instance=instance), "one", "two"))
        results["chosen"] = [told(instance, look(instance, chosen), "one", "two"), selected]
    with dg.DagsterInstance.ephemeral() as instance:
        results["checked"] = told(instance, look(instance, checked), "one")
        results["by hand"] = told(instance, dg.materialize([by_hand], instance=instance), "by_hand", "elsewhere")
        results["wrong"] = told(instance, dg.materialize([wrong], instance=instance, raise_on_error=False), "wrong")
        results["ops"] = told(instance, a_job.execute_in_process(instance=instance), "from_op", "yielded")
    results["refused"] = {
        "metadata": seen.outcome(lambda: dg.ObserveResult(metadata={"a": object()})),
        "version": seen.outcome(lambda: dg.ObserveResult(data_version="v")),
        "key": seen.outcome(lambda: dg.ObserveResult(asset_key=3)),
    }
    return results
