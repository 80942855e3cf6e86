"""Jobs whose steps may fail, and what jobs run at their end, executed in this process."""

from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    DagsterEventType,
    DagsterInstance,
    DagsterType,
    Definitions,
    Failure,
    In,
    JobDefinition,
    Nothing,
    OpExecutionContext,
    Out,
    Output,
    ReexecutionOptions,
    RetryPolicy,
    asset,
    asset_check,
    define_asset_job,
    execute_job,
    failure_hook,
    graph,
    in_process_executor,
    job,
    materialize,
    multi_asset,
    op,
    reconstructable,
    resource,
)
from dagster import AssetOut as AssetOutput
from dagster.errors import DagsterInvalidDefinitionError

CALLS: list[Any] = []
FAILS: set[str] = set()


@pytest.fixture(autouse=True)
def nothing_called() -> None:
    CALLS.clear()
    FAILS.clear()


def called(name: str) -> None:
    """A step was executed, and fails where a test says so."""
    CALLS.append(name)
    if name in FAILS:
        raise ValueError(f"{name} is closed")


@op
def one() -> int:
    called("one")
    return 1


@op
def two(number: int) -> int:
    called("two")
    return number + 1


@op(allow_failure=True)
def maybe(number: int) -> int:
    called("maybe")
    return number + 2


@op(ins={"done": In(Nothing)})
def after() -> None:
    called("after")


@op
def tell(context: OpExecutionContext) -> None:
    called("tell")
    CALLS.append([(failed.step_key, failed.reason, failed.is_allowed) for failed in context.failed_steps])


@op
def clean() -> None:
    called("clean")


@job(on_failure=tell, finally_=clean, executor_def=in_process_executor)
def nightly() -> None:
    number = one()
    two(number)
    after(maybe(number))


def ended(result: Any) -> list[str]:
    """How the steps of a run ended, in this order."""
    kinds = {"STEP_SUCCESS": "+", "STEP_FAILURE": "-", "STEP_SKIPPED": "0"}
    return [f"{event.step_key}{kinds[event.event_type_value]}" for event in result.all_events if event.event_type_value in kinds]


def test_what_failed_is_told_with_its_error_and_whether_it_may() -> None:
    FAILS.update(("two", "maybe"))
    result = nightly.execute_in_process(raise_on_error=False)
    assert ended(result) == ["one+", "maybe-", "two-", "after+", "tell+", "clean+"]
    assert CALLS[-2] == [("maybe", "ValueError: maybe is closed", True), ("two", "ValueError: two is closed", False)]
    assert result.all_events[-1].message == (
        "Execution of run for \"nightly\" failed. Steps failed: ['two']. Also failed, as they may: ['maybe']."
    )


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (ValueError("bad row"), "ValueError: bad row"),
        (Failure("described"), "dagster.events.failures.Failure: described"),
        (SystemExit(3), "SystemExit: 3"),
    ],
)
def test_the_reason_is_what_was_raised_and_not_what_led_to_it(raised: BaseException, reason: str) -> None:
    @op
    def raises() -> None:
        raise raised from KeyError("x")

    @job(on_failure=tell)
    def raising() -> None:
        raises()

    raising.execute_in_process(raise_on_error=False)
    assert CALLS[-1] == [("raises", reason, False)]


def test_an_error_that_is_allowed_is_not_raised() -> None:
    FAILS.add("maybe")
    result = nightly.execute_in_process()
    assert result.success
    assert ended(result) == ["one+", "maybe-", "two+", "after+", "tell0", "clean+"]


def test_what_is_raised_is_what_failed_first_and_not_what_failed_at_the_end() -> None:
    FAILS.update(("maybe", "two", "tell", "clean"))
    with pytest.raises(ValueError, match="two is closed"):
        nightly.execute_in_process()


def test_a_failure_of_what_runs_always_fails_the_run() -> None:
    FAILS.add("clean")
    result = nightly.execute_in_process(raise_on_error=False)
    assert not result.success
    assert ended(result) == ["one+", "maybe+", "two+", "after+", "tell0", "clean-"]


def test_a_selection_of_ops_keeps_what_runs_at_the_end() -> None:
    FAILS.add("one")
    result = nightly.execute_in_process(op_selection=["one"], raise_on_error=False)
    assert ended(result) == ["one-", "tell+", "clean+"]


def test_a_step_may_fail_only_after_its_retries() -> None:
    @op(allow_failure=True, retry_policy=RetryPolicy(max_retries=2))
    def flaky(context: OpExecutionContext) -> int:
        if context.retry_number < 2:
            raise Failure("not yet")
        return context.retry_number

    @job
    def retried() -> None:
        two(flaky())

    assert retried.execute_in_process().output_for_node("two") == 3


def test_outputs_that_were_given_before_the_failure_do_not_count() -> None:
    @op(out={"low": Out(int), "high": Out(int)}, allow_failure=True)
    def bounds() -> Any:
        yield Output(1, "low")
        raise ValueError("no more")

    @job
    def bounded() -> None:
        low, high = bounds()
        two(low)
        two.alias("three")(high)

    assert ended(bounded.execute_in_process()) == ["bounds-", "three0", "two0"]


