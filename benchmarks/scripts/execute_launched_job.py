"""What a run of the reference does, as a process: `execute_launched_job.py one_op|chain`. Steps get processes of their own."""

import sys

import launched_jobs

import dagster as dg

if __name__ == "__main__":  # its step processes import this file as well
    with dg.DagsterInstance.get() as instance:
        job = dg.reconstructable(getattr(launched_jobs, sys.argv[1]))
        with dg.execute_job(job, instance=instance) as result:
            sys.exit(not result.success)
