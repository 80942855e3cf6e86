"""One Config class and one schema in ops, assets, checks, resources, IO managers, sensors' runs and direct calls."""

import enum
from typing import Literal

import seen
from pydantic import Field as PydanticField

import dagster as dg


class Speed(enum.Enum):
    FAST = "f"
    SLOW = "s"


class Point(dg.Config):
    x: int
    y: int = 0


class Cat(dg.Config):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(dg.Config):
    kind: Literal["dog"] = "dog"
    name: str


class Full(dg.Config):
    number: int
    text: str = "t"
    maybe: float | None = None
    speed: Speed = Speed.FAST
    mode: Literal["a", "b"] = "a"
    point: Point = Point(x=1)
    points: list[Point] = []
    by_name: dict[str, Point] = {}
    pet: Cat | Dog = PydanticField(default=Cat(), discriminator="kind")
    anything: dict = {}
    made: list[int] = PydanticField(default_factory=lambda: [1])


class Open(dg.PermissiveConfig):
    known: int = 1


def told(config):
    dumped = config.model_dump()
    return {key: seen.plain(value) for key, value in dumped.items()}


@dg.op
def of_op(config: Full):
    return told(config)


@dg.asset
def of_asset(config: Full):
    return told(config)


@dg.op
def of_open(config: Open):
    return told(config)


@dg.op
def of_int(config: int):
    return config


@dg.op
def of_list(config: list[str]):
    return config


@dg.op
def of_dict(config: dict):
    return config


@dg.op
def of_both(context: dg.OpExecutionContext, config: Point):
    return [context.op_config, config.x]


GIVEN = {
    "least": {"number": 1},
    "all": {
        "number": 1,
        "text": "x",
        "maybe": 2,
        "speed": "SLOW",
        "mode": "b",
        "point": {"x": 5},
        "points": [{"x": 1}, {"x": 2, "y": 3}],
        "by_name": {"p": {"x": 1}},
        "pet": {"dog": {"name": "rex"}},
        "anything": {"deep": [1, {"a": None}]},
        "made": [],
    },
    "none where it may be": {"number": 1, "maybe": None},
    "cat": {"number": 1, "pet": {"cat": {}}},
    "two pets": {"number": 1, "pet": {"cat": {}, "dog": {"name": "x"}}},
    "no pet": {"number": 1, "pet": {}},
    "pet without a name": {"number": 1, "pet": {"dog": {}}},
    "speed by value": {"number": 1, "speed": "s"},
    "another mode": {"number": 1, "mode": "c"},
}


def run(op, config):
    @dg.job
    def made():
        op()

    return seen.outcome(lambda: made.execute_in_process(run_config={"ops": {op.name: {"config": config}}}).output_for_node(op.name))


def materialized(config):
    run_config = {"ops": {"of_asset": {"config": config}}}
    return seen.outcome(lambda: dg.materialize_to_memory([of_asset], run_config=run_config).output_for_node("of_asset"))


def facts() -> dict:
    return {
        "op": {name: run(of_op, value) for name, value in GIVEN.items()},
        "asset": {name: materialized(value) for name, value in GIVEN.items()},
        "as object": [
            seen.outcome(lambda: run_typed(Full(number=2, point=Point(x=7), pet=Dog(name="rex"), speed=Speed.SLOW))),
            seen.outcome(lambda: run_typed(Full(number=2, points=[Point(x=1)], by_name={"a": Point(x=2)}))),
        ],
        "open": [run(of_open, {}), run(of_open, {"known": 2, "more": [1]})],
        "plain annotations": [run(of_int, 3), run(of_int, "x"), run(of_list, ["a"]), run(of_list, [1]), run(of_dict, {"a": 1})],
        "both": run(of_both, {"x": 1}),
        "called": [
            seen.outcome(lambda: of_op(Full(number=3))["number"]),
            seen.outcome(lambda: of_op(config=Full(number=3))["number"]),
            seen.outcome(lambda: of_both(dg.build_op_context(), Point(x=4))[1]),
            seen.outcome(lambda: of_asset(Full(number=3))["number"]),
            seen.outcome(lambda: of_int(4)),
        ],
        "frozen": seen.outcome(lambda: setattr(Point(x=1), "x", 2)),
        "equal": [Point(x=1) == Point(x=1), Point(x=1) == Point(x=2)],
    }


def run_typed(config):
    @dg.job
    def made():
        of_op()

    return made.execute_in_process(run_config=dg.RunConfig(ops={"of_op": config})).output_for_node("of_op")