class Interrupted(KeyboardInterrupt):
    """As somebody presses Ctrl-C."""


def test_an_interrupted_run_is_cleaned_up_after_and_tells_nobody() -> None:
    @op
    def interrupted(context: OpExecutionContext) -> None:
        raise Interrupted

    @job(on_failure=tell, finally_=clean)
    def stopped() -> None:
        two(one())
        interrupted()

    instance = DagsterInstance.ephemeral()
    with pytest.raises(Interrupted):
        stopped.execute_in_process(instance=instance)
    (run,) = instance.get_runs()
    assert run.status.value == "FAILURE"
    assert CALLS == ["clean"]
    assert instance.all_logs(run.run_id)[-1].dagster_event_type is DagsterEventType.RUN_FAILURE


def test_an_interrupt_of_what_runs_always_leaves_the_rest_out() -> None:
    @op
    def interrupted() -> None:
        raise Interrupted

    @job(finally_=[interrupted, clean])
    def stopped() -> None:
        one()

    with pytest.raises(Interrupted):
        stopped.execute_in_process()
    assert CALLS == ["one"]


@resource
def broken(_context: Any) -> None:
    raise ValueError("no server")


def test_where_a_resource_cannot_be_set_up_what_needs_others_still_runs() -> None:
    @op(required_resource_keys={"server"})
    def serve() -> None:
        called("serve")

    @op(required_resource_keys={"files"})
    def tidy(context: OpExecutionContext) -> None:
        called(f"tidy {context.resources.files}")

    @job(resource_defs={"server": broken, "files": "files"}, on_failure=tell, finally_=tidy)
    def served() -> None:
        serve()

    result = served.execute_in_process(raise_on_error=False)
    assert not result.success
    assert CALLS == ["tell", [], "tidy files"]


def test_config_hooks_and_graphs_reach_what_runs_at_the_end() -> None:
    seen: list[str] = []

    @failure_hook
    def regret(context: Any) -> None:
        seen.append(context.step_key)

    @op(config_schema={"table": str})
    def drop(context: OpExecutionContext) -> str:
        return context.op_config["table"]

    @op
    def dropped(table: str, note: str) -> None:
        called(f"{note} {table}")

    @graph
    def tidy() -> None:
        dropped(drop())

    @job(finally_=[tidy, dropped.alias("last")], hooks={regret})
    def tidied() -> None:
        one()

    FAILS.add("b y")
    ops = {
        "tidy": {"ops": {"drop": {"config": {"table": "x"}}, "dropped": {"inputs": {"note": "a"}}}},
        "last": {"inputs": {"table": "y", "note": "b"}},
    }
    result = tidied.execute_in_process(run_config={"ops": ops}, raise_on_error=False)
    assert ended(result) == ["one+", "tidy.drop+", "last-", "tidy.dropped+"]
    assert CALLS == ["one", "b y", "a x"]
    assert seen == ["last"]


def reexecuted(instance: DagsterInstance, parent: Any) -> Any:
    CALLS.clear()
    options = ReexecutionOptions.from_failure(parent.run_id, instance)
    return execute_job(reconstructable(nightly), instance, reexecution_options=options)


def test_a_reexecution_decides_anew_what_runs_at_the_end(tmp_path: Any) -> None:
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        FAILS.update(("two", "maybe"))
        first = execute_job(reconstructable(nightly), instance)
        second = reexecuted(instance, first)
        assert ended(second) == ["maybe-", "two-", "after+", "tell+", "clean+"]
        FAILS.clear()
        third = reexecuted(instance, second)
        assert ended(third) == ["maybe+", "two+", "after+", "tell0", "clean+"]
        assert third.success


def test_a_reexecution_of_a_run_that_only_failed_at_the_end_executes_the_end(tmp_path: Any) -> None:
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        FAILS.add("clean")
        first = execute_job(reconstructable(nightly), instance)
        FAILS.clear()
        assert ended(reexecuted(instance, first)) == ["tell0", "clean+"]


def test_some_steps_are_executed_again_with_what_runs_at_the_end(tmp_path: Any) -> None:
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        first = execute_job(reconstructable(nightly), instance)
        again = execute_job(reconstructable(nightly), instance, reexecution_options=ReexecutionOptions(first.run_id, ["maybe"]))
        assert ended(again) == ["maybe+", "tell0", "clean+"]


@asset(allow_failure=True)
def prices() -> int:
    called("prices")
    return 1


@asset
def doubled(prices: int) -> int:
    return prices * 2


@asset(deps=[prices])
def noted() -> None:
    called("noted")


@asset_check(asset=prices)
def is_positive() -> AssetCheckResult:
    called("checked")
    return AssetCheckResult(passed=True)


