"""Hooks, executors and loggers: construction, direct calls, configuration, refusals."""

import logging

import seen

import dagster as dg


@dg.success_hook(required_resource_keys={"said"})
def cheer(context):
    context.resources.said.append(context.run_id)


@dg.failure_hook
def alarm(context):
    return str(context.op_exception)


def no_context():
    return 1


def hooks() -> dict:
    said = []
    cheer(dg.build_hook_context(resources={"said": said}, run_id="r"))

    @dg.asset(hooks={cheer})
    def hooked():
        return 1

    return {
        "said": said,
        "names": [cheer.name, alarm.name, dg.success_hook(name="other")(lambda context: 1).name],
        "keys": sorted(cheer.required_resource_keys),
        "alarm": alarm(dg.build_hook_context(op_exception=ValueError("late"))),
        "by name": alarm(context=dg.build_hook_context()),
        "of asset": sorted(hook.name for hook in hooked.hook_defs),
        "of job": sorted(hook.name for hook in dg.define_asset_job("j", hooks={alarm}).hooks),
        "result": [dg.HookExecutionResult("x").hook_name, dg.HookExecutionResult("x").is_skipped],
        "no call": seen.outcome(lambda: alarm()),
        "two": seen.outcome(lambda: alarm(dg.build_hook_context(), 1)),
        "other parameter": seen.outcome(lambda: alarm(ctx=dg.build_hook_context())),
        "undecorated": seen.outcome(lambda: dg.HookDefinition(name="x", hook_fn=no_context)(1)),
        "no context": seen.outcome(lambda: dg.success_hook(no_context)),
        "bad name": seen.outcome(lambda: dg.HookDefinition(name="x y", hook_fn=no_context)),
        "bad function": seen.outcome(lambda: dg.HookDefinition(name="x", hook_fn=3)),
        "equal": dg.HookDefinition(name="x", hook_fn=no_context) == dg.HookDefinition(name="x", hook_fn=no_context),
        "job name": seen.outcome(lambda: dg.build_hook_context(job_name="j").job_name),
        "instance": seen.outcome(lambda: dg.build_hook_context().instance),
    }


@dg.executor(name="remote", config_schema={"host": str}, requirements=dg.multiple_process_executor_requirements())
def remote(init_context):
    return init_context


@dg.executor
def bare(init_context):
    return init_context


@dg.configured(dg.multiprocess_executor, config_schema={"n": int})
def n_at_once(config):
    return {"max_concurrent": config["n"]}


def executors() -> dict:
    own = [dg.in_process_executor, dg.multiprocess_executor, dg.multi_or_in_process_executor]
    config = {"multiprocess": {}}
    return {
        "names": [each.name for each in (*own, remote, bare, n_at_once)],
        "configured": [
            dg.multiprocess_executor.configured({"max_concurrent": 2}).name,
            dg.multiprocess_executor.configured({"max_concurrent": 2}, name="two").name,
        ],
        "classes": [type(each).__name__ for each in (*own, remote, n_at_once)],
        "needs": [[seen.plain(need) for need in each.get_requirements(config)] for each in (*own, remote, bare)],
        "in process": [seen.plain(need) for need in own[2].get_requirements({"in_process": {}})],
        "fields": sorted(dg.multiprocess_executor.config_schema.config_type.fields),
        "project": dg.Definitions(executor=dg.multiprocess_executor).executor.name,
        "project of a number": seen.outcome(lambda: dg.Definitions(executor=3)),
    }


@dg.logger(config_schema={"level": dg.Field(str, default_value="ERROR")}, description="d")
def leveled(init_context):
    made = logging.Logger("leveled")
    made.setLevel(init_context.logger_config["level"])
    return made


@dg.logger
def simple(init_context):
    return logging.Logger("simple")


def loggers() -> dict:
    def context(config=None):
        return dg.build_init_logger_context(logger_config=config)

    return {
        "made": [simple(context()).name, leveled(context()).level, leveled(context({"level": "INFO"})).level],
        "configured": leveled.configured({"level": "DEBUG"})(context()).level,
        "descriptions": [leveled.description, simple.description],
        "none": simple(None).name,
        "nothing": seen.outcome(lambda: simple()),
        "bad config": seen.outcome(lambda: leveled(context({"level": 3}))),
        "bad function": seen.outcome(lambda: dg.LoggerDefinition(3)),
        "defaults": list(dg.default_loggers()),
        "console": [
            dg.colored_console_logger(context({"name": "n", "log_level": "DEBUG"})).name,
            dg.json_console_logger(context({})).level,
        ],
        "context": seen.outcome(lambda: context().logger_def),
        "project": sorted(dg.Definitions(loggers={"simple": simple}).loggers),
        "project of a number": seen.outcome(lambda: dg.Definitions(loggers={"simple": 3})),
    }


def facts() -> dict:
    return {"hooks": hooks(), "executors": executors(), "loggers": loggers()}
