from datetime import timedelta
from typing import Any, Literal

import pytest

from dagster import (
    AssetCheckSpec,
    AssetDep,
    AssetIn,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    AutomationCondition,
    FreshnessPolicy,
    HookDefinition,
    Nothing,
    RetryPolicy,
    StaticPartitionsDefinition,
    asset,
    mem_io_manager,
)
from dagster.errors import CheckError, DagsterInvalidConfigDefinitionError, DagsterInvalidDefinitionError
from dagster.metadata.values import MetadataValue
from dagster.specs.backfills import BackfillPolicy

_HOOK = HookDefinition(name="alarm", hook_fn=print)
_DAYS = StaticPartitionsDefinition(["monday"])
_CONDITION = AutomationCondition.eager()
_FRESHNESS = FreshnessPolicy.time_window(fail_window=timedelta(hours=1))


def made(function: Any = lambda: 1, **options: Any) -> AssetsDefinition:
    options = options if {"name", "key"} & options.keys() else {"name": "orders", **options}
    return asset(**options)(function)


def spec_of(**options: Any) -> AssetSpec:
    return made(**options).get_asset_spec()


def test_a_function_becomes_an_asset_of_its_name() -> None:
    @asset
    def orders() -> None:
        """All orders."""

    assert orders.key == AssetKey("orders")
    assert orders.get_asset_spec().description == "All orders."
    assert orders.is_materializable


def test_the_decorator_is_called_with_or_without_options() -> None:
    def orders() -> None: ...

    assert asset(orders).key == asset()(orders).key == AssetKey("orders")


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"name": "b"}, ["b"]),
        ({"name": "b", "key_prefix": "a"}, ["a", "b"]),
        ({"name": "b", "key_prefix": ""}, ["b"]),
        ({"name": "c", "key_prefix": ["a", "b"]}, ["a", "b", "c"]),
        ({"key": ["a", "b"]}, ["a", "b"]),
        ({"key": AssetKey("a")}, ["a"]),
    ],
)
def test_the_key_is_made_of_prefix_and_name_or_given_whole(options: Any, parts: list[str]) -> None:
    assert made(**options).key.path == parts


def test_a_key_that_is_no_name_of_a_step_is_refused() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not a valid name"):
        made(key="a/b")


def test_the_step_is_named_by_the_whole_key() -> None:
    assert made(name="c-d", key_prefix=["a", "b"]).op.name == "a__b__c_d"


@pytest.mark.parametrize("also", [{"name": "b"}, {"key_prefix": "b"}])
def test_a_whole_key_takes_no_name_and_no_prefix(also: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="when the key argument is provided"):
        made(key="a", **also)


def test_a_lambda_needs_a_name() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"<lambda>.*test_assets\.py:"):
        asset(lambda: 1)


def test_what_is_no_function_is_refused() -> None:
    with pytest.raises(CheckError, match="write its options by name"):
        asset("orders")  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        asset(colour="red")  # pyright: ignore[reportCallIssue]


def test_arguments_are_dependencies_before_those_without_one() -> None:
    definition = made(lambda context, customers, items: 1, deps=["prices", "customers"])
    assert [dep.asset_key.to_user_string() for dep in definition.get_asset_spec().deps] == ["customers", "items", "prices"]
    assert [declared.is_loaded for declared in definition.op.inputs] == [True, True, False]


def test_dependencies_take_everything_that_has_a_key() -> None:
    upstream = made(name="upstream")
    definition = made(deps=[upstream, AssetSpec("spec"), AssetKey("key"), ["a", "b"], AssetDep("dep"), "text"])
    keys = {key.to_user_string() for key in definition.dependency_keys}
    assert keys == {"upstream", "spec", "key", "a/b", "dep", "text"}


def test_dependencies_are_a_list() -> None:
    with pytest.raises(CheckError, match=r"write \['customers'\]"):
        made(deps="customers")


def test_an_asset_does_not_depend_on_itself() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="depends on itself"):
        made(deps=["orders"])
    with pytest.raises(DagsterInvalidDefinitionError, match="depends on itself"):
        made(lambda orders: 1)


def test_ins_say_which_asset_an_argument_is() -> None:
    definition = made(lambda a, b, c: 1, ins={"a": AssetIn("x"), "b": AssetIn(key_prefix="p"), "c": "y"})
    assert definition.keys_by_input_name == {"a": AssetKey("x"), "b": AssetKey(["p", "b"]), "c": AssetKey("y")}


def test_ins_name_arguments_of_the_function() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="Key 'z' in provided ins"):
        made(lambda a: 1, ins={"z": AssetIn("x")})


def test_ins_of_nothing_need_no_argument() -> None:
    definition = made(ins={"z": AssetIn("x", dagster_type=Nothing)})
    assert [(declared.name, declared.is_loaded) for declared in definition.op.inputs] == [("z", False)]


def test_a_function_of_keywords_takes_every_in() -> None:
    definition = made(lambda **tables: 1, ins={"a": AssetIn("x"), "b": AssetIn("y")})
    assert set(definition.keys_by_input_name) == {"a", "b"}


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("metadata", {"a": 1}, {"a": 1}),
        ("tags", {"a": "b"}, {"a": "b"}),
        ("description", "Orders", "Orders"),
        ("group_name", "sales", "sales"),
        ("code_version", "1", "1"),
        ("owners", ["team:sales", "a@b.org"], ["team:sales", "a@b.org"]),
        ("kinds", {"table"}, {"table"}),
        ("partitions_def", _DAYS, _DAYS),
        ("automation_condition", _CONDITION, _CONDITION),
        ("freshness_policy", _FRESHNESS, _FRESHNESS),
        ("is_virtual", True, True),
    ],
)
def test_what_people_should_know_is_in_the_spec(option: str, value: Any, expected: Any) -> None:
    assert getattr(spec_of(**{option: value}), option) == expected


