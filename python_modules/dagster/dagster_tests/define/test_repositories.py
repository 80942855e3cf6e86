import pytest

from dagster import (
    AssetKey,
    Definitions,
    RepositoryDefinition,
    ScheduleDefinition,
    asset,
    create_repository_using_definitions_args,
    define_asset_job,
    repository,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError

NIGHTLY = define_asset_job("nightly")
DAILY = ScheduleDefinition("daily", job=NIGHTLY, cron_schedule="@daily")


@asset
def orders() -> int:
    return 1


@repository(description="Sales.", metadata={"rows": 3})
def sales() -> list[object]:
    return [orders, [NIGHTLY], DAILY]


def test_the_list_is_sorted_into_a_project() -> None:
    assert isinstance(sales, RepositoryDefinition)
    assert (sales.name, sales.description, sales.job_names) == ("sales", "Sales.", ["__ASSET_JOB", "nightly"])
    assert [schedule.name for schedule in sales.schedule_defs] == ["daily"]
    assert list(sales.assets_defs_by_key) == [AssetKey("orders")]


def test_a_dict_may_hold_functions() -> None:
    made = repository(name="r")(lambda: {"jobs": {"nightly": lambda: NIGHTLY}, "schedules": {"daily": DAILY}})
    assert (made.has_job("nightly"), made.has_schedule_def("daily")) == (True, True)


def test_what_belongs_to_no_repository_is_named() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="at index 1"):
        repository(name="r")(lambda: [orders, 3])
    with pytest.raises(DagsterInvalidDefinitionError, match="pipelines"):
        repository(name="r")(lambda: {"pipelines": {}})


def test_a_project_is_a_repository_too() -> None:
    made = Definitions(assets=[orders], jobs=[NIGHTLY]).get_repository_def()
    assert (made.name, made.get_job("nightly").name) == ("__repository__", "nightly")
    with pytest.raises(DagsterInvariantViolationError, match="nobody"):
        made.get_schedule_def("nobody")


def test_a_repository_is_validated_as_a_project_is() -> None:
    made = create_repository_using_definitions_args("r", assets=[orders], jobs=[define_asset_job("j", ["nobody"])])
    with pytest.raises(DagsterInvalidDefinitionError, match="nobody"):
        made.load_all_definitions()


def test_a_dict_calls_things_by_their_names() -> None:
    with pytest.raises(CheckError, match="'weekly' for what is named 'nightly'"):
        repository(name="r")(lambda: {"jobs": {"weekly": lambda: NIGHTLY}})
