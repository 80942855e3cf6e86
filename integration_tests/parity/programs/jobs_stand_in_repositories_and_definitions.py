"""Jobs and graphs in `@repository` and `Definitions`: names, lookups, executors and loggers that they inherit, duplicates, resources."""

import seen

import dagster as dg


@dg.op(required_resource_keys={"db"})
def asks(context):
    return context.resources.db


@dg.op
def plain():
    return 1


@dg.job
def open_job():
    asks()


@dg.job(resource_defs={"db": dg.ResourceDefinition.hardcoded_resource("own")}, executor_def=dg.in_process_executor)
def closed_job():
    asks()


@dg.graph
def etl():
    plain()


@dg.asset
def stored():
    return 1


@dg.logger
def quiet(_context):
    import logging

    return logging.getLogger("quiet")


@dg.executor(name="mine", config_schema={"n": dg.Field(int, default_value=1)}, requirements=[])
def mine(init_context):
    return dg.in_process_executor.executor_creation_fn(init_context)


def facts() -> dict:
    db = dg.ResourceDefinition.hardcoded_resource("shared")
    defs = dg.Definitions(
        assets=[stored],
        jobs=[open_job, closed_job, etl.to_job("nightly"), dg.define_asset_job("assets")],
        resources={"db": db},
        executor=dg.multiprocess_executor,
        loggers={"quiet": quiet},
    )

    @dg.repository
    def repo():
        return [closed_job, etl, stored, dg.define_asset_job("assets")]

    @dg.repository(name="named", description="d")
    def other():
        return {"jobs": {"closed_job": closed_job, "lazy": lambda: etl.to_job("lazy")}}

    names = ("open_job", "closed_job", "nightly", "assets")
    jobs = {name: defs.resolve_job_def(name) if hasattr(defs, "resolve_job_def") else defs.get_job_def(name) for name in names}
    return {
        "jobs": {name: [job.executor_def.name, sorted(job.loggers)] for name, job in jobs.items()},
        "values": [jobs[name].execute_in_process().output_for_node("asks") for name in ("open_job", "closed_job")],
        "unknown": seen.outcome(lambda: defs.resolve_job_def("nobody"), mentions=["nobody"]),
        "repo": [repo.name, repo.description, sorted(job.name for job in repo.get_all_jobs()), repo.has_job("etl"), repo.has_job("x")],
        "of repo": [repo.get_job("etl").name, seen.outcome(lambda: repo.get_job("x"), mentions=["x"])],
        "other": [other.name, other.description, sorted(other.job_names), other.get_job("lazy").name],
        "same name": seen.outcome(
            lambda: dg.Definitions(jobs=[closed_job, etl.to_job("closed_job")]).get_repository_def().get_all_jobs(), mentions=["closed_job"]
        ),
        "same job twice": seen.outcome(lambda: sorted(job.name for job in dg.Definitions(jobs=[closed_job, closed_job]).get_repository_def().get_all_jobs())),
        "missing resource": seen.outcome(lambda: dg.Definitions(jobs=[open_job]).get_repository_def().get_all_jobs(), mentions=["db", "asks"]),
        "no job": seen.outcome(lambda: dg.Definitions(jobs=[plain]).get_repository_def()),
        "a repository of what it cannot hold": seen.outcome(lambda: dg.repository(lambda: [1])),
        "a repository with a key of its own": seen.outcome(lambda: dg.repository(lambda: {"things": {}})),
        "executor": [mine.name, seen.plain(mine.get_requirements(None)) if hasattr(mine, "get_requirements") else None],
        "executor of a job": dg.job(name="j", executor_def=mine)(lambda: plain() and None).executor_def.name,
        "configured executor": mine.configured({"n": 3}, name="three").name,
    }
