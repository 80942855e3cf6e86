"""The context that an outside process gets: keys, versions, partitions, windows, provenance, retries, and by which way."""

import json
import os
import sys

import dagster as dg

SAY = """
import json, os, sys
from dagster_pipes import decode_param, open_dagster_pipes
params = {name: decode_param(os.environ[name]) for name in ("DAGSTER_PIPES_CONTEXT", "DAGSTER_PIPES_MESSAGES")}
where = params["DAGSTER_PIPES_CONTEXT"]
text = open(where["path"]).read() if "path" in where else json.dumps(where["data"])
with open_dagster_pipes() as pipes:
    pipes.report_custom_message([text, {name: sorted(value) for name, value in params.items()}])
"""
TOLD = []


def tell(context, pipes):
    done = pipes.run(context=context, command=[sys.executable, "-c", SAY], extras={"limit": 10, "nested": {"a": [None]}})
    TOLD.extend(done.get_custom_messages())
    return done.get_results()


def told(**given):
    given.setdefault("code_version", "2")

    @dg.asset(key=["sales", "orders"], **given)
    def orders(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
        return tell(context, pipes)

    return orders


def run(definitions, *, injector=None, **given):
    TOLD.clear()
    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"pipes": dg.PipesSubprocessClient(context_injector=injector)}
        for _ in range(2):
            dg.materialize(definitions, instance=instance, resources=resources, **given)
    return [[json.loads(text), list(json.loads(text)), ways] for text, ways in TOLD]


def retried():
    @dg.asset(code_version="1")
    def source():
        return 1

    @dg.asset(deps=[source], retry_policy=dg.RetryPolicy(max_retries=1))
    def orders(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
        results = tell(context, pipes)
        if context.retry_number == 0:
            raise dg.RetryRequested()
        return results

    return [source, orders]


def subset():
    @dg.multi_asset(specs=[dg.AssetSpec(key, skippable=True) for key in "abc"], can_subset=True)
    def several(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
        return tell(context, pipes)

    return several


def job():
    TOLD.clear()

    @dg.op
    def counted(context, pipes: dg.PipesSubprocessClient):
        tell(context, pipes)

    @dg.job(resource_defs={"pipes": dg.ResourceDefinition.hardcoded_resource(dg.PipesSubprocessClient())})
    def nightly():
        counted()

    nightly.execute_in_process()
    return [json.loads(text) for text, _ in TOLD]


def facts() -> dict:
    daily = dg.DailyPartitionsDefinition("2024-01-01", timezone="America/New_York")
    static = dg.StaticPartitionsDefinition(["a", "b"])
    return {
        "plain": run([told()]),
        "directly": run([told()], injector=dg.PipesEnvContextInjector()),
        "daily": run([told(partitions_def=daily)], partition_key="2024-03-10"),
        "static": run([told(partitions_def=static, code_version=None)], partition_key="b"),
        "both": run(
            [told(partitions_def=dg.MultiPartitionsDefinition({"day": daily, "region": static}))],
            partition_key=dg.MultiPartitionKey({"day": "2024-01-02", "region": "a"}),
        ),
        "retried": run(retried()),
        "subset": run([subset()], selection=["b", "c"]),
        "job": job(),
        "home": os.environ.get("DAGSTER_PIPES_CONTEXT"),
    }
