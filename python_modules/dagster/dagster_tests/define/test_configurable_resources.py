import contextlib
from typing import Any

import pytest
from pydantic import Field, PrivateAttr, ValidationError

import dagster as dg
from dagster.config.run_schemas import process_run_config
from dagster.define.configurable_resources import ConfigurableResourceFactory
from dagster.define.resource_sessions import coerce_resources, open_resources, schemas_to_check
from dagster.errors import (
    CheckError,
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterResourceFunctionError,
)

SEEN: list[Any] = []


@pytest.fixture(autouse=True)
def _forget():
    SEEN.clear()


class Login(dg.ConfigurableResource):
    """Who one is."""

    user: str
    realm: str = "home"


class Api(dg.ConfigurableResource):
    login: Login
    retries: int = Field(default=3, gt=1)
    _session: str = PrivateAttr(default="none")

    def setup_for_execution(self, context):
        SEEN.append(("setup", context.resource_config, self.get_resource_context() is context))
        self._session = "open"

    def teardown_after_execution(self, context):
        SEEN.append(("teardown", self._session))

    def describe(self):
        return f"{self.login.user}@{self.login.realm} {self.retries} {self._session}"


class Named(dg.ConfigurableResource):
    name: str

    def setup_for_execution(self, context):
        SEEN.append(f"{self.name} up")

    def teardown_after_execution(self, context):
        SEEN.append(f"{self.name} down")


class Parent(Named):
    child: Named


def used(resources, run_config=None, use=lambda resources: resources._asdict()):
    """What `use` gives for resources that are set up as a run does it."""
    definitions = coerce_resources(resources)
    schemas = schemas_to_check(definitions, run_config)
    processed = process_run_config(run_config, owner="job j", ops={}, resources=schemas)
    with open_resources(definitions, config=processed.resources) as session:
        return use(session.resources)


def of_api(resources):
    return resources.api.describe()


def test_methods_can_be_called_without_a_run():
    assert Api(login=Login(user="ada")).describe() == "ada@home 3 none"


def test_a_run_sets_up_an_object_of_its_own():
    api = Api(login=Login(user="ada"))
    assert used({"api": api}, use=of_api) == "ada@home 3 open"
    assert SEEN == [("setup", {"retries": 3}, True), ("teardown", "open")]
    assert api.describe() == "ada@home 3 none"


def test_run_config_may_say_otherwise():
    config = {"resources": {"api": {"config": {"retries": 5}}}}
    assert used({"api": Api(login=Login(user="ada"))}, config, of_api) == "ada@home 5 open"


def test_run_config_stands_instead_of_the_whole_object():
    config = {"resources": {"login": {"config": {"user": "bob"}}}}
    assert used({"login": Login(user="ada", realm="work")}, config) == {"login": Login(user="bob", realm="home")}


def test_nested_config_is_not_said_through_the_outer_resource():
    config = {"resources": {"api": {"config": {"login": {"user": "bob"}}}}}
    with pytest.raises(DagsterInvalidConfigError, match='unexpected config entry "login"'):
        used({"api": Api(login=Login(user="ada"))}, config)


def test_constraints_hold_for_run_config():
    config = {"resources": {"api": {"config": {"retries": 1}}}}
    with pytest.raises(DagsterInvalidConfigError, match="root:resources:api:config:retries"):
        used({"api": Api(login=Login(user="ada"))}, config)


def test_config_may_be_given_at_launch():
    config = {"resources": {"login": {"config": {"user": "bob"}}}}
    assert used({"login": Login.configure_at_launch(realm="work")}, config) == {"login": Login(user="bob", realm="work")}


def test_config_at_launch_is_asked_for():
    with pytest.raises(DagsterInvalidConfigError, match="Example config for the missing entry"):
        used({"login": Login.configure_at_launch()})


def test_a_nested_resource_may_be_given_at_launch_under_its_own_key():
    login = Login.configure_at_launch()
    config = {"resources": {"login": {"config": {"user": "bob"}}}}
    assert used({"login": login, "api": Api(login=login)}, config, of_api) == "bob@home 3 open"  # pyright: ignore[reportArgumentType]


def test_a_nested_resource_given_at_launch_needs_a_key():
    with pytest.raises(DagsterInvalidDefinitionError, match=r"nested at Api\.login"):
        used({"api": Api(login=Login.configure_at_launch())})  # pyright: ignore[reportArgumentType]


def test_nested_resources_are_set_up_first_and_torn_down_last():
    used({"parent": Parent(name="parent", child=Named(name="child"))})
    assert SEEN == ["child up", "parent up", "parent down", "child down"]


def test_a_failing_parent_tears_its_children_down():
    class Broken(Parent):
        def setup_for_execution(self, context):
            raise ValueError("broken")

    with pytest.raises(DagsterResourceFunctionError, match="broken"):
        used({"broken": Broken(name="b", child=Named(name="child"))})
    assert SEEN == ["child up", "child down"]


def test_nested_resources_may_stand_in_lists_and_have_defaults():
    class Family(dg.ConfigurableResource):
        children: list[Named]
        guardian: Named = Named(name="guardian")

    used({"family": Family(children=[Named(name="a"), Named(name="b")])})
    assert SEEN == ["a up", "b up", "guardian up", "guardian down", "b down", "a down"]


def test_one_with_statement_may_do_both():
    class Whole(dg.ConfigurableResource):
        @contextlib.contextmanager
        def yield_for_execution(self, context):
            SEEN.append("in")
            yield self
            SEEN.append("out")

    used({"whole": Whole()}, use=lambda resources: SEEN.append("used"))
    assert SEEN == ["in", "used", "out"]


