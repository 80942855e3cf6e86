"""Types of values: built in, of one's own, containers, classes, and what check_dagster_type says."""

import seen

import dagster as dg

Even = dg.DagsterType(lambda _, value: isinstance(value, int) and value % 2 == 0, name="Even", description="even")
Told = dg.DagsterType(lambda _, value: dg.TypeCheck(success=False, description="told", metadata={"value": value}), name="Told")
Odd = dg.DagsterType(lambda _, value: "yes", name="Odd")


class Plain:
    pass


@dg.usable_as_dagster_type
class Registered:
    pass


@dg.usable_as_dagster_type(name="Renamed", description="d")
class Other:
    pass


class Late:
    pass


CHECKS = {
    "int": (int, [1, True, "x"]),
    "float": (float, [1.0, 1]),
    "str": (str, ["x", 1]),
    "bool": (bool, [True, 1]),
    "list": (list, [[1, "a"], (1,)]),
    "dict": (dict, [{}, 3]),
    "nothing": (dg.Nothing, [None, 1]),
    "any": (dg.Any, [None, object]),
    "List[int]": (dg.List[int], [[1], ["a"], 3]),
    "Optional[int]": (dg.Optional[int], [None, 1, "x"]),
    "Dict[str, int]": (dg.Dict[str, int], [{"a": 1}, {"a": "b"}, {1: 1}]),
    "Tuple[int, str]": (dg.Tuple[int, str], [(1, "a"), (1, 2), (1,)]),
    "Set[int]": (dg.Set[int], [{1}, {"a"}]),
    "own": (Even, [2, 3]),
    "told": (Told, [1]),
    "class": (Plain, [Plain(), 1]),
    "registered": (Registered, [Registered(), 1]),
    "renamed": (Other, [Other(), 1]),
    "lists of own": (dg.List[Even], [[2], [2, 3]]),
}


def checked(annotation, value):
    check = dg.check_dagster_type(annotation, value)
    return [check.success, sorted(check.metadata)]


def described(found):
    return [found.display_name, found.has_unique_name, found.key, found.kind.value, found.description]


def facts() -> dict:
    dg.make_python_type_usable_as_dagster_type(Late, Even)
    return {
        "checks": {name: [checked(kind, value) for value in values] for name, (kind, values) in CHECKS.items()},
        "sentences": [
            dg.check_dagster_type(int, "x").description,
            dg.check_dagster_type(dg.List[int], 3).description,
            dg.check_dagster_type(dg.Dict[str, int], 3).description,
            dg.check_dagster_type(dg.Tuple[int, str], (1,)).description,
            dg.check_dagster_type(Told, 3).description,
        ],
        "made python type": checked(Late, 3),
        "types": [described(found) for found in (Even, dg.List[Even], dg.Optional[int], dg.Dict[str, int], dg.Set[int])],
        "inner": [inner.display_name for inner in dg.Optional[dg.List[Even]].inner_types],
        "python object": described(dg.PythonObjectDagsterType((int, float), name="Number")),
        "refused": {
            "union": seen.outcome(lambda: dg.check_dagster_type(int | str, 1)),
            "typing": seen.outcome(lambda: dg.check_dagster_type(list[int], [1])),
            "text": seen.outcome(lambda: dg.check_dagster_type("int", 1)),
            "answer": seen.outcome(lambda: dg.check_dagster_type(Odd, 1), mentions=["Odd"]),
            "no name": seen.outcome(lambda: dg.DagsterType(lambda _, value: True)),
            "no function": seen.outcome(lambda: dg.DagsterType(3, name="x")),
            "one argument": seen.outcome(lambda: dg.DagsterType(lambda value: True, name="x"), mentions=["x"]),
            "twice": seen.outcome(lambda: dg.make_python_type_usable_as_dagster_type(Late, Even)),
            "otherwise": seen.outcome(lambda: dg.make_python_type_usable_as_dagster_type(Late, Told)),
            "no bool": seen.outcome(lambda: dg.TypeCheck("yes")),
            "no metadata": seen.outcome(lambda: dg.TypeCheck(True, metadata={"a": object()})),
        },
    }
