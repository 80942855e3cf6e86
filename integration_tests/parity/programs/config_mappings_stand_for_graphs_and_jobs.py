"""Graphs and jobs with config of their own, from which a function makes that of the ops inside."""

import os

import seen

import dagster as dg


@dg.op(config_schema={"n": dg.Field(int, default_value=1), "s": dg.Field(str, is_required=False)})
def leaf(context):
    return context.op_config


class Simple(dg.Config):
    m: int
    name: str = "default"


@dg.config_mapping
def typed_mapping(config: Simple) -> dg.RunConfig:
    return dg.RunConfig(ops={"leaf": {"config": {"n": config.m, "s": config.name}}})


@dg.config_mapping(config_schema={"m": dg.Field(int, default_value=7), "source": dg.Field(dg.StringSource, default_value="x")})
def with_defaults(config):
    return {"leaf": {"config": {"n": config["m"], "s": config["source"]}}}


@dg.config_mapping(config_schema={"m": dg.Field(int, default_value=7)}, receive_processed_config_values=False)
def as_given(config):
    return {"leaf": {"config": {"n": config.get("m", 100)}}}


def graph_of(mapping, name="g"):
    @dg.graph(name=name, config=mapping)
    def made():
        return leaf()

    return made


def run(graph, config=None, **options):
    @dg.job(name="j", **options)
    def made():
        graph()

    run_config = None if config is None else {"ops": {graph.name: {"config": config}}}
    return seen.outcome(lambda: made.execute_in_process(run_config=run_config).output_for_node(f"{graph.name}.leaf"), ["g", "j"])


@dg.graph
def inner():
    leaf()


middle = graph_of(with_defaults, "middle")


@dg.graph(config=dg.ConfigMapping(config_schema={"k": int}, config_fn=lambda c: {"middle": {"config": {"m": c["k"] + 1}}}))
def outer():
    middle()


@dg.job(config=dg.ConfigMapping(config_schema={"k": int}, config_fn=lambda c: {"ops": {"leaf": {"config": {"n": c["k"]}}}}))
def whole():
    leaf()


@dg.job(config=dg.ConfigMapping(lambda c: {"ops": {"leaf": {"config": {"n": 5}}}}))
def without_schema():
    leaf()


@dg.config_mapping
def typed_whole(config: Simple):
    return dg.RunConfig(ops={"leaf": {"config": {"n": config.m}}})


@dg.job(config=typed_whole)
def of_typed():
    leaf()


def ran(job, run_config=None):
    return seen.outcome(lambda: job.execute_in_process(run_config=run_config).output_for_node("leaf"))


def fails(config):
    raise LookupError("nothing found")


def facts() -> dict:
    os.environ["PARITY_TEXT"] = "text"
    return {
        "typed": [run(graph_of(typed_mapping), value) for value in ({"m": 3}, {"m": 3, "name": "n"}, {}, None, {"m": "x"})],
        "defaults": [run(graph_of(with_defaults), value) for value in (None, {}, {"m": 1}, {"source": {"env": "PARITY_TEXT"}})],
        "as given": [run(graph_of(as_given), value) for value in (None, {}, {"m": 1})],
        "two deep": seen.outcome(
            lambda: outer.to_job().execute_in_process(run_config={"k": 4}).output_for_node("middle.leaf")
        ),
        "mapping to what does not fit": run(graph_of(dg.ConfigMapping(lambda c: {"leaf": {"config": {"n": "x"}}})), {}),
        "mapping to an op that is not there": run(graph_of(dg.ConfigMapping(lambda c: {"other": {}})), {}),
        "mapping to nothing": run(graph_of(dg.ConfigMapping(lambda c: {})), {}),
        "mapping to no dict": run(graph_of(dg.ConfigMapping(lambda c: 3)), {}),
        "mapping that fails": run(graph_of(dg.ConfigMapping(fails)), {}),
        "whole": [ran(whole, {"k": 3}), ran(whole, {"k": "x"}), ran(whole, {}), ran(whole)],
        "without schema": [ran(without_schema), ran(without_schema, {"anything": 1})],
        "typed whole": [ran(of_typed, {"m": 3}), ran(of_typed)],
        "asked": [
            with_defaults.resolve_from_unvalidated_config({"m": 2}),
            seen.outcome(lambda: with_defaults.resolve_from_unvalidated_config({"m": "x"})),
            with_defaults.resolve_from_validated_config({"m": 3, "source": "s"}),
            seen.outcome(lambda: dg.ConfigMapping(3)),
        ],
        "inside of a plain graph": seen.outcome(
            lambda: inner.to_job(config={"leaf": {"config": {"n": 1}}}).execute_in_process().output_for_node("leaf")
        ),
    }
