"""Selections, ids and tags of `execute_in_process`; what does not fit is refused."""

import seen

import dagster as dg


@dg.asset
def numbers():
    return [1, 2]


@dg.asset
def total(numbers):
    return sum(numbers)


@dg.op
def one():
    return 1


@dg.op
def add(x: int, y: int) -> int:
    return x + y


@dg.graph
def added(y):
    add(one(), y)


ops = added.to_job(name="ops", input_values={"y": 1})
@dg.job
def simple():
    one()
    one.alias("other")()


defs = dg.Definitions(assets=[numbers, total], jobs=[dg.define_asset_job("nightly"), ops])


def started(result):
    return [event.step_key for event in result.all_events if event.is_step_start]


def facts() -> dict:
    nightly, ops = defs.resolve_job_def("nightly"), defs.resolve_job_def("ops")

    def of(job, **arguments):
        return seen.outcome(lambda: started(job.execute_in_process(**arguments)))

    run_id = "6c7f5e0a-32d4-4f61-9e58-2b0d2a9e8f11"
    return {
        "all": of(nightly),
        "no asset": of(nightly, asset_selection=[]),
        "an asset": of(nightly, asset_selection=[dg.AssetKey("numbers")]),
        "an unknown asset": of(nightly, asset_selection=[dg.AssetKey("nowhere")]),
        "an op of an asset job": of(nightly, op_selection=["numbers"]),
        "above an op of an asset job": of(nightly, op_selection=["*total"]),
        "an unknown op of an asset job": of(nightly, op_selection=["nowhere"]),
        "assets and ops": of(nightly, op_selection=["numbers"], asset_selection=[dg.AssetKey("numbers")]),
        "values of an asset job": of(nightly, input_values={"numbers": [1]}),
        "no op": of(ops, op_selection=[]),
        "an op": of(simple, op_selection=["one"]),
        "assets of a job of ops": of(ops, asset_selection=[dg.AssetKey("numbers")]),
        "run id": ops.execute_in_process(run_id=run_id).run_id == run_id,
        "no run id": of(ops, run_id="abc"),
        "a number as run id": of(ops, run_id=5),
        "tags": seen.tags(ops.execute_in_process(tags={"a": "b"}).dagster_run.tags),
        "tags that are no strings": of(ops, tags={1: "b"}),
        "resources that are none": of(ops, resources=3),
        "config that is none": of(ops, run_config=3),
        "a partition of nothing": of(nightly, partition_key="x"),
        "values": ops.execute_in_process(input_values={"y": 5}).output_for_node("add"),
    }
