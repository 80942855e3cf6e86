"""A mapping of a user's class: when it is asked, with what, and what its errors become."""

import seen

import dagster as dg

LETTERS = dg.StaticPartitionsDefinition(["a", "b", "c"])
ASKED = []


class Neighbours(dg.PartitionMapping):
    """Each letter depends on itself and the next one; asks a mapping of the library for the rest."""

    @property
    def description(self):
        return "each and the next"

    def validate_partition_mapping(self, upstream_partitions_def, downstream_partitions_def): ...

    def get_upstream_mapped_partitions_result_for_partitions(
        self,
        downstream_partitions_subset,
        downstream_partitions_def,
        upstream_partitions_def,
        current_time=None,
        dynamic_partitions_store=None,
    ):
        keys = list(downstream_partitions_subset.get_partition_keys())
        ASKED.append([keys, type(downstream_partitions_def).__name__, dynamic_partitions_store is not None])
        letters = list(upstream_partitions_def.get_partition_keys())
        wanted = [letter for key in keys for letter in letters[letters.index(key) : letters.index(key) + 2]]
        return dg.SpecificPartitionsPartitionMapping(wanted).get_upstream_mapped_partitions_result_for_partitions(
            downstream_partitions_subset, downstream_partitions_def, upstream_partitions_def
        )

    def get_downstream_partitions_for_partitions(
        self,
        upstream_partitions_subset,
        upstream_partitions_def,
        downstream_partitions_def,
        current_time=None,
        dynamic_partitions_store=None,
    ):
        return downstream_partitions_def.empty_subset()


class Failing(Neighbours):
    def get_upstream_mapped_partitions_result_for_partitions(self, *args, **kwargs):
        raise ValueError("no idea")


class Unfinished(dg.PartitionMapping):
    @property
    def description(self):
        return "half of it"


def made_with(mapping, key):
    loaded = []

    class Memory(dg.IOManager):
        def handle_output(self, context, obj): ...

        def load_input(self, context):
            loaded.append(sorted(context.asset_partition_keys))

    @dg.asset(partitions_def=LETTERS)
    def raw(): ...

    @dg.asset(partitions_def=LETTERS, ins={"raw": dg.AssetIn(partition_mapping=mapping)})
    def made(raw): ...

    result = dg.materialize(
        [raw, made], selection=[made], partition_key=key, resources={"io_manager": Memory()}, raise_on_error=False
    )
    return [result.success, loaded]


def facts() -> dict:
    ASKED.clear()
    loaded = [made_with(Neighbours(), "a"), made_with(Neighbours(), "c")]
    asked = [each for position, each in enumerate(ASKED) if each not in ASKED[:position]]
    return {
        "loaded": loaded,
        "asked": asked,
        "failing": made_with(Failing(), "a"),
        "unfinished": seen.outcome(lambda: Unfinished()),
        "subset": subset_facts(),
    }


def subset_facts() -> dict:
    some, others = LETTERS.subset_with_partition_keys(["c", "a"]), LETTERS.subset_with_partition_keys(["b", "c"])
    days = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")
    week = days.subset_with_partition_keys(["2024-01-02", "2024-01-03", "2024-01-07"])
    return {
        "letters": [sorted((some | others).get_partition_keys()), sorted((some - others).get_partition_keys())],
        "days": [list(week.get_partition_keys()), len(week), "2024-01-03" in week, "2024-01-04" in week],
        "day ranges": [[each.start, each.end] for each in week.get_partition_key_ranges(days)],
        "not in it": list(week.get_partition_keys_not_in_subset(days)),
        "more": len(week.with_partition_keys(["2024-01-04"])),
        "read back": days.deserialize_subset(week.serialize()) == week,
        "empty": [days.empty_subset().is_empty, len(LETTERS.empty_subset())],
    }
