"""The code location of `launch_jobs.py`: a job of one op, and one of eleven ops in a chain, each step in a process of its own."""

import dagster as dg

MORE_STEPS = 10


@dg.op
def first():
    return 0


@dg.op
def following(before):
    return before + 1


@dg.job
def one_op():
    first()


@dg.job
def chain():
    value = first()
    for number in range(MORE_STEPS):
        value = following.alias(f"following_{number}")(value)


defs = dg.Definitions(jobs=[one_op, chain])
