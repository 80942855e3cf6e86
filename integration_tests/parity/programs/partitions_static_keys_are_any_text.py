"""Static keys as people write them: spaces, umlauts, slashes, dots; what is refused; their order, pages and ranges; files of them."""

import os

import seen

import dagster as dg

KEYS = ["New York", "São Paulo", "a/b", "a.b", "1", "-", "A", "a", "x:y", "100%", "日本", "trailing ", "#tag", "a=b"]
TEXTS = dg.StaticPartitionsDefinition(KEYS)
REFUSED = {
    "a separator of ranges": ["a...b"],
    "brackets": ["[a]"],
    "a comma": ["a,b"],
    "duplicates": ["a", "b", "a"],
    "empty": [""],
    "no list": "abc",
    "numbers": [1, 2],
    "nothing": [],
    "a tab": ["tab\tkey"],
    "a newline": ["a\nb"],
    "a backslash": ["a\\b"],
    "quotes": ['a"b'],
    "none": [None],
    "a pipe": ["a|b"],
    "a tuple": ("a", "b"),
    "a set of one": {"a"},
}


def stored() -> list:
    folder = os.path.join(os.environ["DAGSTER_HOME"], "files")

    @dg.asset(partitions_def=TEXTS)
    def texts(context: dg.AssetExecutionContext):
        return context.partition_key

    told = []
    for key in ["New York", "São Paulo", "1", "x:y", "100%", "日本", "trailing ", "a/b"]:
        with dg.DagsterInstance.ephemeral() as instance:
            result = dg.materialize([texts], partition_key=key, instance=instance, resources={"io_manager": dg.FilesystemIOManager(base_dir=folder)})
            tags = instance.get_run_by_id(result.run_id).tags
            told.append([result.output_for_node("texts"), tags["dagster/partition"], sorted(instance.get_materialized_partitions(texts.key))])
    return [told, seen.files_below(folder)]


def facts() -> dict:
    with dg.partition_loading_context() as context:
        pages = []
        cursor = None
        for _ in range(4):
            page = TEXTS.get_paginated_partition_keys(context, 5, ascending=True, cursor=cursor)
            pages.append([list(page.results), page.has_more])
            cursor = page.cursor
        backwards = TEXTS.get_paginated_partition_keys(context, 3, ascending=False)
    return {
        "keys": list(TEXTS.get_partition_keys()),
        "count": TEXTS.get_num_partitions(),
        "ends": [TEXTS.get_first_partition_key(), TEXTS.get_last_partition_key()],
        "exist": {key: TEXTS.has_partition_key(key) for key in ["New York", "new york", "", " 1", "日本"]},
        "str": str(TEXTS),
        "pages": pages,
        "backwards": [list(backwards.results), backwards.has_more],
        "ranges": [
            seen.outcome(lambda: list(TEXTS.get_partition_keys_in_range(dg.PartitionKeyRange(*ends))))
            for ends in [("a/b", "A"), ("A", "a/b"), ("New York", "New York"), ("New York", "nowhere")]
        ],
        "stored": stored(),
        "refused": {name: seen.outcome(lambda keys=keys: list(dg.StaticPartitionsDefinition(keys).get_partition_keys())) for name, keys in REFUSED.items()},
        "equal": [
            TEXTS == dg.StaticPartitionsDefinition(list(KEYS)),
            TEXTS == dg.StaticPartitionsDefinition(KEYS[::-1]),
            hash(TEXTS) == hash(dg.StaticPartitionsDefinition(list(KEYS))),
        ],
        "repr": repr(dg.StaticPartitionsDefinition(["a"])),
    }