def test_what_loads_an_asset_that_failed_as_it_may_is_skipped_as_are_its_checks() -> None:
    FAILS.add("prices")
    result = materialize([prices, doubled, noted, is_positive])
    assert result.success
    assert ended(result) == ["prices-", "doubled0", "prices_is_positive0", "noted+"]
    assert CALLS == ["prices", "noted"]


def test_a_job_of_assets_runs_ops_at_its_end_also_with_some_of_its_assets() -> None:
    defs = Definitions(
        assets=[prices, doubled, noted],
        jobs=[define_asset_job("priced", on_failure=tell, finally_=[clean, after.alias("later")])],
    )
    FAILS.add("noted")
    priced = defs.resolve_job_def("priced")
    assert ended(priced.execute_in_process(raise_on_error=False)) == [
        "prices+",
        "doubled+",
        "noted-",
        "tell+",
        "clean+",
        "later+",
    ]
    assert ended(priced.execute_in_process(asset_selection=[prices])) == ["prices+", "tell0", "clean+", "later+"]


def test_several_assets_may_fail_together() -> None:
    @multi_asset(outs={"low": AssetOutput(), "high": AssetOutput()}, allow_failure=True)
    def both() -> tuple[int, int]:
        raise ValueError("no")

    assert ended(materialize([both])) == ["both-"]


def test_inputs_of_what_an_asset_job_runs_at_its_end_are_config() -> None:
    @op
    def note(text: str) -> None:
        called(text)

    defs = Definitions(assets=[prices], jobs=[define_asset_job("priced", finally_=note)])
    defs.resolve_job_def("priced").execute_in_process(run_config={"ops": {"note": {"inputs": {"text": "bye"}}}})
    assert CALLS == ["prices", "bye"]


@graph
def plain() -> None:
    two(one())


def made(**options: Any) -> JobDefinition:
    return plain.to_job("made", **options)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"finally_": "clean"}, "finally_ of job 'made' takes ops and graphs. Got 'clean'"),
        ({"on_failure": [tell, tell]}, "Job 'made' has two nodes 'tell', one of them in on_failure"),
        ({"on_failure": tell, "finally_": tell}, r"Give one of them another name: tell.alias\('...'\)"),
        ({"finally_": one}, "Job 'made' has two nodes 'one', one of them in finally_"),
        (
            {"finally_": op(name="x", ins={"a": In(DagsterType(lambda _context, _value: True, name="Rows"))})(lambda a: a)},
            "Input 'a' of op 'x' has no way",
        ),
        ({"resource_defs": {}, "finally_": op(name="x", required_resource_keys={"db"})(lambda: 1)}, "'db'"),
    ],
)
def test_what_cannot_run_at_the_end_of_a_job_is_refused_where_it_is_declared(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=sentence):
        made(**options)


@pytest.mark.parametrize(
    ("finally_", "sentence"),
    [
        (op(name="prices")(lambda: 1), "Job 'priced' has two nodes 'prices'"),
        (op(name="x", required_resource_keys={"db"})(lambda: 1), "'db'"),
    ],
)
def test_a_job_of_assets_refuses_it_when_the_project_is_resolved(finally_: Any, sentence: str) -> None:
    defs = Definitions(assets=[prices], jobs=[define_asset_job("priced", finally_=finally_)])
    with pytest.raises(DagsterInvalidDefinitionError, match=sentence):
        defs.resolve_job_def("priced")


@pytest.mark.parametrize("given", ["yes", None, 1])
def test_leave_to_fail_is_true_or_false(given: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="allow_failure of @op 'x' is .*True or False"):
        op(name="x", allow_failure=given)(lambda: 1)


def test_equal_jobs_of_assets_are_equal_with_what_they_run_at_the_end() -> None:
    assert define_asset_job("a", finally_=clean) == define_asset_job("a", finally_=clean)
    assert define_asset_job("a", finally_=clean) != define_asset_job("a", on_failure=clean)


def test_a_job_needs_the_resources_of_what_it_runs_at_its_end() -> None:
    tidy = op(name="tidy", required_resource_keys={"files"})(lambda: 1)
    assert "files" in made(finally_=tidy).required_resource_keys
    defs = Definitions(assets=[prices], jobs=[define_asset_job("priced", finally_=tidy)], resources={"files": 1})
    assert "files" in defs.resolve_job_def("priced").required_resource_keys


def test_what_runs_at_the_end_stands_apart_in_the_picture() -> None:
    drawing = nightly.visualize()
    assert drawing.mermaid.splitlines() == [
        "flowchart TD",
        '    s0["one"]',
        '    s1["maybe"]',
        '    s2["two"]',
        '    s3["after"]',
        '    subgraph on_failure["where the run failed"]',
        '        s4["tell"]',
        "    end",
        '    subgraph finally_["always, at the end"]',
        '        s5["clean"]',
        "    end",
        "    s0 --> s1",
        "    s0 --> s2",
        "    s1 --> s3",
    ]
    assert "<title>tell: where the run failed</title>" in drawing.svg
