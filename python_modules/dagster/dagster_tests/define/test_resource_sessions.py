import logging

import pytest

import dagster as dg
from dagster.define.resource_sessions import (
    coerce_resources,
    initialization_order,
    missing_resource,
    open_resources,
    schemas_to_check,
)
from dagster.errors import (
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    DagsterResourceFunctionError,
    DagsterUnknownResourceError,
)


def noted(name, seen, needs=(), *, fails="nowhere"):
    """A resource that notes when it is set up and torn down."""

    @dg.resource(required_resource_keys=set(needs))
    def made(context):
        if fails == "setup":
            raise ValueError("no setup")
        seen.append(f"{name} up")
        yield name.upper()
        seen.append(f"{name} down")
        if fails == "teardown":
            raise ValueError("no teardown")

    return made


def test_resources_are_set_up_behind_what_they_need_and_torn_down_in_reverse():
    seen = []
    definitions = {"a": noted("a", seen, {"c"}), "b": noted("b", seen), "c": noted("c", seen), "d": noted("d", seen, {"a"})}
    with open_resources(definitions) as session:
        assert session.resources._asdict() == {"a": "A", "b": "B", "c": "C", "d": "D"}
        assert list(session.init_seconds) == ["b", "c", "a", "d"]
    assert seen == ["b up", "c up", "a up", "d up", "d down", "a down", "c down", "b down"]


def test_only_what_is_asked_for_is_set_up():
    seen = []
    definitions = {"a": noted("a", seen, {"b"}), "b": noted("b", seen), "c": noted("c", seen)}
    open_resources(definitions, ["a"]).close()
    assert seen == ["b up", "a up", "a down", "b down"]


def test_a_failed_setup_tears_down_what_was_set_up():
    seen = []
    with pytest.raises(DagsterResourceFunctionError, match="ResourceDefinition b: ValueError: no setup") as caught:
        open_resources({"a": noted("a", seen), "b": noted("b", seen, fails="setup")})
    assert (seen, str(caught.value.user_exception)) == (["a up", "a down"], "no setup")


def test_a_failed_teardown_stops_no_other():
    seen = []
    session = open_resources({"a": noted("a", seen), "b": noted("b", seen, fails="teardown"), "c": noted("c", seen)})
    (failed,) = session.close()
    assert (failed.key, str(failed.error)) == ("b", "no teardown")
    assert seen[-3:] == ["c down", "b down", "a down"]


def test_a_session_is_closed_once():
    seen = []
    session = open_resources({"a": noted("a", seen)})
    assert (session.close(), session.close(), seen) == ([], [], ["a up", "a down"])


def test_a_resource_sees_only_what_it_requires():
    @dg.resource(required_resource_keys={"a"})
    def nosy(context):
        return context.resources.a, hasattr(context.resources, "b")

    with dg.build_resources({"a": 1, "b": 2, "nosy": nosy}) as resources:
        assert resources.nosy == (1, False)


def test_an_unknown_resource_says_what_there_is():
    with dg.build_resources({"a": 1}) as resources, pytest.raises(DagsterUnknownResourceError, match="Available here: a"):
        _ = resources.b


def test_resources_that_need_each_other_are_refused():
    definitions = coerce_resources({"p": noted("p", [], {"q"}), "q": noted("q", [], {"r"}), "r": noted("r", [], {"q"})})
    with pytest.raises(DagsterInvariantViolationError, match="q -> r -> q"):
        initialization_order(definitions, ["p"])


def test_a_missing_resource_is_named_with_who_needs_it():
    with pytest.raises(DagsterInvalidDefinitionError, match="resource with key 'q' required by resource with key 'p' was not"):
        open_resources({"p": noted("p", [], {"q"})})
    assert "required by op 'o'" in str(missing_resource("q", "op 'o'", ["a"]))


def test_config_that_is_missing_is_asked_for():
    with pytest.raises(DagsterInvalidConfigError, match="Missing required config entry"):
        open_resources(coerce_resources({"s": dg.ResourceDefinition.string_resource()}))


def test_a_context_tells_run_instance_and_log():
    seen = []

    @dg.resource
    def curious(context):
        seen.append((context.run.run_id, context.run_id, context.instance, context.log.name, sorted(context.all_resource_defs)))

    class Run:
        run_id = "r1"

    open_resources({"curious": curious}, run=Run(), instance="instance", log=logging.getLogger("run"))
    assert seen == [("r1", "r1", "instance", "run", ["curious"])]


def test_config_of_a_context_can_be_replaced():
    context = dg.build_init_resource_context(config={"a": 1}, resources={"other": 2})
    replaced = context.replace_config({"a": 3})
    assert (replaced.resource_config, replaced.resources.other, context.resource_config) == ({"a": 3}, 2, {"a": 1})


def test_a_failed_teardown_outside_of_runs_is_logged(caplog):
    with dg.build_resources({"a": noted("a", [], fails="teardown")}):
        pass
    assert 'Teardown of resource "a" failed.' in caplog.text


def test_a_context_tears_its_resources_down_when_it_is_left():
    seen = []
    with dg.build_init_resource_context(resources={"a": noted("a", seen)}) as context:
        assert context.resources.a == "A"
    assert seen == ["a up", "a down"]


def test_schemas_are_needed_only_where_config_is_declared_or_given():
    definitions = coerce_resources({"plain": 1, "text": dg.ResourceDefinition.string_resource()})
    assert schemas_to_check(definitions, None)["plain"] is None
    assert schemas_to_check(definitions, {"resources": {"plain": {"config": 1}}})["plain"] is not None
    assert schemas_to_check(definitions, None)["text"] is not None


@pytest.mark.parametrize(
    ("resource_config", "sentence"),
    [
        ({"text": {"config": 3}}, "Invalid scalar at path root:text:config"),
        ({"text": 3}, "Value at path root:text must be dict"),
        ({"other": {}}, 'unexpected config entry "other" at the root'),
    ],
)
def test_config_of_resources_is_checked_outside_of_runs(resource_config, sentence):
    with (
        pytest.raises(DagsterInvalidConfigError, match=sentence),
        dg.build_resources({"text": dg.ResourceDefinition.string_resource()}, resource_config=resource_config),
    ):
        pass
