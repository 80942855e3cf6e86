from typing import Any

import pytest

from dagster import Config, ConfigurableResource, EnvVar, RunConfig, materialize
from dagster.errors import DagsterInvalidConfigError
from dagster_tests.execution.runs import made


class Settings(Config):
    rows: int = 3
    name: str


class Database(ConfigurableResource[Any]):
    url: str


def settings(config: Settings) -> Any:
    return config.rows, config.name


def database(db: Database) -> str:
    return db.url


def for_a(config: dict[str, Any]) -> dict[str, Any]:
    return {"ops": {"a": {"config": config}}}


def test_a_function_gets_its_config_as_its_class() -> None:
    result = materialize([made("a", settings)], run_config=for_a({"name": "x"}))
    assert result.output_for_node("a") == (3, "x")


@pytest.mark.parametrize("given", [RunConfig(ops={"a": Settings(name="x", rows=1)}), for_a({"name": "x", "rows": 1})])
def test_config_is_given_as_objects_or_as_dicts(given: Any) -> None:
    assert materialize([made("a", settings)], run_config=given).output_for_node("a") == (1, "x")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (None, "name"),
        (for_a({}), "name"),
        (for_a({"name": 3}), "name"),
        (for_a({"name": "x", "colour": "red"}), "colour"),
        ({"ops": {"nowhere": {}}}, "nowhere"),
        ({"opps": {}}, "opps"),
    ],
)
def test_config_that_does_not_fit_is_refused_before_the_run_begins(given: Any, sentence: str) -> None:
    started: list[int] = []

    def a(config: Settings) -> None:
        started.append(config.rows)

    with pytest.raises(DagsterInvalidConfigError, match=sentence):
        materialize([made("a", a)], run_config=given)
    assert started == []


def test_config_of_steps_that_are_not_in_the_run_is_refused() -> None:
    assets = [made("a", settings), made("b")]
    with pytest.raises(DagsterInvalidConfigError, match="a"):
        materialize(assets, run_config=for_a({"name": "x"}), selection=["b"])


def test_a_resource_is_configured_by_the_run() -> None:
    result = materialize(
        [made("a", database)],
        resources={"db": Database.configure_at_launch()},
        run_config={"resources": {"db": {"config": {"url": "there"}}}},
    )
    assert result.output_for_node("a") == "there"


def test_a_resource_that_the_run_does_not_need_may_lack_its_config() -> None:
    unset, later = Database(url=EnvVar("NOT_SET_ANYWHERE")), Database.configure_at_launch()
    result = materialize([made("a"), made("b", database)], resources={"db": unset, "other": later}, selection=["a"])
    assert result.success


def test_a_resource_that_another_one_needs_is_checked() -> None:
    class Table(ConfigurableResource[Any]):
        db: Database

    def rows(table: Table) -> str:
        return table.db.url

    database_of_launch = Database.configure_at_launch()
    with pytest.raises(DagsterInvalidConfigError, match="url"):
        materialize([made("a", rows)], resources={"db": database_of_launch, "table": Table(db=database_of_launch)})


def test_config_of_a_resource_that_the_run_does_not_need_is_checked() -> None:
    with pytest.raises(DagsterInvalidConfigError, match="ulr"):
        materialize(
            [made("a")],
            resources={"db": Database.configure_at_launch()},
            run_config={"resources": {"db": {"config": {"ulr": "there"}}}},
        )


def test_the_config_is_stored_with_the_run() -> None:
    result = materialize([made("a", settings)], run_config=for_a({"name": "x"}))
    assert result.dagster_run.run_config == for_a({"name": "x"})
