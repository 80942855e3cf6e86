from typing import Any

import pytest

from dagster import DagsterType, DagsterTypeCheckDidNotPass, TypeCheck
from dagster.errors import DagsterTypeCheckError
from dagster_tests.execution.runs import error_of, made, run


def of_type(check: Any, **options: Any) -> Any:
    return made("a", lambda: 5, dagster_type=DagsterType(check, name="Even", **options))


def test_what_the_check_finds_is_recorded_with_the_output() -> None:
    passed = of_type(lambda _context, value: TypeCheck(success=True, metadata={"value": value}, description="fine"))
    event = next(event for event in run(passed).all_events if event.is_successful_output)
    found = event.step_output_data.type_check_data
    assert (found.success, found.label, found.description, found.metadata["value"].value) == (True, "result", "fine", 5)


def test_a_value_that_does_not_pass_fails_the_step() -> None:
    odd = of_type(lambda _context, value: TypeCheck(success=value % 2 == 0, description=f"{value} is odd", metadata={"by": 1}))
    with pytest.raises(DagsterTypeCheckDidNotPass, match="5 is odd") as caught:
        run(odd, raise_on_error=True)
    assert getattr(caught.value.dagster_type, "display_name", None) == "Even"
    assert "Warning! Type check failed" in (run(odd).all_node_events[1].message or "")


def test_a_check_that_raises_is_an_error_of_user_code() -> None:
    def check(_context: Any, _value: Any) -> bool:
        raise ZeroDivisionError("in check")

    assert 'checking the type of "result" of step "a": ZeroDivisionError: in check' in error_of(run(of_type(check)), "a")
    with pytest.raises((DagsterTypeCheckError, ZeroDivisionError), match="in check"):
        run(of_type(check), raise_on_error=True)


def test_a_check_may_ask_for_the_run_its_log_and_resources() -> None:
    asked: list[Any] = []

    def check(context: Any, _value: Any) -> bool:
        context.log.info("checking")
        asked.extend([context.run_id, context.resources.limit, context.dagster_type.display_name])
        return True

    even = of_type(check, required_resource_keys={"limit"})
    result = run(
        made("a", lambda: 5, dagster_type=even.op.outputs[0].annotation, required_resource_keys={"limit"}), resources={"limit": 3}
    )
    assert asked == [result.run_id, 3, "Even"]
