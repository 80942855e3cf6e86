"""`AssetKey`: what it is made from, how it is written, how it compares."""

import seen

import dagster as dg

A = dg.AssetKey("a")
A_B = dg.AssetKey(["a", "b"])
B = dg.AssetKey("b")
SLASHED = dg.AssetKey("a/b")


@dg.asset(key_prefix="x")
def y():
    return 1


MADE = {
    "string": lambda: dg.AssetKey("a"),
    "string with slash": lambda: dg.AssetKey("a/b").path,
    "list": lambda: dg.AssetKey(["a", "b"]),
    "tuple": lambda: dg.AssetKey(("a", "b")),
    "empty list": lambda: dg.AssetKey([]).path,
    "empty string": lambda: dg.AssetKey("").path,
    "space": lambda: dg.AssetKey("a b").path,
    "number": lambda: dg.AssetKey(1),
    "none": lambda: dg.AssetKey(None),
    "list of numbers": lambda: dg.AssetKey([1]),
    "keyword": lambda: dg.AssetKey(path=["k"]),
    "coerced string": lambda: dg.AssetKey.from_coercible("a/b").path,
    "coerced list": lambda: dg.AssetKey.from_coercible(["a", "b"]).path,
    "coerced key": lambda: dg.AssetKey.from_coercible(A_B),
    "coerced number": lambda: dg.AssetKey.from_coercible(3),
    "coerced asset": lambda: dg.AssetKey.from_coercible_or_definition(y),
    "user string": lambda: dg.AssetKey.from_user_string("a/b/c").path,
    "user string escaped": lambda: dg.AssetKey.from_user_string(r"a\/b").path,
    "escaped user string": lambda: dg.AssetKey.from_escaped_user_string(r"a\/b/c").path,
    "db string": lambda: dg.AssetKey.from_db_string('["a", "b"]').path,
    "db string none": lambda: dg.AssetKey.from_db_string(None),
    "graphql": lambda: dg.AssetKey.from_graphql_input({"path": ["a", "b"]}),
}
WRITTEN = {
    "str": lambda: str(A_B),
    "repr": lambda: repr(A_B),
    "to_string": lambda: A_B.to_string(),
    "to_user_string": lambda: A_B.to_user_string(),
    "slash": lambda: dg.AssetKey(["a/b", "c"]).to_user_string(),
    "escaped": lambda: dg.AssetKey(["a/b", "c"]).to_escaped_user_string(),
    "to_db_string": lambda: dg.AssetKey(["ä", 'q"']).to_db_string(),
    "python identifier": lambda: dg.AssetKey(["a", "b-c"]).to_python_identifier(),
    "python identifier suffix": lambda: A_B.to_python_identifier("end"),
    "graphql": lambda: A_B.to_graphql_input(),
    "path": lambda: A_B.path,
    "parts": lambda: list(A_B.parts),
    "path type": lambda: type(A_B.path).__name__,
}
RELATED = {
    "with_prefix string": lambda: A_B.with_prefix("p"),
    "with_prefix list": lambda: A_B.with_prefix(["p", "q"]),
    "has_prefix": lambda: [A_B.has_prefix(["a"]), A_B.has_prefix(["b"]), A_B.has_prefix(["a", "b"])],
    "equal": lambda: [A_B.with_prefix([]) == A_B, A_B == SLASHED, A_B == ["a", "b"], A_B == "a/b"],
    "unequal": lambda: A_B != A,
    "hash": lambda: hash(A_B) == hash(dg.AssetKey(("a", "b"))),
    "in a set": lambda: len({A_B, dg.AssetKey(["a", "b"]), dg.AssetKey("a")}),
    "as a dict key": lambda: {A_B: 1}[dg.AssetKey(["a", "b"])],
    "sorted": lambda: sorted([dg.AssetKey("b"), A_B, dg.AssetKey("a"), dg.AssetKey(["a", "a", "z"])]),
    "less": lambda: [A < A_B, A_B < B, B > A_B, A_B < A],
    "less than a string": lambda: dg.AssetKey("a") < "b",
    "match": lambda: [isinstance(A_B, dg.AssetKey), bool(A_B)],
}


def facts() -> dict:
    return {
        "made": {name: seen.outcome(call) for name, call in MADE.items()},
        "written": {name: seen.outcome(call) for name, call in WRITTEN.items()},
        "related": {name: seen.outcome(call) for name, call in RELATED.items()},
    }
