"""Functions of `dagster._check`, which libraries call on their arguments: what they hand on, and which error they raise."""

from pathlib import Path

import dagster._check as check

CALLS = {
    "a text": lambda: check.str_param("a", "x"),
    "no text": lambda: check.str_param(1, "x", "more"),
    "an optional text": lambda: [check.opt_str_param(None, "x"), check.opt_str_param(None, "x", "d")],
    "a flag is a number": lambda: check.int_param(True, "x"),
    "a number is no flag": lambda: check.bool_param(1, "x"),
    "an integer is no fraction": lambda: check.float_param(1, "x"),
    "either number": lambda: [check.numeric_param(1, "x"), check.opt_numeric_param(None, "x")],
    "a list": lambda: check.list_param(["a"], "x", of_type=str),
    "a list of others": lambda: check.list_param(["a", 1], "x", of_type=str),
    "a tuple is no list": lambda: check.list_param((1,), "x"),
    "optional lists": lambda: [check.opt_list_param(None, "x"), check.opt_nullable_list_param(None, "x")],
    "a tuple of a shape": lambda: list(check.tuple_param((1, "a"), "x", of_shape=(int, str))),
    "a tuple of another shape": lambda: check.tuple_param((1, 2), "x", of_shape=(int, str)),
    "an optional set": lambda: sorted(check.opt_set_param(None, "x")),
    "a sequence": lambda: list(check.sequence_param((1, 2), "x", of_type=int)),
    "a text is no sequence": lambda: check.sequence_param("abc", "x"),
    "no iterable": lambda: check.iterable_param(1, "x"),
    "a dict": lambda: check.dict_param({"a": 1}, "x", key_type=str, value_type=int),
    "keys of others": lambda: check.dict_param({1: 1}, "x", key_type=str),
    "values of others": lambda: check.dict_param({"a": 1}, "x", value_type=str),
    "no mapping": lambda: check.mapping_param([], "x"),
    "optional mappings": lambda: [check.opt_mapping_param(None, "x"), check.opt_nullable_dict_param(None, "x")],
    "two dimensions": lambda: check.two_dim_dict_param({"a": {"b": 1}}, "x", value_type=int),
    "one dimension": lambda: check.two_dim_dict_param({"a": 1}, "x"),
    "an instance": lambda: check.inst_param(1, "x", (str, int)),
    "no instance": lambda: check.inst_param(1, "x", str),
    "an object that is none": lambda: check.inst(1, str),
    "a class": lambda: check.class_param(bool, "x", int).__name__,
    "a class of others": lambda: check.class_param(str, "x", int),
    "one of": lambda: check.literal_param("a", "x", ["a", "b"]),
    "none of": lambda: check.literal_param("z", "x", ["a", "b"]),
    "not callable": lambda: check.callable_param(1, "x"),
    "a path": lambda: check.path_param(Path("/data"), "x"),
    "no path": lambda: check.path_param(1, "x"),
    "holds": lambda: check.invariant(True),
    "does not hold": lambda: check.invariant(False, "why"),
    "does not hold for a parameter": lambda: check.param_invariant(False, "x", "why"),
    "something": lambda: check.not_none(1),
    "nothing": lambda: check.not_none(None),
    "never reached": lambda: check.failed("no"),
    "later": lambda: check.not_implemented("later"),
    "an element": lambda: check.str_elem({"a": "b"}, "a"),
    "another element": lambda: check.str_elem({"a": 1}, "a"),
    "no element": lambda: check.str_elem({}, "a"),
    "optional elements": lambda: [check.opt_str_elem({}, "a"), check.opt_list_elem({}, "a"), check.opt_dict_elem({}, "a")],
    "members of an element": lambda: check.list_elem({"a": [1]}, "a", of_type=str),
    "a list that is one": lambda: check.is_list([1]),
    "a list that is none": lambda: check.is_list((1,)),
}


def outcome(call: object) -> object:
    try:
        return call()
    except Exception as error:
        return {"error": type(error).__name__, "is a CheckError": isinstance(error, check.CheckError), "more": "more" in str(error)}


def facts() -> dict:
    return {name: outcome(call) for name, call in CALLS.items()}
