from enum import Enum
from typing import Any

import pydantic
import pytest

import dagster as dg


class Kind(Enum):
    PLAIN = "plain"


class Retries(dg.Config):
    times: int = 1


class Seen(dg.IOManager):
    """Keeps what its contexts say of its config."""

    def __init__(self) -> None:
        self.configs: list[Any] = []

    def handle_output(self, context: dg.OutputContext, obj: object) -> None:
        self.configs.append(context.resource_config)

    def load_input(self, context: dg.InputContext) -> int:
        upstream = context.upstream_output
        self.configs.append((context.resource_config, upstream.resource_config if upstream else None))
        return 1


SEEN = Seen()


class Tables(dg.ConfigurableIOManagerFactory[Seen]):
    database: str
    kind: Kind = Kind.PLAIN
    retries: Retries = Retries()
    schema_: str | None = pydantic.Field(default=None, alias="schema")

    def create_io_manager(self, context: dg.InitResourceContext) -> Seen:
        SEEN.configs.append(context.resource_config)
        return SEEN


@dg.io_manager(config_schema={"a": int, "b": dg.Field(str, default_value="q")})
def classic(context: dg.InitResourceContext) -> Seen:
    return SEEN


@dg.asset
def first() -> int:
    return 1


@dg.asset
def second(first: int) -> None: ...


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    SEEN.configs.clear()
    monkeypatch.setenv("DATABASE", "x.db")


def seen_of(manager: object, run_config: dict[str, Any] | None = None) -> list[Any]:
    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([first, second], resources={"io_manager": manager}, run_config=run_config, instance=instance)
    return SEEN.configs


TABLES = {"database": "x.db", "kind": "plain", "retries": {"times": 1}, "schema": None}


def test_contexts_have_the_config_of_their_manager_as_plain_values() -> None:
    assert seen_of(Tables(database=dg.EnvVar("DATABASE"))) == [TABLES, TABLES, (TABLES, TABLES)]


def test_config_of_a_run_is_the_config_of_the_manager() -> None:
    run_config = {"resources": {"io_manager": {"config": {"database": "x.db"}}}}
    assert seen_of(Tables.configure_at_launch(), run_config) == [TABLES, TABLES, (TABLES, TABLES)]
    SEEN.configs.clear()
    config = {"a": 5, "b": "q"}
    assert seen_of(classic, {"resources": {"io_manager": {"config": {"a": 5}}}}) == [config, (config, config)]


def test_a_manager_without_config_has_none() -> None:
    assert seen_of(SEEN) == [None, (None, None)]
    SEEN.configs.clear()
    assert seen_of(classic.configured({"a": 1})) == [{"a": 1, "b": "q"}, ({"a": 1, "b": "q"}, {"a": 1, "b": "q"})]


def test_a_value_is_loaded_outside_of_runs_with_the_same_config() -> None:
    definitions = dg.Definitions([first], resources={"io_manager": Tables(database="x.db")})
    with dg.DagsterInstance.ephemeral() as instance:
        assert definitions.load_asset_value("first", instance=instance) == 1
    assert SEEN.configs == [TABLES, (TABLES, TABLES)]
