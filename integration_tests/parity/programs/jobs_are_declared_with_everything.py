"""`@job` and `to_job` with all their options: what the job says of itself, and what its runs get of them."""

import logging

import seen

import dagster as dg

LINES: list = []


class Keeping(logging.Handler):
    def emit(self, record):
        if "from the op" in record.getMessage():
            LINES.append(record.getMessage().rsplit(" - ", 1)[-1])


@dg.logger(config_schema={"level": dg.Field(str, default_value="INFO")})
def kept(init_context):
    made = logging.Logger("kept", level=init_context.logger_config["level"])
    made.addHandler(Keeping())
    return made


@dg.resource(config_schema={"path": str})
def disk(init_context):
    return init_context.resource_config["path"]


@dg.success_hook
def praise(context):
    context.log.info("praised")


@dg.op(required_resource_keys={"disk"}, config_schema={"n": dg.Field(int, default_value=1)}, tags={"op": "tag"})
def work(context, start=0):
    context.log.info("from the op")
    return [context.op_config["n"], context.resources.disk, start, context.run.tags.get("team")]


CONFIG = {"ops": {"work": {"config": {"n": 5}}}, "resources": {"disk": {"config": {"path": "/d"}}}}


@dg.job(
    name="full",
    description="All of it.",
    resource_defs={"disk": disk},
    config=CONFIG,
    tags={"team": "a", "about": {"json": [1]}},
    run_tags={"team": "runs", "cost": "low"},
    metadata={"owner": "me", "rows": 3},
    logger_defs={"kept": kept},
    executor_def=dg.in_process_executor,
    hooks={praise},
    op_retry_policy=dg.RetryPolicy(max_retries=2),
    owners=["team:a", "b@example.com"],
)
def full():
    """Not this."""
    work()


@dg.job(config=dg.RunConfig(resources={"disk": {"config": {"path": "/e"}}}), resource_defs={"disk": disk})
def typed():
    """From the docstring."""
    work()


@dg.graph
def etl(start):
    work(start)


def told(job) -> dict:
    return {
        "name": job.name,
        "description": job.description,
        "tags": seen.tags(job.tags),
        "run tags": seen.tags(job.run_tags),
        "metadata": seen.metadata(job.metadata),
        "hooks": sorted(hook.name for hook in job.hook_defs),
        "loggers": sorted(job.loggers) if hasattr(job, "loggers") else None,
        "executor": job.executor_def.name,
        "resources": sorted(key for key in job.resource_defs if key != "io_manager"),
        "owners": list(job.owners or ()) if hasattr(job, "owners") else None,
        "partitions": job.partitions_def,
        "partitioned": job.is_partitioned if hasattr(job, "is_partitioned") else None,
        "graph": [job.graph.name, job.graph.node_names()],
        "run config": seen.plain(job.run_config) if isinstance(job.run_config, dict) else type(job.run_config).__name__,
    }


def ran(job, **options) -> list:
    result = job.execute_in_process(**options)
    own = {key: value for key, value in result.dagster_run.tags.items() if not key.startswith(".dagster")}
    return [seen.plain(result.output_for_node("work")), seen.tags(own)]


def facts() -> dict:
    of_graph = etl.to_job(
        name="of_graph",
        description="By graph.",
        resource_defs={"disk": dg.ResourceDefinition.hardcoded_resource("hard")},
        config={"inputs": {"start": {"value": 3}}},
        tags={"team": "graph"},
        metadata={"a": "b"},
        op_retry_policy=dg.RetryPolicy(max_retries=1),
    )
    with_values = etl.to_job("with_values", resource_defs={"disk": dg.ResourceDefinition.hardcoded_resource(1)}, input_values={"start": 8})
    return {
        "full": told(full),
        "typed": [typed.description, typed.name, ran(typed)],
        "runs": ran(full),
        "runs with other config": ran(full, run_config={**CONFIG, "loggers": {"kept": {"config": {"level": "ERROR"}}}}),
        "runs with more tags": ran(full, tags={"team": "mine", "more": "1"}),
        "runs with resources": ran(full, resources={"disk": "given"}, run_config={}),
        "lines": LINES,
        "of a graph": [told(of_graph), ran(of_graph)],
        "with values": ran(with_values),
        "with other values": ran(with_values, input_values={"start": 9}),
        "hooked": sorted(hook.name for hook in typed.with_hooks({praise}).hook_defs),
        "tags that are no text": seen.outcome(lambda: dg.job(name="j", tags={1: "a"})(lambda: None)),
        "a name that is none": seen.outcome(lambda: dg.job(name="a b")(lambda: None), mentions=["a b"]),
        "resource that is missing": seen.outcome(lambda: dg.job(name="j")(lambda: work() and None).execute_in_process(), mentions=["disk", "work"]),
        "config that does not fit": seen.outcome(
            lambda: dg.job(name="j", resource_defs={"disk": disk}, config={"ops": {"work": {"config": {"m": 1}}}})(lambda: work() and None)
            .execute_in_process()
        ),
        "config for a value that is given": seen.outcome(
            lambda: etl.to_job(
                "j", resource_defs={"disk": dg.ResourceDefinition.hardcoded_resource(1)}, input_values={"begin": 8}
            ),
            mentions=["begin"],
        ),
    }
