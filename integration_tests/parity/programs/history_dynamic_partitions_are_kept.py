"""The keys of dynamic partitions are kept in the order in which they came."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        instance.add_dynamic_partitions("d", ["y", "x"])
        instance.add_dynamic_partitions("d", ["z", "x"])
        instance.add_dynamic_partitions("other", ["q"])
        before = list(instance.get_dynamic_partitions("d"))
        instance.delete_dynamic_partition("d", "x")
        instance.delete_dynamic_partition("d", "nobody")
        after = list(instance.get_dynamic_partitions("d"))
        instance.add_dynamic_partitions("d", ["x"])
        definition = dg.DynamicPartitionsDefinition(name="d")
        return {
            "before": before,
            "after": after,
            "again": list(instance.get_dynamic_partitions("d")),
            "has": [instance.has_dynamic_partition("d", key) for key in ("x", "nobody", "q")],
            "unknown": list(instance.get_dynamic_partitions("nobody")),
            "through the definition": list(definition.get_partition_keys(dynamic_partitions_store=instance)),
            "none": list(instance.get_dynamic_partitions("empty")),
        }