def test_kinds_are_tags() -> None:
    assert spec_of(kinds={"table"}, tags={"a": "b"}).tags == {"a": "b", "dagster/kind/table": ""}


def test_metadata_of_the_definition_stays_raw() -> None:
    assert spec_of(metadata={"a": MetadataValue.int(1), "b": [1]}).metadata == {"a": MetadataValue.int(1), "b": [1]}


def test_an_asset_is_in_the_default_group() -> None:
    assert spec_of().group_name == "default"


def test_an_output_that_is_not_required_makes_the_asset_skippable() -> None:
    definition = made(output_required=False)
    assert definition.get_asset_spec().skippable
    assert not definition.op.outputs[0].is_required


@pytest.mark.parametrize(
    ("option", "value", "attribute", "expected"),
    [
        ("op_tags", {"a": "b", "n": 1}, "tags", {"a": "b", "n": "1"}),
        ("retry_policy", RetryPolicy(3), "retry_policy", RetryPolicy(3)),
        ("pool", "db", "pool", "db"),
        ("config_schema", {"n": int}, "config_schema", {"n": int}),
        ("required_resource_keys", {"db"}, "required_resource_keys", frozenset({"db"})),
        ("code_version", "2", "code_version", "2"),
        ("description", "Orders", "description", "Orders"),
    ],
)
def test_what_its_step_needs_is_in_the_computation(option: str, value: Any, attribute: str, expected: Any) -> None:
    assert getattr(made(**{option: value}).op.computation, attribute) == expected


@pytest.mark.parametrize(
    ("option", "value", "attribute"),
    [("backfill_policy", BackfillPolicy.single_run(), "backfill_policy"), ("hooks", {_HOOK}, "hook_defs")],
)
def test_the_rest_is_in_the_definition(option: str, value: Any, attribute: str) -> None:
    assert getattr(made(**{option: value}), attribute) == value


def test_a_type_given_wins_over_the_annotation() -> None:
    def orders() -> int:
        return 1

    assert asset(dagster_type=str)(orders).op.outputs[0].annotation is str
    assert asset(orders).op.outputs[0].annotation is int


@pytest.mark.parametrize("annotation", [None, Nothing])
def test_a_function_that_gives_no_value_stores_none(annotation: Any) -> None:
    def orders() -> Any: ...

    orders.__annotations__["return"] = annotation
    assert not asset(orders).op.outputs[0].is_stored


def test_an_io_manager_is_named_or_comes_along() -> None:
    assert made(io_manager_key="db").op.outputs[0].io_manager_key == "db"
    definition = made(io_manager_def=mem_io_manager)
    assert definition.resource_defs == {"orders__io_manager": mem_io_manager}
    assert definition.op.outputs[0].io_manager_key == "orders__io_manager"


def test_an_io_manager_is_not_named_and_given_at_once() -> None:
    with pytest.raises(CheckError, match="io_manager_key and io_manager_def"):
        made(io_manager_key="db", io_manager_def=mem_io_manager)


def test_resources_come_along() -> None:
    assert made(resource_defs={"db": 1}, io_manager_def=2).resource_defs == {"db": 1, "orders__io_manager": 2}


def test_checks_are_outputs_of_the_function() -> None:
    definition = made(check_specs=[AssetCheckSpec("not_empty", asset="orders")])
    assert {key.to_user_string() for key in definition.check_keys} == {"orders:not_empty"}
    assert [(output.name, output.is_stored) for output in definition.op.outputs] == [
        ("result", True),
        ("orders_not_empty", False),
    ]


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        ([AssetCheckSpec("c", asset="customers")], "Invalid asset key"),
        ([AssetCheckSpec("c", asset="orders"), AssetCheckSpec("c", asset="orders")], "Duplicate check specs"),
    ],
)
def test_checks_are_of_this_asset_and_each_once(checks: Any, sentence: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=sentence):
        made(check_specs=checks)


def test_check_specs_are_specs() -> None:
    with pytest.raises(CheckError, match="AssetCheckSpec"):
        made(check_specs=["not_empty"])


@pytest.mark.parametrize(
    "option", [{"group_name": "a b"}, {"owners": ["nobody"]}, {"tags": {"a b": "c"}}, {"kinds": {"a b"}}, {"name": "int"}]
)
def test_names_that_cannot_be_are_refused(option: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError):
        made(**option)


def test_a_virtual_asset_with_a_function_runs_where_it_is_selected() -> None:
    definition = made(is_virtual=True)
    assert definition.is_executable
    assert definition.get_asset_spec().is_virtual


def test_a_docstring_loses_its_indentation() -> None:
    @asset
    def orders() -> None:
        """All orders.

        Indented in the file.
        """

    assert orders.get_asset_spec().description == "All orders.\n\nIndented in the file."


@pytest.mark.parametrize("annotation", [int | str, Literal["a"], 3])
def test_a_type_that_nothing_can_check_is_refused_where_it_is_written(annotation: Any) -> None:
    def takes(rows: Any) -> None: ...

    def gives() -> Any: ...

    takes.__annotations__["rows"] = annotation
    gives.__annotations__["return"] = annotation
    with pytest.raises(DagsterInvalidDefinitionError, match="argument 'rows'"):
        asset(takes)
    with pytest.raises(DagsterInvalidDefinitionError, match="return type annotation"):
        asset(gives)


def test_a_config_schema_that_cannot_be_is_refused_where_it_is_written() -> None:
    with pytest.raises(DagsterInvalidConfigDefinitionError):
        made(config_schema=3)


def test_an_asset_is_not_decorated_twice() -> None:
    with pytest.raises(CheckError, match="decorates a function"):
        asset(made())
