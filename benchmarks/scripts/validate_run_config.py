"""Check the run config of a job of many ops, half of them inside of graphs: `validate_run_config.py OPS`."""

import json
import sys
import time

import dagster as dg


@dg.op(config_schema={"limit": int, "source": dg.Field(str, default_value="orders")})
def leaf(context): ...


@dg.graph
def around():
    leaf()


def job_of(count: int) -> dg.JobDefinition:
    @dg.job
    def many():
        for number in range(count // 2):
            leaf.alias(f"leaf_{number}")()
            around.alias(f"around_{number}")()

    return many


def config_of(count: int) -> dict:
    ops = {}
    for number in range(count // 2):
        ops[f"leaf_{number}"] = {"config": {"limit": number}}
        ops[f"around_{number}"] = {"ops": {"leaf": {"config": {"limit": number}}}}
    return {"ops": ops}


count = int(sys.argv[1])
job, config = job_of(count), config_of(count)
dg.validate_run_config(job_of(2), config_of(2))
started = time.process_time()
dg.validate_run_config(job, config)
print(json.dumps({"cpu_seconds": time.process_time() - started}))
