"""The section `execution` of run config: what executors take, and what validate_run_config makes of it."""

import seen

import dagster as dg


@dg.op
def node(): ...


@dg.executor(config_schema={"host": str, "port": dg.Field(int, default_value=80)})
def remote(init_context): ...


@dg.executor(name="renamed")
def bare(init_context): ...


def job_of(executor_def=None):
    @dg.job(name="j", executor_def=executor_def)
    def made():
        node()

    return made


def execution(executor_def, config=None):
    run_config = {} if config is None else {"execution": {"config": config}}
    return seen.outcome(lambda: dg.validate_run_config(job_of(executor_def), run_config)["execution"], mentions=["j"])


def facts() -> dict:
    configured = remote.configured({"host": "there"}, name="there")
    by_function = remote.configured(lambda config: {"host": config["h"]}, name="by", config_schema={"h": str})
    return {
        "default": [
            execution(None),
            execution(None, {"in_process": {}}),
            execution(None, {"multiprocess": {"max_concurrent": 3}}),
            execution(None, {"other": {}}),
            execution(None, {"in_process": {}, "multiprocess": {}}),
            execution(None, {"multiprocess": {"max_concurrent": "x"}}),
            execution(None, {"multiprocess": {"retries": {"disabled": {}}}}),
        ],
        "in process": [execution(dg.in_process_executor), execution(dg.in_process_executor, {"retries": {"disabled": {}}})],
        "multiprocess": [
            execution(dg.multiprocess_executor),
            execution(dg.multiprocess_executor, {"max_concurrent": 2}),
            execution(dg.multiprocess_executor, {"max_concurrent": None}),
            execution(dg.multiprocess_executor, {"tag_concurrency_limits": [{"key": "k", "limit": 1}]}),
            execution(dg.multiprocess_executor, {"workers": 2}),
        ],
        "own": [execution(remote), execution(remote, {"host": "h"}), execution(remote, {"host": 3})],
        "bare": [execution(bare), execution(bare, {"anything": 1})],
        "configured": [execution(configured), execution(by_function, {"h": "x"}), execution(by_function, {})],
        "in this process none is asked": [
            seen.outcome(lambda: job_of(remote).execute_in_process().success),
            seen.outcome(lambda: job_of().execute_in_process(run_config={"execution": {"config": {"other": {}}}}).success),
        ],
        "names": [job_of(remote).executor_def.name, job_of().executor_def.name],
    }
