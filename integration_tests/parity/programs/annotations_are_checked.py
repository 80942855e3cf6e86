"""Type annotations of outputs and inputs, and the failures of their checks."""

from typing import Any, Optional, Union

import seen

import dagster as dg


class Own:
    pass


@dg.asset
def wrong_int() -> int:
    return "three"


@dg.asset
def right_int() -> int:
    return 3


@dg.asset
def a_bool_for_int() -> int:
    return True


@dg.asset
def an_int_for_float() -> float:
    return 3


@dg.asset
def own_class() -> Own:
    return Own()


@dg.asset
def wrong_own() -> Own:
    return 1


@dg.asset
def optional() -> Optional[int]:  # noqa: UP045 - the older spelling is what is tested
    return None


@dg.asset
def wrong_optional() -> Optional[int]:  # noqa: UP045
    return "x"


@dg.asset
def optional_with_pipe() -> int | None:
    return 1


@dg.asset
def list_of_int() -> list[int]:
    return [1, 2]


@dg.asset
def wrong_list() -> list[int]:
    return ["a"]


@dg.asset
def a_dict() -> dict[str, int]:
    return {"a": 1}


@dg.asset
def any_value() -> Any:
    return 1


@dg.asset
def none_returns_something() -> None:
    return 5


@dg.asset
def none_returns_none() -> None:
    pass


@dg.asset
def output_of_int() -> dg.Output[int]:
    return dg.Output("x")


@dg.asset
def result_annotation() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"a": 1})


@dg.asset
def a_string_annotation() -> "int":
    return 4


@dg.asset
def wants_str(right_int: str):
    return right_int


CASES = [
    wrong_int,
    right_int,
    a_bool_for_int,
    an_int_for_float,
    own_class,
    wrong_own,
    optional,
    wrong_optional,
    optional_with_pipe,
    list_of_int,
    wrong_list,
    a_dict,
    any_value,
    none_returns_something,
    none_returns_none,
    output_of_int,
    result_annotation,
    a_string_annotation,
]


def unions() -> list:
    def with_pipe():
        @dg.asset
        def a() -> int | str:
            return 1

        return dg.materialize([a]).success

    def with_name():
        @dg.asset
        def a() -> Union[int, str]:  # noqa: UP007
            return 1

        return dg.materialize([a]).success

    return [seen.outcome(with_pipe), seen.outcome(with_name)]


def of_run(assets) -> dict:
    result = dg.materialize(assets, raise_on_error=False)
    checks = [
        e.event_specific_data.type_check_data for e in result.all_events if e.event_type_value in ("STEP_OUTPUT", "STEP_INPUT")
    ]
    return {
        "success": result.success,
        "checks": [[check.success, check.label] for check in checks],
        "events": seen.step_events(result)[2:],
        "loud": seen.outcome(lambda: dg.materialize(assets).success),
    }


def facts() -> dict:
    return {
        **{asset.op.name: of_run([asset]) for asset in CASES},
        "unions": unions(),
        "wants_str": of_run([right_int, wants_str]),
        "type names": {asset.op.name: asset.op.output_defs[0].dagster_type.display_name for asset in CASES},
    }
