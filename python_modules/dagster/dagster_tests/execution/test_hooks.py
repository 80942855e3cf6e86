from typing import Any

import pytest

from dagster import (
    DagsterInvalidDefinitionError,
    Definitions,
    DynamicOut,
    DynamicOutput,
    ExecuteInProcessResult,
    HookContext,
    HookDefinition,
    HookExecutionResult,
    MaterializeResult,
    Out,
    Output,
    RetryPolicy,
    asset,
    define_asset_job,
    failure_hook,
    graph,
    job,
    op,
    success_hook,
)

SAID: list[Any] = []


@pytest.fixture(autouse=True)
def nothing_is_said() -> None:
    SAID.clear()


@success_hook
def cheers(context: HookContext) -> None:
    SAID.append((context.step_key, context.op_output_values))


@failure_hook
def alarms(context: HookContext) -> None:
    SAID.append((context.step_key, context.op_exception))


@success_hook(required_resource_keys={"chat"})
def tells(context: HookContext) -> None:
    context.resources.chat.append(context.op.name)


@success_hook
def breaks(context: HookContext) -> None:
    raise ValueError("the hook is broken")


@op(config_schema={"n": int}, out={"a": Out(), "b": Out()})
def two(context: Any):
    context.add_output_metadata({"rows": 1}, output_name="a")
    yield Output(context.op_config["n"], "a")
    yield Output(2, "b", metadata={"rows": 2})


@op
def fails() -> int:
    raise ValueError("no")


@op
def takes(x: Any) -> Any:
    return x


def hook_events(result: ExecuteInProcessResult, *more: str) -> list[tuple[str, str | None]]:
    wanted = {"HOOK_COMPLETED", "HOOK_SKIPPED", "HOOK_ERRORED", *more}
    return [(each.event_type_value, each.step_key) for each in result.all_events if each.event_type_value in wanted]


def test_the_hooks_of_a_job_are_called_after_each_of_its_steps() -> None:
    @job(hooks={cheers, alarms})
    def hooked():
        takes(fails())
        takes.alias("other")(takes.alias("first")(two()[0]))

    result = hooked.execute_in_process({"ops": {"two": {"config": {"n": 1}}}}, raise_on_error=False)
    assert [
        ("fails", "ValueError('no')"),
        ("two", "{'a': 1, 'b': 2}"),
        ("first", "{'result': 1}"),
        ("other", "{'result': 1}"),
    ] == [(step_key, repr(said)) for step_key, said in SAID]
    assert [("HOOK_COMPLETED", "fails"), ("HOOK_SKIPPED", "fails")] == hook_events(result)[:2]
    assert all(event.is_hook_event for event in result.all_events if event.event_type_value.startswith("HOOK"))
    assert result.is_node_untouched("takes")


def test_what_a_hook_is_told_of_its_step() -> None:
    told: dict[str, Any] = {}

    @success_hook
    def listens(context: HookContext) -> None:
        names = ("job_name", "step_key", "op_config", "op_exception", "op_output_metadata", "required_resource_keys")
        told.update({name: getattr(context, name) for name in names})
        told["names"] = (context.op.name, context.hook_def.name, context.run_id)
        context.log.info("heard")

    @job
    def hooked():
        two.with_hooks({listens})()

    result = hooked.execute_in_process({"ops": {"two": {"config": {"n": 1}}}})
    metadata = {name: {key: value.value for key, value in said.items()} for name, said in told.pop("op_output_metadata").items()}
    assert {"a": {"rows": 1}, "b": {"rows": 2}} == metadata
    assert ("two", "listens", result.run_id) == told.pop("names")
    assert {
        "job_name": "hooked",
        "step_key": "two",
        "op_config": {"n": 1},
        "op_exception": None,
        "required_resource_keys": frozenset(),
    } == told


def test_hooks_of_a_graph_are_those_of_its_ops_and_get_their_resources() -> None:
    @graph
    def inner():
        return takes()

    chat: list[str] = []

    @job(resource_defs={"chat": chat})
    def hooked():
        inner.with_hooks({tells})()

    hooked.execute_in_process({"ops": {"inner": {"ops": {"takes": {"inputs": {"x": {"value": 1}}}}}}})
    assert ["takes"] == chat


def test_the_resource_of_a_hook_has_to_be_given() -> None:
    @job(hooks={tells})
    def hooked():
        fails()

    with pytest.raises(DagsterInvalidDefinitionError, match="'chat'"):
        hooked.execute_in_process()


def test_each_value_of_a_dynamic_output_is_told() -> None:
    @op(out=DynamicOut())
    def letters():
        yield DynamicOutput("a", "x")
        yield DynamicOutput("b", "y")

    @job(hooks={cheers})
    def hooked():
        letters().map(takes)

    hooked.execute_in_process()
    assert [("letters", {"result": {"x": "a", "y": "b"}}), ("takes[x]", {"result": "a"}), ("takes[y]", {"result": "b"})] == SAID


