import contextlib

import pytest

import dagster as dg
from dagster.api_warnings import BetaWarning
from dagster.errors import (
    CheckError,
    DagsterConfigMappingFunctionError,
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    ParameterCheckError,
)
from dagster.lifecycle_marks import beta, deprecated, is_beta


@dg.resource(config_schema=int)
def number(context):
    """A number."""
    return context.resource_config


@dg.resource(config_schema={"x": dg.Field(int, default_value=3)}, required_resource_keys={"other"})
def with_other(init_context):
    return init_context.resource_config["x"], init_context.resources.other


def built(definition, config=None):
    with dg.build_resources(
        {"it": definition}, resource_config={"it": {"config": config}} if config is not None else None
    ) as made:
        return made.it


def test_the_docstring_is_the_description():
    assert (number.description, dg.resource(description="d")(lambda: 1).description) == ("A number.", "d")


@pytest.mark.parametrize("function", [lambda context: 3, lambda: 3, lambda *args: 3])
def test_a_resource_function_may_take_a_context(function):
    assert built(dg.resource(function)) == 3


def test_a_resource_function_takes_nothing_else():
    with pytest.raises(DagsterInvalidDefinitionError, match="extra params b"):
        dg.resource(lambda context, b: 1)
    assert built(dg.resource(lambda context, b=3: b)) == 3


def test_an_object_with_enter_is_the_resource_itself():
    class Connection:
        entered = False

        def __enter__(self):
            self.entered = True

        def __exit__(self, *exc_info):
            pass

    assert built(dg.resource(lambda: Connection())).entered is False


def test_a_resource_is_called_directly_with_a_context():
    context = dg.build_init_resource_context(config={"x": 4}, resources={"other": "o"})
    assert with_other(context) == (4, "o")
    assert with_other(init_context=context) == (4, "o")


def test_defaults_hold_in_a_direct_call():
    assert with_other(dg.build_init_resource_context(resources={"other": 1})) == (3, 1)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: with_other(), DagsterInvalidInvocationError),
        (lambda: with_other(None), DagsterInvalidInvocationError),
        (lambda: with_other(dg.build_init_resource_context()), DagsterInvalidInvocationError),
        (lambda: with_other(3), ParameterCheckError),
        (lambda: dg.resource(lambda: 1)(None), DagsterInvalidInvocationError),
        (lambda: number(dg.build_init_resource_context()), DagsterInvalidConfigError),
    ],
)
def test_a_direct_call_that_cannot_be_is_refused(call, error):
    with pytest.raises(error):
        call()


def test_a_generator_called_directly_is_a_context_manager():
    @dg.resource
    def session(context):
        yield "open"

    with session(None) as made:
        assert made == "open"


def test_config_may_be_decided():
    assert built(number.configured(7)) == 7


def test_config_may_be_made_of_other_config():
    assert built(number.configured(lambda config: config["half"] * 2, {"half": int}), {"half": 4}) == 8


def test_the_decorator_configures_too():
    @dg.configured(number, config_schema={"half": int})
    def twice(config):
        return config["half"] * 2

    assert built(twice, {"half": 4}) == 8


def test_decided_config_must_fit():
    with pytest.raises(DagsterInvalidConfigError, match="Invalid scalar"):
        built(number.configured("seven"))


def test_a_mapping_that_raises_is_named():
    with pytest.raises(DagsterConfigMappingFunctionError, match="ZeroDivisionError"):
        built(number.configured(lambda config: 1 // 0, {"half": int}), {"half": 4})


def test_ready_made_resources():
    definition = dg.ResourceDefinition
    assert built(definition.hardcoded_resource(3)) == 3
    assert built(definition.none_resource()) is None
    assert built(definition.string_resource(), "text") == "text"
    assert built(definition.mock_resource()).anything() is not None


def test_values_may_be_a_resource():
    assert built(dg.make_values_resource(a=int, b=str), {"a": 1, "b": "x"}) == {"a": 1, "b": "x"}
    assert built(dg.make_values_resource(), {"any": "thing"}) == {"any": "thing"}


def test_a_resource_function_is_callable():
    with pytest.raises(ParameterCheckError):
        dg.ResourceDefinition(3)  # pyright: ignore[reportArgumentType]


class Manager(dg.IOManager):
    def __init__(self, name):
        self.name = name

    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return self.name


def test_an_io_manager_comes_from_a_function_with_config():
    @dg.io_manager(config_schema={"name": dg.Field(str, default_value="fallback")})
    def manager(context):
        return Manager(context.resource_config["name"])

    assert (built(manager).name, built(manager, {"name": "given"}).name) == ("fallback", "given")
    assert manager.makes_io_manager


def test_an_io_manager_may_be_a_generator():
    @dg.io_manager
    def manager():
        yield Manager("yielded")

    assert built(manager).name == "yielded"


def test_an_io_manager_function_returns_an_io_manager():
    with pytest.raises(CheckError, match="handle_output"):
        built(dg.io_manager(lambda context: 3))


def test_a_ready_made_io_manager():
    assert built(dg.IOManagerDefinition.hardcoded_io_manager(Manager("ready"))).name == "ready"
    assert built(Manager("plain")).name == "plain"


def test_an_input_manager_loads_by_its_function():
    @dg.input_manager
    def three(context):
        return context, 3

    @dg.input_manager(description="four")
    def four():
        return 4

    assert built(three).load_input("context") == ("context", 3)
    assert (built(four).load_input("context"), four.description) == (4, "four")


def test_a_configured_io_manager_stays_one():
    manager = dg.IOManagerDefinition(lambda context: Manager(context.resource_config), config_schema=str)
    assert isinstance(manager.configured("x"), dg.IOManagerDefinition)
    assert built(manager.configured("x")).name == "x"


def test_a_context_manager_function_is_entered_and_left():
    seen = []

    @dg.resource
    @contextlib.contextmanager
    def session(context):
        seen.append("open")
        try:
            yield "session"
        finally:
            seen.append("closed")

    assert built(session) == "session"
    assert seen == ["open", "closed"]


def test_a_mark_on_a_resource_warns_when_the_resource_is_set_up() -> None:
    @beta
    @dg.resource
    def fresh(context):
        return 1

    @deprecated(breaking_version="2.0")
    @dg.resource
    def old():
        return 2

    with pytest.warns(BetaWarning, match=r"Dagster resource `.*fresh` is currently in beta"):
        assert built(fresh) == 1
    with pytest.warns(DeprecationWarning, match=r"Dagster resource `.*old` is deprecated"):
        assert built(old) == 2
    assert is_beta(fresh)


def test_a_mark_on_what_is_no_function_is_refused() -> None:
    with pytest.raises(CheckError, match="a property or a resource"):
        beta(dg.AssetSpec("orders"))


def test_a_definition_takes_attributes_of_its_maker() -> None:
    @dg.io_manager
    def files(context): ...

    files.__doc__ = "Files."
    setattr(files, "origin", "here")  # noqa: B010 - no attribute that types know
    assert (files.__doc__, vars(files)["origin"]) == ("Files.", "here")
