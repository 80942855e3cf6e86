"""Jobs that a new process finds by the name of this module."""

import os
import signal
import time
from pathlib import Path

from dagster import Definitions, JobDefinition, asset, define_asset_job, in_process_executor, job, multiprocess_executor, op


def is_broken(name: str) -> bool:
    return (Path(os.environ["FOLDER"]) / name).exists()


@op
def pid() -> int:
    return os.getpid()


@op
def pid_of_parent(given: int) -> int:
    if is_broken("pid_of_parent"):
        raise ValueError("it is broken")
    return os.getppid()


@job
def pids():
    pid_of_parent(pid())


@job(executor_def=in_process_executor)
def pids_in_process():
    pid_of_parent(pid())


@job(executor_def=multiprocess_executor.configured({"start_method": {"spawn": {}}}))
def pids_of_spawned():
    pid_of_parent(pid())


@op
def dies():
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


@job
def dying():
    dies()


@asset
def orders() -> list[int]:
    return [1, 2]


@asset
def report(orders: list[int]) -> int:
    if is_broken("report"):
        raise ValueError("it is broken")
    return len(orders)


def daily(name: str = "daily", description: object = "") -> JobDefinition:
    return Definitions(assets=[orders, report], jobs=[define_asset_job(name, description=str(description))]).resolve_job_def(name)
