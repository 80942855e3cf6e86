"""Windows of different zones: days here of hours there, over the days when a clock changes in one of them."""

from datetime import datetime

import seen

import dagster as dg

ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata"]
SPRING = (datetime(2024, 3, 8), datetime(2024, 3, 13))
AUTUMN = (datetime(2024, 11, 1), datetime(2024, 11, 6))


def days(zone, span, **options):
    return dg.DailyPartitionsDefinition(span[0], end_date=span[1], timezone=zone, **options)


def hours(zone, span, **options):
    return dg.HourlyPartitionsDefinition(span[0], end_date=span[1], timezone=zone, **options)


def summed(keys):
    keys = list(keys)
    return [len(keys), keys[:2], keys[-2:]]


def up(below, above, mapping):
    told = {}
    for key in below.get_partition_keys():
        result = mapping.get_upstream_mapped_partitions_result_for_partitions(below.subset_with_partition_keys([key]), below, above)
        told[key] = [summed(result.partitions_subset.get_partition_keys()), len(result.required_but_nonexistent_subset.get_partition_keys())]
    return told


def down(above, below, mapping):
    keys = above.get_partition_keys()[::7]
    return {
        key: list(
            mapping.get_downstream_partitions_for_partitions(above.subset_with_partition_keys([key]), above, below).get_partition_keys()
        )
        for key in keys
    }


def facts() -> dict:
    plain = dg.TimeWindowPartitionMapping()
    before = dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)
    lenient = dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=1, allow_nonexistent_upstream_partitions=True)
    told = {}
    for name, span in (("spring", SPRING), ("autumn", AUTUMN)):
        for one in ZONES:
            for other in ZONES:
                pair = days(one, span), hours(other, span)
                told[f"{name}: days {one}, hours {other}"] = [
                    seen.outcome(lambda pair=pair: up(*pair, plain)),
                    seen.outcome(lambda pair=pair: down(*pair[::-1], plain)),
                ]
        told[f"{name}: day before"] = up(days("America/New_York", span), days("America/New_York", span), before)
        told[f"{name}: day before in hours"] = up(days("America/New_York", span), hours("America/New_York", span), before)
        told[f"{name}: hour before"] = list(up(hours("America/New_York", span), hours("America/New_York", span), before).items())[48:56]
        told[f"{name}: around"] = up(days("Europe/Berlin", span), days("Europe/Berlin", span), lenient)
        told[f"{name}: from 2:00"] = up(days("America/New_York", span, hour_offset=2), hours("America/New_York", span), plain)
    return told
