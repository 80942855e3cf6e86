"""Selections as strings: what they print, what is read back, what is refused; equality and the parts of a tree."""

import dagster as dg
import seen

READ = """
key:a
key:"a/b*"+2
1+key:x
+group:x
+key:x+
2+key:x+3
kind:dbt
kind:<null>
owner:"team:x"
tag:k=v
tag:k
tag:"k"="v w"
tag:a-b=c.d
tag: k = v
group:<null>
sinks(key:a)
roots(group:x)+
not key:a
not not key:a
not +key:a
(not key:a)+
not key:a and key:b
key:a or key:b and key:c
(key:a or key:b) and key:c
key:a and not key:b
key:a or (key:b or key:c)
+(key:a or key:b)+2
key:"a"and(key:b)or not(key:c)
* and key:a
(key:a)
code_location:here
status:"healthy"
column:<null>
table_name:"a.b"
column_tag:k=v
changed_in_branch:NEW
job:nightly
schedule:daily
sensor:watch
automation_type:eager
a
a/b
[a]?
a.b-c
and
""".split("\n")[1:-1]

REFUSED = [
    *["", " ", "()", "key:", "key:a key:b", "key:a and", "(key:a", "key:a)", "a b", "a@b", "1+a", "a and b", '"a"'],
    *["++key:x", "key:x++", "key:x+1+2", "+not key:a", "*+", "+*", "**", "group:x*", "key:a.b", "key:9", "key:and"],
    *["owner:a@b.c", "key:<null>", "KEY:a", "foo:bar", "sources(key:a)", "SINKS(key:a)", "sinks()", "key:a And key:b"],
    *["key:'a'", 'key:"a', "key:a & key:b", "key:a,key:b", "column_tag:<null>", "a+1", "+*a", "a*+", "a*b"],
]

S = dg.AssetSelection


@dg.asset
def one():
    return 1


@dg.asset(key_prefix="p")
def two():
    return 2


def written() -> dict:
    printed = {
        "all": S.all(),
        "keys": S.keys("a/b", ["c", "d"]),
        "one key": S.keys("a b"),
        "groups": S.groups("x", "y"),
        "no group": S.groups(),
        "tag": S.tag("k", "v"),
        "label": S.tag("k", ""),
        "substring": S.key_substring("a"),
        "upstream": S.keys("a", "b").upstream(),
        "upstream of group": S.groups("x").upstream(2),
        "downstream": (S.groups("x") & S.kind("k")).downstream(),
        "without self": S.keys("a").upstream(include_self=False),
        "or": S.keys("a") | S.keys("b") | S.groups("c"),
        "and of or": (S.keys("a") | S.keys("b")) & S.owner("o"),
        "minus": S.keys("a") - S.keys("b") - S.keys("c"),
        "minus of minus": S.keys("a") - (S.keys("b") - S.keys("c")),
        "not": S.all() - S.groups("x"),
        "functions": S.groups("x").upstream().roots().sinks(),
        "definitions": S.assets(one, two),
        "prefix": S.key_prefixes("a"),
        "checks": S.all_asset_checks(),
        "materializable": S.all().materializable(),
        "external": S.all().upstream_source_assets(),
    }
    return {name: seen.outcome(selection.to_selection_str) for name, selection in printed.items()}


def coerced() -> dict:
    given = {
        "string": "key:a or b",
        "bare": "a/b",
        "strings": ["a", "key:b+"],
        "one string": ["*"],
        "tuple": ("a", "b"),
        "keys": [dg.AssetKey("a"), dg.AssetKey(["b", "c"])],
        "definitions": [one, two],
        "selection": S.keys("a"),
        "number": 3,
        "numbers": [3],
        "nothing": None,
        "set": {"a"},
    }
    return {
        name: seen.outcome(lambda value=value: str(S.from_coercible(value))) for name, value in given.items()
    }


def wrong_arguments() -> dict:
    calls = {
        "or string": lambda: S.keys("a") | "b",
        "minus number": lambda: S.keys("a") - 3,
        "and none": lambda: S.keys("a") & None,
        "key number": lambda: S.keys(3),
        "assets number": lambda: S.assets(3),
        "groups list": lambda: S.groups(["a", "b"]),
        "kind number": lambda: S.kind(3),
        "owner number": lambda: S.owner(3),
        "tag number": lambda: S.tag("a", None),
        "substring number": lambda: S.key_substring(3),
        "prefix number": lambda: S.key_prefixes(3),
        "depth string": lambda: S.keys("a").upstream(depth="2"),
        "two equal signs": lambda: S.tag_string("a=b=c"),
        "unknown key": lambda: S.keys("nobody", "one").resolve([one, two]),
        "unknown key downstream": lambda: S.keys("nobody").downstream().resolve([one, two]),
        "unknown key allowed": lambda: S.keys("nobody", "one").resolve([one, two], allow_missing=True),
        "unknown bare key": lambda: S.from_string("nobody+").resolve([one, two]),
    }
    return {name: seen.outcome(call, mentions=["nobody"] if "unknown" in name else ()) for name, call in calls.items()}


def trees() -> dict:
    union = S.keys("a") | S.groups("g") | S.kind("k")
    reach = S.keys("a").downstream(2, include_self=False)
    return {
        "equal": [
            S.keys("a") == S.keys("a"),
            S.keys("a", "b") == S.keys("b", "a"),
            S.keys("a/b") == S.assets(["a", "b"]),
            S.groups("a") == S.groups("a", include_sources=True),
            S.from_string("+group:x") == S.groups("x").upstream(),
            union == (S.keys("a") | (S.groups("g") | S.kind("k"))),
        ],
        "operands": len(union.operands),
        "depth": [reach.depth, reach.include_self, reach.child == S.keys("a")],
        "sides": [str((S.keys("a") - S.keys("b")).left), str((S.keys("a") - S.keys("b")).right)],
        "keys": seen.plain(list(S.keys("a/b", "c").selected_keys)),
        "groups": list(S.groups("x", "y").selected_groups),
        "names": [type(each).__name__ for each in (S.all(), S.keys("a"), union, reach, S.all() - union, S.kind("k"))],
        "parentheses": [
            each.operand_to_selection_str() for each in (S.keys("a"), S.keys("a", "b"), union, S.all() - union)
        ],
    }


def facts() -> dict:
    return {
        "read": {string: seen.outcome(lambda string=string: str(S.from_string(string))) for string in READ},
        "refused": {string: seen.outcome(lambda string=string: str(S.from_string(string))) for string in REFUSED},
        "written": written(),
        "coerced": coerced(),
        "wrong arguments": wrong_arguments(),
        "trees": trees(),
    }
