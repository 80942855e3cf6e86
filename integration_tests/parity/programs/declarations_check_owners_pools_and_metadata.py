"""Owners, pools, prefixes and the names of metadata are checked where they are declared; a job has the partitions of its assets."""

import seen

import dagster as dg

LETTERS = dg.StaticPartitionsDefinition(["x"])
OTHERS = dg.StaticPartitionsDefinition(["y"])
WRONG = {1: 2}


def facts() -> dict:
    return {
        "owners": {owner: is_taken(lambda owner=owner: dg.AssetSpec("a", owners=[owner])) for owner in OWNERS},
        "pools": {pool: is_taken(lambda pool=pool: dg.op(pool=pool, name="o")(nothing)) for pool in POOLS},
        "pool of an asset": seen.outcome(lambda: dg.asset(pool="a b", name="o")(nothing), ["a b"]),
        "metadata": {name: seen.outcome(declare) for name, declare in DECLARED.items()},
        "partitions of jobs": {name: partitions(*given) for name, given in JOBS.items()},
    }


OWNERS = [
    "a@b.co",
    "a@b.c",
    "A+b_c.d%e-f@x-y.COM",
    "a!b@x.com",
    "_a@x.com",
    ".a@x.com",
    "a@x_y.com",
    "a@x.c1",
    "a@x..com",
    "\N{LATIN SMALL LETTER E WITH ACUTE}@b.com",
    "team:a b",
    "team:",
    "nobody",
]
POOLS = ["a", "a/b:c", "\N{LATIN SMALL LETTER E WITH ACUTE}", "", "a b", " a", "a\tb"]
DECLARED = {
    "asset": lambda: dg.asset(metadata=WRONG, name="o")(nothing),
    "spec": lambda: dg.AssetSpec("a", metadata=WRONG),
    "replaced": lambda: dg.AssetSpec("a").replace_attributes(metadata=WRONG),
    "merged": lambda: dg.AssetSpec("a").merge_attributes(metadata=WRONG),
    "dep": lambda: dg.AssetDep("a", metadata=WRONG),
    "out": lambda: dg.AssetOut(metadata=WRONG),
    "check": lambda: dg.AssetCheckSpec("c", asset="a", metadata=WRONG),
    "input of an op": lambda: dg.In(metadata=WRONG),
    "result": lambda: dg.MaterializeResult(metadata=WRONG),
    "observation": lambda: dg.ObserveResult(metadata=WRONG),
    "job": lambda: dg.define_asset_job("j", metadata=WRONG),
}
JOBS = {
    "of nothing partitioned": (["plain"], LETTERS),
    "of the same": (["letters"], LETTERS),
    "of others": (["letters"], OTHERS),
    "of some": (["plain", "letters"], LETTERS),
}


def nothing():
    pass


def is_taken(declare) -> bool:
    try:
        declare()
    except dg.DagsterInvalidDefinitionError:
        return False
    return True


def partitions(selection, given) -> object:
    @dg.asset
    def plain(): ...

    @dg.asset(partitions_def=LETTERS)
    def letters(): ...

    job = dg.define_asset_job("j", selection, partitions_def=given)
    try:
        found = dg.Definitions(assets=[plain, letters], jobs=[job]).resolve_job_def("j").partitions_def
    except dg.DagsterInvalidDefinitionError as refused:
        return type(refused).__name__
    return None if found is None else list(found.get_partition_keys())