class Number(ConfigurableResourceFactory[int]):
    value: int

    def create_resource(self, context) -> int:
        return self.value + 1


class Holder(dg.ConfigurableResource):
    number: dg.ResourceDependency[int]
    other: dg.ResourceDependency[str | None] = None  # pyright: ignore[reportAssignmentType] - a default of the field


def test_a_factory_gives_what_it_creates():
    assert used({"number": Number(value=3)}) == {"number": 4}


@dg.resource
def five(context):
    return 5


@pytest.mark.parametrize(("given", "expected"), [(3, 3), (five, 5), (Number(value=6), 7), ("any", "any")])
def test_a_dependency_is_any_object_or_what_makes_it(given, expected):
    assert used({"holder": Holder(number=given)}, use=lambda resources: resources.holder.number) == expected


def test_a_dependency_with_config_needs_a_key():
    text = dg.ResourceDefinition.string_resource()
    with pytest.raises(DagsterInvalidDefinitionError, match=r"nested at Holder\.number"):
        used({"holder": Holder(number=text)})  # pyright: ignore[reportArgumentType]
    config = {"resources": {"text": {"config": "x"}}}
    holder = Holder(number=text)  # pyright: ignore[reportArgumentType]
    assert used({"holder": holder, "text": text}, config, lambda resources: resources.holder.number) == "x"


def test_variables_are_looked_up_when_a_run_starts(monkeypatch):
    monkeypatch.setenv("USER_OF_TEST", "eve")
    monkeypatch.setenv("RETRIES_OF_TEST", "9")
    api = Api(login=Login(user=dg.EnvVar("USER_OF_TEST")), retries=dg.EnvVar.int("RETRIES_OF_TEST"))
    assert used({"api": api}, use=of_api) == "eve@home 9 open"


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("USER_OF_TEST", raising=False)
    with pytest.raises(DagsterInvalidConfigError, match=r'root:resources:login:config:user.*"USER_OF_TEST" which is not set'):
        used({"login": Login(user=dg.EnvVar("USER_OF_TEST"))})


def test_run_config_may_be_an_object():
    config = dg.RunConfig(resources={"login": Login(user="bob")})
    assert used({"login": Login.configure_at_launch()}, config) == {"login": Login(user="bob")}


def test_a_resource_is_set_up_outside_of_runs(monkeypatch):
    monkeypatch.setenv("USER_OF_TEST", "eve")
    assert Login(user=dg.EnvVar("USER_OF_TEST")).process_config_and_initialize() == Login(user="eve")
    with Named(name="n").process_config_and_initialize_cm() as named:
        assert (named.name, SEEN) == ("n", ["n up"])
    assert SEEN == ["n up", "n down"]


def test_a_teardown_needs_a_with_statement():
    with pytest.raises(CheckError, match="process_config_and_initialize_cm"):
        Named(name="n").process_config_and_initialize()


def test_a_resource_function_may_make_a_configurable_resource():
    @dg.resource(config_schema=Login.to_config_schema())
    def login(context):
        return Login.from_resource_context(context)

    assert used({"login": login}, {"resources": {"login": {"config": {"user": "old"}}}}) == {"login": Login(user="old")}


def test_resources_are_frozen():
    with pytest.raises(DagsterInvalidInvocationError, match="'Login' is a Pythonic resource"):
        Login(user="a").user = "b"  # pyright: ignore[reportAttributeAccessIssue]


def test_equal_fields_make_equal_resources():
    assert (Login(user="a") == Login(user="a"), hash(Login(user="a")) == hash(Login(user="a"))) == (True, True)


def test_fields_must_fit():
    with pytest.raises(ValidationError):
        Api(login=Login(user="a"), retries=0)
    with pytest.raises(ValidationError):
        Api()  # pyright: ignore[reportCallIssue]


def test_a_resource_has_no_context_before_it_is_set_up():
    with pytest.raises(CheckError, match="before resource was initialized"):
        Login(user="a").get_resource_context()


def test_a_resource_describes_itself():
    assert Login(user="a").get_resource_definition().description == "Who one is."
    assert list(Login.to_fields_dict()) == ["realm", "user"]
    assert Api(login=Login(user="a")).nested_resources == {"login": Login(user="a")}


def test_plain_resources_need_no_look_at_config():
    definitions = coerce_resources({"login": Login(user="a"), "env": Login(user=dg.EnvVar("X"))})
    assert [definition.takes_declared_config for definition in definitions.values()] == [False, True]


class Store(dg.IOManager):
    def __init__(self, name):
        self.name = name

    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return self.name


class StoreFactory(dg.ConfigurableIOManagerFactory):
    name: str

    def create_io_manager(self, context):
        return Store(self.name)


class TypedStore(dg.ConfigurableIOManager):
    name: str = "typed"

    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return self.name


class AdaptedStore(dg.ConfigurableLegacyIOManagerAdapter):
    name: str

    @property
    def wrapped_io_manager(self):
        return Store(self.name)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (StoreFactory(name="made"), "made"),
        (TypedStore(), "typed"),
        (TypedStore.configure_at_launch(), "typed"),
        (AdaptedStore(name="old"), "old"),
    ],
)
def test_io_managers_may_be_classes_with_fields(given, name):
    assert used({"store": given}, use=lambda resources: resources.store.load_input(None)) == name
    assert coerce_resources({"store": given})["store"].makes_io_manager


def test_an_io_manager_with_fields_is_an_io_manager():
    assert isinstance(TypedStore(), dg.IOManager)
    with pytest.raises(TypeError, match="abstract"):
        type("Empty", (dg.ConfigurableIOManager,), {})()
