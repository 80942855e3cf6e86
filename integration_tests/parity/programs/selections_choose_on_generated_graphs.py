"""Selection strings and AssetSelection on random graphs: which keys each of them means."""

import random

import dagster as dg
import seen

GROUPS = ["raw", "marts", "core/daily"]
KINDS = ["dbt", "python", "table"]
OWNERS = ["ann@example.com", "team:data"]
PREFIXES = [[], ["sales"], ["sales", "eu"], ["ops"]]
SIZE = 26
SEEDS = [1, 2, 3]

FILTERS = """
*
key:a1
key:"sales/*"
key:"*a1*"
key:"*eu*a*"
key:"*"
key:a*
key:nothing
key:"s*/a?"
group:raw
group:"core/daily"
group:core
group:nothing
group:<null>
kind:dbt
kind:"table"
kind:<null>
kind:DBT
owner:"ann@example.com"
owner:"team:data"
owner:"ann*"
tag:tier
tag:tier=1
tag:"tier"="2"
tag:tier=<null>
tag:site=
tag:a-b=c.d
partitions:<null>
partitions:none
""".split("\n")[1:-1]

REACHING = """
+group:raw
group:raw+
1+group:raw
group:raw+1
2+kind:dbt+1
+kind:dbt+
0+group:raw
group:raw+0
+key:"sales/*"
key:"*a1*"+2
(group:raw or kind:table)+1
1+(group:marts and not kind:dbt)
(*)+
+(key:"*")
roots(*)
sinks(*)
roots(group:raw)
sinks(group:raw)
roots(key:"*")
sinks(key:"*")
roots(group:marts or kind:dbt)
sinks(+group:marts)
roots(*)+1
1+sinks(*)
sinks(roots(*)+1)
+roots(group:marts)
roots(group:nothing)
""".split("\n")[1:-1]

COMBINED = """
group:raw and kind:dbt
group:raw or kind:dbt
not group:raw
not not group:raw
not group:raw and kind:dbt
not (group:raw or kind:dbt)
not (group:raw and kind:dbt)
group:raw and not kind:dbt
group:raw or kind:dbt and owner:"team:data"
(group:raw or kind:dbt) and owner:"team:data"
group:raw AND NOT kind:dbt OR tag:tier="1"
not key:"*a1*"
not *
* and group:raw
* or key:"*"
+group:raw and group:marts+
group:raw+ and +group:marts
not roots(*) and not sinks(*)
(not group:raw)+1
((group:raw))
""".split("\n")[1:-1]


def graph_of(seed: int) -> list:
    """Definitions of a random graph: every asset depends on some of the earlier ones, a few are external."""
    chance = random.Random(seed)
    definitions = []
    keys = []
    for number in range(SIZE):
        key = dg.AssetKey([*chance.choice(PREFIXES), f"a{number}"])
        deps = chance.sample(keys, min(len(keys), chance.choice([0, 1, 1, 2, 3])))
        spec = dg.AssetSpec(
            key,
            deps=deps,
            group_name=chance.choice(GROUPS),
            kinds=set(chance.sample(KINDS, chance.choice([0, 1, 2]))),
            owners=chance.sample(OWNERS, chance.choice([0, 1, 1, 2])),
            tags=chance.choice([{}, {"tier": "1"}, {"tier": "2", "site": ""}, {"tier": "", "a-b": "c.d"}]),
        )
        keys.append(key)
        definitions.append(external(spec) if chance.random() < 0.2 else made(spec))
    return definitions


def external(spec):
    return dg.AssetsDefinition(specs=[spec])


def made(spec):
    @dg.asset(
        key=spec.key,
        deps=[dep.asset_key for dep in spec.deps],
        group_name=spec.group_name,
        kinds=set(spec.kinds),
        owners=list(spec.owners),
        tags={key: value for key, value in spec.tags.items() if not key.startswith("dagster/kind/")},
    )
    def body():
        return 1

    return body


def with_objects(definitions: list) -> dict:
    """Selections that strings cannot say, or not in the same way."""
    some = dg.AssetSelection.assets(*definitions[3:9:2])
    marts = dg.AssetSelection.groups("marts", "raw")
    every = dg.AssetSelection.all(include_sources=True)
    return {
        "keys": dg.AssetSelection.keys(*(key for each in definitions[:4] for key in each.keys)),
        "assets": some,
        "all with sources": every,
        "groups": marts,
        "groups with sources": dg.AssetSelection.groups("marts", "raw", include_sources=True),
        "prefix": dg.AssetSelection.key_prefixes("sales"),
        "prefixes with sources": dg.AssetSelection.key_prefixes(["sales", "eu"], "ops", include_sources=True),
        "substring": dg.AssetSelection.key_substring("eu/a"),
        "substring with sources": dg.AssetSelection.key_substring("1", include_sources=True),
        "kind with sources": dg.AssetSelection.kind("dbt", include_sources=True),
        "no kind with sources": dg.AssetSelection.kind(None, include_sources=True),
        "tag with sources": dg.AssetSelection.tag("tier", "1", include_sources=True),
        "tag string": dg.AssetSelection.tag_string("tier=2"),
        "upstream without self": some.upstream(include_self=False),
        "one step upstream without self": some.upstream(depth=1, include_self=False),
        "downstream without self": some.downstream(include_self=False),
        "two steps downstream without self": some.downstream(depth=2, include_self=False),
        "upstream of external": every.upstream(depth=0),
        "nested": some.upstream(1).downstream(1),
        "roots": some.upstream().roots(),
        "sinks": some.downstream().sinks(),
        "sources": every.sources(),
        "external ancestors": some.upstream_source_assets(),
        "materializable": (some | every).materializable(),
        "neighbors": marts.required_multi_asset_neighbors(),
        "minus": every - marts,
        "minus minus": every - (marts - some),
        "and": marts & some.upstream(),
        "or": marts | some,
        "without checks": marts.without_checks(),
        "checks": dg.AssetSelection.all_asset_checks(),
        "string with sources": dg.AssetSelection.from_string("not group:raw", include_sources=True),
        "list of strings": dg.AssetSelection.from_coercible(["group:raw", "kind:dbt+1"]),
        "list of definitions": dg.AssetSelection.from_coercible(definitions[:5]),
    }


def bare_keys(definitions: list) -> list[str]:
    name = "/".join(next(iter(definitions[7].keys)).path)
    return [name, f"+{name}", f"{name}+", f"++{name}+", f"*{name}", f"{name}*", f"*{name}++", f"++{name}++"]


def resolved(selection, definitions: list) -> object:
    found = seen.outcome(lambda: " ".join(sorted("/".join(key.path) for key in selection.resolve(definitions))))
    return found.get("returns", found)


def facts() -> dict:
    found = {}
    for seed in SEEDS:
        definitions = graph_of(seed)
        strings = [*FILTERS, *REACHING, *COMBINED, *bare_keys(definitions)]
        selections = {string: dg.AssetSelection.from_string(string) for string in strings}
        found[f"graph {seed}"] = {
            name: resolved(selection, definitions)
            for name, selection in {**selections, **with_objects(definitions)}.items()
        }
    return found
