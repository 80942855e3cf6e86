"""Ask a web server about 2,000 assets, as the page of all assets does: `ask_assets.py graph|latest`.

Processor time of all processes of the server per answer. All assets are materialized; that is done once, by public calls, and
kept in the folder BENCHMARK_CACHE, since one event takes the reference a tenth of a second.
"""

import json
import os
import sys
from pathlib import Path

from served import answers_measured, asked, is_ours, served, wait_until_answering

import dagster as dg

HERE = Path(__file__).parent
ASSETS = int(os.environ["BENCHMARK_ASSETS"])

GRAPH = """
query AssetGraph {
  assetNodes {
    id
    assetKey { path }
    groupName
    description
    kinds
    owners { ... on UserAssetOwner { email } ... on TeamAssetOwner { team } }
    tags { key value }
    dependencyKeys { path }
    dependedByKeys { path }
    isMaterializable
    isObservable
    isExecutable
    isPartitioned
    jobNames
    opNames
    repository { id name location { id name } }
  }
}
"""
LATEST = """
query AssetsLatest($assetKeys: [AssetKeyInput!]!) {
  assetsLatestInfo(assetKeys: $assetKeys) {
    id
    assetKey { path }
    latestMaterialization { timestamp runId }
    unstartedRunIds
    inProgressRunIds
    latestRun { id status endTime }
  }
}
"""
KEYS = [{"path": [f"asset_{number}"]} for number in range(ASSETS)]
QUESTIONS = {"graph": (GRAPH, {}, "assetNodes"), "latest": (LATEST, {"assetKeys": KEYS}, "assetsLatestInfo")}


def materialized_home():
    """The folder of an instance in which each asset is materialized."""
    folder = Path(os.environ["BENCHMARK_CACHE"]) / f"materialized-{'ours' if is_ours() else 'reference'}-{ASSETS}"
    if not (folder / "filled").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
        with dg.DagsterInstance.from_config(str(folder)) as instance:
            for number in range(ASSETS):
                instance.report_runless_asset_event(dg.AssetMaterialization(f"asset_{number}", metadata={"rows": number}))
        (folder / "filled").write_text("")
    return folder


def main(question):
    os.environ["DAGSTER_HOME"] = str(materialized_home())
    query, variables, field = QUESTIONS[question]
    program = Path(sys.executable).with_name("dagster-webserver")
    with served("-f", str(HERE / "many_assets.py"), command=[str(program)]) as process:
        wait_until_answering(process)
        found = len(asked(process, query, **variables)[field])
        if found != ASSETS:
            sys.exit(f"{found} assets were answered.")
        measured = answers_measured(process, query, **variables)
    print(json.dumps(measured))


main(*sys.argv[1:])
