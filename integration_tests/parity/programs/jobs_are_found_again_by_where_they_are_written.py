"""A job that another process can make anew: its place, and what has none."""

import seen

import dagster as dg


@dg.op
def one():
    return 1


@dg.graph
def in_a_graph():
    one()


@dg.job
def written():
    one()


def returned():
    return in_a_graph.to_job(name="returned")


def named(name, *, suffix=""):
    return in_a_graph.to_job(name=name + suffix)


def a_graph():
    return in_a_graph


def a_number():
    return 1


def facts() -> dict:
    def inner():
        return written

    def name_of(target):
        return lambda: dg.reconstructable(target).get_definition().name

    def built(*arguments):
        return lambda: dg.build_reconstructable_job(*arguments).get_definition().name

    return {
        "a job": seen.outcome(name_of(written)),
        "a function": seen.outcome(name_of(returned)),
        "a lambda": seen.outcome(name_of(lambda: written), mentions=["lambda"]),
        "a graph": seen.outcome(name_of(in_a_graph)),
        "a function inside of a function": seen.outcome(name_of(inner), mentions=["inner"]),
        "a number": seen.outcome(name_of(1)),
        "a function that returns a graph": seen.outcome(name_of(a_graph)),
        "a function that returns a number": seen.outcome(name_of(a_number)),
        "a function with arguments": seen.outcome(name_of(named)),
        "an asset job": seen.outcome(name_of(dg.define_asset_job("j"))),
        "built": seen.outcome(built(__name__, "named", ("weekly",))),
        "built with keywords": seen.outcome(built(__name__, "named", ("weekly",), {"suffix": "_2"})),
        "built of nothing": seen.outcome(built(__name__, "nowhere"), mentions=["nowhere"]),
        "built of a list": seen.outcome(built(__name__, "named", ["weekly"])),
    }
