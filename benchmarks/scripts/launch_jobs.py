"""Launch a job of one op, and one of eleven, with the multiprocess executor; what the location costs once is not counted.

Ours is launched in a location that has loaded its code, as a control plane has it: from making the run until its success is
stored; processor time of the supervisor, its steps and the launching process. Of the reference only the run itself is counted, a
process that executes the job: code server, daemon and launcher, which its launch takes as well, cost more.
"""

import json
import os
import resource
import subprocess
import sys
import time

import dagster as dg

HERE = os.path.dirname(os.path.abspath(__file__))
EXECUTE = os.path.join(HERE, "execute_launched_job.py")


def executed_by_the_reference(job: str) -> tuple[float, float]:
    """Processor seconds and seconds of one run."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, EXECUTE, job], check=True, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds


class Location:
    """A location of ours that has loaded its code, with a host; launches runs."""

    def __init__(self) -> None:
        from dagster.workspace.code_locations import LocationProcesses
        from dagster.workspace.hosts import HostClient, listening_socket
        from dagster.workspace.targets import CodeTarget

        self.instance = dg.DagsterInstance.get()
        self.processes = LocationProcesses(CodeTarget(source="python_file", name=os.path.join(HERE, "launched_jobs.py")))
        self.processes.start()
        path = os.path.join(self.instance.root_directory, "host")
        with listening_socket(path) as listening:
            self.processes.start_host(listening)
        self.host = HostClient(path)

    def launch(self, order) -> None:
        """The port of launchers."""
        self.number, _ = self.processes.start_run(order)

    def run(self, job: str) -> tuple[float, float]:
        """Processor seconds and seconds of one run."""
        from dagster.workspace.hosts import MakeRun

        cpu, began = time.process_time(), time.perf_counter()
        made = self.host.make_run(MakeRun(job_name=job, request=dg.RunRequest(), instance=self.instance.get_ref()))
        self.instance.add_run(made.run, made.events)
        self.instance.launch_run(made.run.run_id, self)
        while (run := self.instance.get_run_by_id(made.run.run_id)) is None or not run.is_finished:
            time.sleep(0.002)
        seconds = time.perf_counter() - began
        if not run.is_success:
            sys.exit(f"The run ended as {run.status.value}")
        end = self.processes.wait_for_end(self.number, 30)
        return time.process_time() - cpu + end.cpu_seconds, seconds


def main() -> None:
    location = Location() if "free" in dg.__version__ else None
    run, times = (location.run, 10) if location is not None else (executed_by_the_reference, 2)
    run("one_op")
    one = [run("one_op") for _ in range(times)]
    chain = [run("chain") for _ in range(max(times // 3, 1))]
    cpu, seconds = (sum(each) / len(one) for each in zip(*one, strict=True))
    chain_cpu, chain_seconds = (sum(each) / len(chain) for each in zip(*chain, strict=True))
    if location is not None:
        location.host.close()
        location.processes.close()
    print(
        json.dumps(
            {
                "cpu_seconds": cpu,
                "wall_seconds": seconds,
                "step_cpu_seconds": (chain_cpu - cpu) / 10,
                "step_wall_seconds": (chain_seconds - seconds) / 10,
            }
        )
    )


main()
