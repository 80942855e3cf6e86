from typing import Any

import pytest

from dagster import (
    Config,
    ConfigMapping,
    Definitions,
    Field,
    Map,
    Selector,
    asset,
    graph,
    job,
    op,
    resource,
    validate_run_config,
)
from dagster.config.descriptions import described
from dagster.execution.job_configs import run_config_type_of, scaffolded_run_config


class Limits(Config):
    rows: int
    label: str = "all"


@op
def typed(config: Limits) -> None: ...


@op(config_schema={"to": Selector({"file": str, "table": {"name": str}}), "options": Map(str, int), "deep": Field(bool, False)})
def classic(context: Any) -> None: ...


@op
def takes(x: int) -> None: ...


@resource(config_schema={"host": str, "port": Field(int, default_value=80)})
def server(context: Any) -> None: ...


@op(required_resource_keys={"server"})
def asking(context: Any) -> None: ...


@graph
def inner() -> None:
    typed()


@job(resource_defs={"server": server})
def everything() -> None:
    typed()
    classic()
    takes()
    asking()
    inner()


def test_what_must_be_given_is_there() -> None:
    assert scaffolded_run_config(everything, only_required=True) == {
        "ops": {
            "classic": {"config": {"options": {}, "to": {"file": "..."}}},
            "inner": {"ops": {"typed": {"config": {"rows": 0}}}},
            "takes": {"inputs": {"x": 0}},
            "typed": {"config": {"rows": 0}},
        },
        "resources": {"server": {"config": {"host": "..."}}},
    }


@pytest.mark.parametrize("only_required", [True, False])
def test_what_is_scaffolded_is_taken_by_the_job(only_required: bool) -> None:
    assert validate_run_config(everything, scaffolded_run_config(everything, only_required))


def test_defaults_stand_there_where_all_is_asked_for() -> None:
    made = scaffolded_run_config(everything)
    assert made["resources"]["server"]["config"] == {"host": "...", "port": 80}
    assert made["ops"]["typed"]["config"] == {"label": "all", "rows": 0}
    assert made["loggers"] == {}  # to name one is to use it


def test_a_job_with_a_mapping_takes_what_the_mapping_takes() -> None:
    @job(config=ConfigMapping(lambda config: {}, config_schema={"day": str}))
    def mapped() -> None:
        takes()

    assert scaffolded_run_config(mapped) == {"day": "..."}


def test_jobs_of_assets_take_config_too() -> None:
    @asset
    def orders(config: Limits) -> None: ...

    implicit = Definitions(assets=[orders]).resolve_implicit_global_asset_job_def()
    assert scaffolded_run_config(implicit, only_required=True) == {"ops": {"orders": {"config": {"rows": 0}}}}


def test_classic_schemas_and_typed_config_are_described_alike() -> None:
    @op(config_schema={"rows": int, "label": Field(str, default_value="all")})
    def same(context: Any) -> None: ...

    @job
    def both() -> None:
        typed()
        same()

    types = described(run_config_type_of(both)).types
    shapes = [each for each in types.values() if {field.name for field in each.fields} == {"rows", "label"}]
    assert [[(field.name, field.is_required, field.default_json) for field in each.fields] for each in shapes] == [
        [("label", False, '"all"'), ("rows", True, None)]
    ] * 2
