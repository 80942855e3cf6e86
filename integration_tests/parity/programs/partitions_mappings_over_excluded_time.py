"""Windows on both sides of excluded time read it together, and do not alone."""

import dagster as dg

WORKDAYS = dg.DailyPartitionsDefinition("2024-03-05", end_date="2024-05-01", exclusions=["0 0 * * 6", "0 0 * * 0"])
DAYS = dg.DailyPartitionsDefinition("2024-02-20", end_date="2024-05-01")
MAPPING = dg.TimeWindowPartitionMapping()
FRIDAY, MONDAY = "2024-03-29", "2024-04-01"


def upstream(keys):
    subset = WORKDAYS.empty_subset().with_partition_keys(keys)
    found = MAPPING.get_upstream_mapped_partitions_result_for_partitions(subset, WORKDAYS, DAYS)
    return sorted(found.partitions_subset.get_partition_keys())


def downstream(keys):
    subset = DAYS.empty_subset().with_partition_keys(keys)
    return sorted(MAPPING.get_downstream_partitions_for_partitions(subset, DAYS, WORKDAYS).get_partition_keys())


def facts() -> dict:
    return {
        "a Friday": upstream([FRIDAY]),
        "a Monday": upstream([MONDAY]),
        "both": upstream([FRIDAY, MONDAY]),
        "a day of each of two weeks": upstream(["2024-03-28", MONDAY]),
        "of the days between": downstream(["2024-03-30", "2024-03-31"]),
        "of all four": downstream([FRIDAY, "2024-03-30", "2024-03-31", MONDAY]),
    }
