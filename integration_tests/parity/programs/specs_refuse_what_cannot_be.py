"""Declarations that are refused at once, and the class of the refusal."""

import seen

import dagster as dg


def asset(**options):
    def declare():
        @dg.asset(**options)
        def a():
            return 1

        return a.key

    return declare


def spec(*arguments, **options):
    return lambda: dg.AssetSpec(*arguments, **options).key


def lambda_asset():
    return dg.asset(lambda: 1).key


def varargs():
    @dg.asset
    def a(*things):
        return 1

    return sorted(a.keys_by_input_name)


def keywords():
    @dg.asset
    def a(**things):
        return 1

    return sorted(a.keys_by_input_name)


def default_argument():
    @dg.asset
    def a(x=1):
        return x

    return sorted(a.keys_by_input_name)


def context_second():
    @dg.asset
    def a(x, context):
        return x

    return sorted(a.keys_by_input_name)


CASES = {
    "owner without at": asset(owners=["ada"]),
    "owner team empty": asset(owners=["team:"]),
    "owner number": asset(owners=[1]),
    "group with space": asset(group_name="a b"),
    "group with dash": asset(group_name="a-b"),
    "group empty": asset(group_name=""),
    "group slash": asset(group_name="a/b"),
    "group of a spec": spec("a", group_name="not good"),
    "tag key with space": asset(tags={"a b": "c"}),
    "tag key too long": asset(tags={"k" * 64: "c"}),
    "tag value long": asset(tags={"k": "v" * 64}),
    "tag value number": asset(tags={"k": 1}),
    "tag value with slash": asset(tags={"k": "a/b"}),
    "tag value empty": asset(tags={"k": ""}),
    "tag reserved": asset(tags={"dagster/own": "c"}),
    "kinds four": asset(kinds={"a", "b", "c", "d"}),
    "kinds with space": asset(kinds={"a b"}),
    "kinds list": asset(kinds=["a"]),
    "name with dash": asset(name="a-b"),
    "name with slash": asset(name="a/b"),
    "name empty": asset(name=""),
    "name keyword": asset(name="class"),
    "key with slash": asset(key="a/b"),
    "key with dash": asset(key="a-b"),
    "key_prefix dotted": asset(key_prefix="a.b"),
    "key and prefix": asset(key="k", key_prefix="p"),
    "unknown parameter": asset(colour="red"),
    "code_version number": asset(code_version=3),
    "description number": asset(description=3),
    "metadata list": asset(metadata=["a"]),
    "metadata object": asset(metadata={"a": object()}),
    "spec metadata object": spec("a", metadata={"a": object()}),
    "spec owner": spec("a", owners=["x"]),
    "spec key number": spec(5),
    "spec key none": spec(None),
    "spec key empty": spec(""),
    "spec deps twice": spec("a", deps=["b", "b"]),
    "spec deps self": spec("a", deps=["a"]),
    "spec dep number": spec("a", deps=[4]),
    "lambda": lambda_asset,
    "varargs": varargs,
    "keywords": keywords,
    "default argument": default_argument,
    "context second": context_second,
    "io_manager_key and def": asset(io_manager_key="x", io_manager_def=dg.mem_io_manager),
    "not a function": lambda: dg.asset(3),
}


def facts() -> dict:
    return {name: seen.outcome(case) for name, case in CASES.items()}
