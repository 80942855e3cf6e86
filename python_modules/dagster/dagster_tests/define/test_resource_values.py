import pytest

from dagster import ConfigurableResource, IAttachDifferentObjectToOpContext
from dagster.define.resource_values import Resources, limited, resource_itself
from dagster.errors import DagsterUnknownResourceError


class Database(ConfigurableResource, IAttachDifferentObjectToOpContext):
    def get_object_to_set_on_execution_context(self) -> str:
        return "connection"


class Broken(IAttachDifferentObjectToOpContext):
    def get_object_to_set_on_execution_context(self) -> str:
        raise KeyError("not found")


def test_another_object_is_shown_and_the_resource_is_still_there() -> None:
    database = Database()
    resources = limited(Resources({"database": database}), ["database"])
    assert resources.database == "connection"
    assert resource_itself(resources, "database") is database


def test_an_error_of_the_resource_is_no_unknown_resource() -> None:
    with pytest.raises(KeyError, match="not found"):
        Resources({"broken": Broken()}).broken  # noqa: B018


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(DagsterUnknownResourceError, match="other"):
        Resources({}).other  # noqa: B018
