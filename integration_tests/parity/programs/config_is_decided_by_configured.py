"""`configured`: ops, graphs, resources, IO managers, executors and loggers with their config decided."""

import logging
import os

import seen

import dagster as dg


@dg.op(config_schema={"a": int, "b": dg.Field(str, default_value="b")})
def node(context):
    """The docs of node."""
    return context.op_config


@dg.resource(config_schema={"host": str, "port": dg.Field(int, default_value=80)}, description="a server")
def server(context):
    return [context.resource_config["host"], context.resource_config["port"]]


class Manager(dg.InMemoryIOManager):
    def __init__(self, config):
        super().__init__()
        self.config = config

    def handle_output(self, context, obj):
        super().handle_output(context, [self.config, obj])


@dg.io_manager(config_schema={"path": str})
def manager(context):
    return Manager(context.resource_config)


@dg.logger(config_schema={"name": str})
def named(context):
    return logging.Logger(context.logger_config["name"])


class Typed(dg.Config):
    a: int


@dg.configured(node)
def by_annotation(config: Typed):
    return {"a": config.a + 1}


@dg.configured(node, config_schema={"half": int})
def by_schema(config):
    return {"a": config["half"] * 2}


@dg.configured(server, config_schema=dg.StringSource)
def local(config):
    return {"host": config}


def run(op, config=None, given=True, **resources):
    @dg.job(resource_defs=resources or None)
    def made():
        op()

    run_config = {"ops": {op.name: {"config": config}}} if given else None
    return seen.outcome(lambda: made.execute_in_process(run_config=run_config).output_for_node(op.name))


def built(resource, config=None):
    def ask():
        with dg.build_resources({"it": resource}, resource_config=None if config is None else {"it": {"config": config}}) as made:
            return made.it

    return seen.outcome(ask)


def fails(config):
    raise LookupError("nothing found")


@dg.op
def one():
    return 1


def facts() -> dict:
    os.environ["PARITY_TEXT"] = "text"
    whole = node.configured({"a": 1}, name="whole")
    twice = by_schema.configured({"half": 4}, name="twice")
    through_manager = run(one, given=False, io_manager=manager.configured({"path": "p"}))
    return {
        "whole": run(whole, given=False),
        "whole, given more": run(whole, {"b": "x"}),
        "by schema": [run(by_schema, {"half": 2}), run(by_schema, {"half": "x"}), run(by_schema, given=False)],
        "by annotation": [run(by_annotation, {"a": 2}), run(by_annotation, {})],
        "twice": run(twice, given=False),
        "does not fit": run(node.configured({"a": "x"}, name="bad"), given=False),
        "function that does not fit": run(node.configured(lambda c: {"z": 1}, name="bad", config_schema={}), {}),
        "function that fails": run(node.configured(fails, name="bad", config_schema={}), {}),
        "names": [whole.name, by_schema.name, by_annotation.name, node.configured({"a": 1}, name="n", description="d").description],
        "description": [whole.description, by_schema.description],
        "resource": [built(server.configured({"host": "h"})), built(local, "there"), built(local, {"env": "PARITY_TEXT"})],
        "resource, refused": [built(server.configured({"port": 1})), built(local, 3), built(local)],
        "resource twice": built(server.configured(lambda c: {"host": c["h"]}, config_schema={"h": str}).configured({"h": "x"})),
        "resource, described": [server.configured({"host": "h"}).description, server.configured({}, description="d").description],
        "manager": through_manager,
        "logger": named.configured({"name": "n"})(dg.build_init_logger_context()).name,
        "executor": [
            dg.multiprocess_executor.configured({"max_concurrent": 3}, name="three").name,
            sorted(dg.in_process_executor.configured({}, name="x").config_schema.as_field().config_type.fields)
            if hasattr(dg.in_process_executor.configured({}, name="x").config_schema.as_field().config_type, "fields")
            else "anything",
        ],
        "no name": seen.outcome(lambda: node.configured({"a": 1}).name),
    }
