"""`resource_config` of the contexts of an IO manager, for each way in which a manager gets its config."""

import os
from enum import Enum
from typing import Optional

import seen
from pydantic import Field

import dagster as dg

os.environ["PARITY_PASSWORD"] = "secret"
TOLD = []


class Told(dg.IOManager):
    def handle_output(self, context, obj):
        TOLD.append(["out", context.resource_config])

    def load_input(self, context):
        TOLD.append(["in", context.resource_config, context.upstream_output.resource_config])
        return 1


class Kind(Enum):
    PLAIN = "plain"


class Nested(dg.Config):
    times: int = 1
    note: Optional[str] = None


class Connection(dg.ConfigurableResource):
    port: int = 3


class Tables(dg.ConfigurableIOManagerFactory):
    database: str
    password: str = ""
    kind: Kind = Kind.PLAIN
    nested: Nested = Nested()
    extra: dict[str, int] = {}
    schema_: Optional[str] = Field(default=None, alias="schema")

    def create_io_manager(self, context):
        TOLD.append(["init", context.resource_config])
        return Told()


class WithConnection(Tables):
    connection: Connection


class Own(dg.ConfigurableIOManager):
    size: int = 1

    def handle_output(self, context, obj):
        TOLD.append(["out", context.resource_config])

    def load_input(self, context):
        TOLD.append(["in", context.resource_config])
        return 1


@dg.io_manager(config_schema={"a": int, "b": dg.Field(str, default_value="q")})
def classic(context):
    return Told()


@dg.io_manager
def bare(context):
    return Told()


class Adapted(dg.ConfigurableLegacyIOManagerAdapter):
    size: int = 1

    @property
    def wrapped_io_manager(self):
        return bare


@dg.asset
def first():
    return 1


@dg.asset
def second(first):
    return 1


@dg.asset(io_manager_key="other")
def third():
    return 1


def told(manager, config=None, **resources) -> list:
    TOLD.clear()
    run_config = {"resources": {"io_manager": {"config": config}}} if config else None
    dg.materialize(
        [first, second, *([third] if resources else [])],
        resources={"io_manager": manager, **resources},
        run_config=run_config,
        instance=dg.DagsterInstance.ephemeral(),
    )
    return [seen.plain(each) for each in TOLD]


def facts() -> dict:
    return {
        "factory": told(Tables(database="x", password=dg.EnvVar("PARITY_PASSWORD"), schema="s")),
        "with a nested resource": told(WithConnection(database="x", connection=Connection())),
        "at launch": told(Tables.configure_at_launch(), {"database": "launched"}),
        "own": told(Own()),
        "classic": told(classic.configured({"a": 1})),
        "classic at launch": told(classic, {"a": 5}),
        "bare": told(bare),
        "object": told(Told()),
        "adapted": told(Adapted(size=2)),
        "two": told(Tables(database="a"), other=Tables(database="b")),
    }
