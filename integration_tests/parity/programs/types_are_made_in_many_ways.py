"""DagsterType, PythonObjectDagsterType, decorated classes: arguments, refusals, equality, names, what is generic."""

import typing

import seen

import dagster as dg


class Animal:
    pass


class Dog(Animal):
    pass


@dg.usable_as_dagster_type
class Plain:
    pass


@dg.usable_as_dagster_type(name="Renamed", description="renamed")
class Decorated:
    pass


class Late:
    pass


dg.make_python_type_usable_as_dagster_type(Late, dg.PythonObjectDagsterType(Late, name="TheLate"))

MADE = {
    "plain": lambda: dg.DagsterType(lambda _, value: True, name="T"),
    "described": lambda: dg.DagsterType(lambda _, value: True, name="T", description="d", metadata={"rows": 1}),
    "keyed": lambda: dg.DagsterType(lambda _, value: True, key="the key"),
    "keyed and named": lambda: dg.DagsterType(lambda _, value: True, key="k", name="n"),
    "neither": lambda: dg.DagsterType(lambda _, value: True),
    "no function": lambda: dg.DagsterType(3, name="T"),
    "function without arguments": lambda: dg.DagsterType(lambda: True, name="T"),
    "name of one of ours": lambda: dg.DagsterType(lambda _, value: True, name="Int"),
    "typing": lambda: dg.DagsterType(lambda _, value: True, name="T", typing_type=int),
    "object": lambda: dg.PythonObjectDagsterType(Animal),
    "object named": lambda: dg.PythonObjectDagsterType(Animal, name="A", description="d"),
    "objects": lambda: dg.PythonObjectDagsterType((int, str), name="Either"),
    "objects without a name": lambda: dg.PythonObjectDagsterType((int, str)),
    "object of no class": lambda: dg.PythonObjectDagsterType(3),
    "loader of no loader": lambda: dg.DagsterType(lambda _, value: True, name="T", loader=3),
}


def told(made):
    return {
        "display": made.display_name,
        "key": made.key if "0x" not in made.key else "an address",
        "unique": made.has_unique_name,
        "description": made.description,
        "builtin": made.is_builtin,
        "nothing": made.is_nothing,
        "any": made.is_any,
        "metadata": seen.metadata(made.metadata),
    }


def checked(kind, *values):
    return [seen.outcome(lambda value=value: dg.check_dagster_type(kind, value).success) for value in values]


def facts() -> dict:
    return {
        "made": {name: seen.outcome(lambda make=make: told(make())) for name, make in MADE.items()},
        "subclasses": checked(Animal, Animal(), Dog(), 3),
        "decorated": [checked(Plain, Plain(), 3), checked(Decorated, Decorated(), 3), checked(Late, Late(), 3)],
        "decorated twice": seen.outcome(lambda: dg.usable_as_dagster_type(Plain)),
        "made twice": seen.outcome(lambda: dg.make_python_type_usable_as_dagster_type(Late, dg.PythonObjectDagsterType(Late))),
        "made for a builtin": seen.outcome(lambda: dg.make_python_type_usable_as_dagster_type(int, dg.PythonObjectDagsterType(int))),
        "generic": {
            "typing.List": checked(typing.List[int], [1], ["x"]),  # noqa: UP006
            "typing.Optional": checked(typing.Optional[int], None, 1, "x"),
            "typing.Dict": checked(typing.Dict[str, int], {"a": 1}, {"a": "x"}),  # noqa: UP006
            "typing.Tuple": checked(typing.Tuple[int, str], (1, "a"), (1, 2)),  # noqa: UP006
            "typing.Set": checked(typing.Set[int], {1}, {"x"}),  # noqa: UP006
            "list[int]": checked(list[int], [1], ["x"]),
            "nested": checked(dg.Dict[str, dg.List[dg.Optional[int]]], {"a": [1, None]}, {"a": ["x"]}),
            "bare": [checked(dg.List, [1]), checked(dg.Dict, {}), checked(dg.Tuple, (1, 2)), checked(dg.Set, {1})],
        },
        "check": [
            [check.success, check.description, seen.metadata(check.metadata)]
            for check in (dg.TypeCheck(True), dg.TypeCheck(False, "d", {"a": 1}))
        ],
        "check refused": seen.outcome(lambda: dg.TypeCheck(3)),
        "equal": [dg.List[int] == dg.List[int], dg.Optional[int].key == dg.Optional[int].key],
        "names": [kind.display_name for kind in (dg.List[int], dg.Optional[dg.List[int]], dg.Dict[str, int], dg.Set[int])],
    }