def test_a_hook_that_raises_is_told_of_and_changes_nothing() -> None:
    @job(hooks={breaks, cheers})
    def hooked():
        takes.with_hooks({breaks})(two()[1])

    result = hooked.execute_in_process({"ops": {"two": {"config": {"n": 1}}}})
    assert result.success
    assert [("HOOK_ERRORED", "two"), ("HOOK_COMPLETED", "two")] == hook_events(result)[:2]
    errored = next(event for event in result.all_events if event.event_type_value == "HOOK_ERRORED")
    assert "ValueError: the hook is broken\n" == errored.event_specific_data.error.message  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]


def test_a_try_that_fails_and_is_tried_again_is_no_failure() -> None:
    @op(retry_policy=RetryPolicy(max_retries=1))
    def fails_once(context: Any) -> int:
        if not context.retry_number:
            raise ValueError("not yet")
        return 1

    @job(hooks={alarms, cheers})
    def hooked():
        fails_once()

    result = hooked.execute_in_process()
    assert [("fails_once", {"result": 1})] == SAID
    assert [
        ("STEP_UP_FOR_RETRY", "fails_once"),
        ("HOOK_SKIPPED", "fails_once"),
        ("HOOK_SKIPPED", "fails_once"),
        ("STEP_SUCCESS", "fails_once"),
        ("HOOK_SKIPPED", "fails_once"),
        ("HOOK_COMPLETED", "fails_once"),
    ] == hook_events(result, "STEP_SUCCESS", "STEP_UP_FOR_RETRY")


def test_the_failure_is_the_last_one_where_retries_are_used_up() -> None:
    @job(hooks={alarms}, op_retry_policy=RetryPolicy(max_retries=1))
    def hooked():
        fails()

    hooked.execute_in_process(raise_on_error=False)
    assert [("fails", "ValueError('no')")] == [(key, repr(said)) for key, said in SAID]


def test_steps_that_are_skipped_call_no_hook_and_are_told_before_it() -> None:
    @op(out=Out(is_required=False))
    def nothing():
        yield from ()

    @job(hooks={cheers})
    def hooked():
        takes(nothing())

    assert [("STEP_SUCCESS", "nothing"), ("STEP_SKIPPED", "takes"), ("HOOK_COMPLETED", "nothing")] == hook_events(
        hooked.execute_in_process(), "STEP_SUCCESS", "STEP_SKIPPED"
    )


def test_a_hook_made_by_hand_has_to_say_what_it_did() -> None:
    made = HookDefinition(name="made", hook_fn=lambda _context, events: HookExecutionResult("made", is_skipped=not events))
    says_nothing = HookDefinition(name="says_nothing", hook_fn=lambda _context, _events: None)

    @job(hooks={made, says_nothing})
    def hooked():
        takes.alias("one")(two()[0])

    result = hooked.execute_in_process({"ops": {"two": {"config": {"n": 1}}}})
    assert [("HOOK_COMPLETED", "two"), ("HOOK_ERRORED", "two")] == hook_events(result)[:2]


def test_assets_and_jobs_of_assets_have_hooks() -> None:
    chat: list[str] = []

    @asset(hooks={cheers})
    def numbers() -> MaterializeResult[Any]:
        return MaterializeResult(metadata={"rows": 3})

    @asset(deps=[numbers])
    def broken() -> None:
        raise ValueError("no")

    nightly = define_asset_job("nightly", hooks={tells, alarms})
    defs = Definitions(assets=[numbers, broken], jobs=[nightly], resources={"chat": chat})
    result = defs.resolve_job_def("nightly").execute_in_process(raise_on_error=False)
    assert ["numbers"] == chat
    assert ["numbers", "broken"] == [step_key for step_key, _ in SAID]
    assert ["HOOK_SKIPPED", "HOOK_COMPLETED", "HOOK_COMPLETED"] == [kind for kind, key in hook_events(result) if key == "numbers"]


def test_the_resource_of_a_hook_on_a_job_of_assets_has_to_be_given() -> None:
    @asset
    def numbers() -> int:
        return 1

    defs = Definitions(assets=[numbers], jobs=[define_asset_job("nightly", hooks={tells})])
    with pytest.raises(DagsterInvalidDefinitionError, match="'chat'"):
        defs.resolve_job_def("nightly").execute_in_process()


def test_a_hook_knows_its_node_by_the_alias() -> None:
    told: list[Any] = []

    @success_hook
    def listens(context: HookContext) -> None:
        told.append((context.op.name, context.op.definition.name, dict(context.op.tags)))

    @graph
    def inner():
        two.alias("again").tag({"of": "use"})()

    @job(hooks={listens})
    def hooked():
        inner.alias("outer")()

    hooked.execute_in_process({"ops": {"outer": {"ops": {"again": {"config": {"n": 1}}}}}})
    assert [("again", "two", {"of": "use"})] == told
