"""Declarations that no run config could ever fit are refused where they stand: enums, jobs, typed config, repositories."""

from typing import Union

import seen

import dagster as dg


class Options(dg.Config):
    size: Union[int, str] = 3  # noqa: UP007


@dg.op
def free():
    return 1


@dg.graph
def frees():
    free()


def op_of_options():
    @dg.op
    def sized(config: Options):
        return 1


def asset_of_options():
    @dg.asset
    def orders(config: Options):
        return 1


def repository_of(made):
    return lambda: dg.repository(name="named")(lambda: made).get_all_jobs()


def facts() -> dict:
    job = frees.to_job(name="nightly")
    return {
        "op": seen.outcome(op_of_options),
        "asset": seen.outcome(asset_of_options),
        "enum of texts": seen.outcome(lambda: dg.Enum("Mode", ["fast"])),
        "job with a number": seen.outcome(lambda: dg.JobDefinition(graph_def=frees, config=3)),
        "job with a list": seen.outcome(lambda: frees.to_job(config=[1])),
        "repository with another name": seen.outcome(repository_of({"jobs": {"weekly": lambda: job}})),
        "repository with other kinds": seen.outcome(repository_of({"pipelines": {}})),
        "repository of nothing": seen.outcome(repository_of(None)),
    }
