"""Ask a web server where the partitions of an asset stand, as the page of the asset does.

Processor time of all processes of the server per answer. A tenth of the days is materialized, in stretches, once, by public
calls, and kept in the folder BENCHMARK_CACHE: one day takes the reference a quarter of a second.
"""

import json
import os
import sys
from pathlib import Path

from daily_asset import COUNT, daily, day
from served import answers_measured, asked, is_ours, served, wait_until_answering

import dagster as dg

HERE = Path(__file__).parent
STRETCH, MADE = 50, 5
QUESTION = """
query PartitionHealth($assetKey: AssetKeyInput!) {
  assetNodeOrError(assetKey: $assetKey) {
    ... on AssetNode {
      id
      partitionStats { numMaterialized numMaterializing numPartitions numFailed }
      assetPartitionStatuses {
        __typename
        ... on TimePartitionStatuses { ranges { status startTime endTime startKey endKey } }
      }
    }
  }
}
"""


def materialized_home():
    """The folder of an instance in which some days are materialized."""
    folder = Path(os.environ["BENCHMARK_CACHE"]) / f"days-{'ours' if is_ours() else 'reference'}-{COUNT}"
    if not (folder / "filled").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
        with dg.DagsterInstance.from_config(str(folder)) as instance:
            for first in range(0, COUNT, STRETCH):
                last = first + MADE - 1
                ends = {"dagster/asset_partition_range_start": day(first), "dagster/asset_partition_range_end": day(last)}
                dg.materialize([daily], instance=instance, tags=ends)
        (folder / "filled").write_text("")
    return folder


def main():
    os.environ["DAGSTER_HOME"] = str(materialized_home())
    variables = {"assetKey": {"path": ["daily"]}}
    program = Path(sys.executable).with_name("dagster-webserver")
    with served("-f", str(HERE / "daily_asset.py"), command=[str(program)]) as process:
        wait_until_answering(process)
        node = asked(process, QUESTION, **variables)["assetNodeOrError"]
        found = node["partitionStats"]["numMaterialized"], len(node["assetPartitionStatuses"]["ranges"])
        if found != (COUNT // STRETCH * MADE, COUNT // STRETCH):
            sys.exit(f"{found[0]} partitions in {found[1]} stretches were answered.")
        measured = answers_measured(process, QUESTION, **variables)
    print(json.dumps(measured))


main()
