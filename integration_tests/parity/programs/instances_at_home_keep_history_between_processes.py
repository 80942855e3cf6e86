"""DAGSTER_HOME is read by `DagsterInstance.get()`, also by a second process."""

import os
import subprocess
import sys

import seen

import dagster as dg

SECOND = """
import dagster as dg
instance = dg.DagsterInstance.get()
runs = instance.get_runs()
event = instance.get_latest_materialization_event(dg.AssetKey("kept"))
print(len(runs), runs[0].status.value, event.asset_materialization.metadata["rows"].value, event.run_id == runs[0].run_id)
"""

UNSET = """
import dagster as dg
try:
    dg.DagsterInstance.get()
except dg.DagsterError as error:
    print("DAGSTER_HOME" in str(error))
"""


@dg.asset
def kept():
    return dg.Output(1, metadata={"rows": 12})


def facts() -> dict:
    with dg.DagsterInstance.get() as instance:
        dg.materialize([kept], instance=instance)
        root = instance.root_directory
    seen_by_other = subprocess.run([sys.executable, "-c", SECOND], capture_output=True, text=True, check=True).stdout
    without_home = dict(os.environ)
    home = without_home.pop("DAGSTER_HOME")
    unset = subprocess.run(
        [
            sys.executable,
            "-c",
            UNSET,
        ],
        capture_output=True,
        text=True,
        env=without_home,
    )
    ephemeral = dg.materialize([kept])
    with dg.DagsterInstance.get() as instance:
        after = len(instance.get_runs())
    with dg.DagsterInstance.local_temp() as temporary:
        dg.materialize([kept], instance=temporary)
        in_temporary = [len(temporary.get_runs()), temporary.is_ephemeral, temporary.is_persistent]
    return {
        "root": root,
        "second process": seen_by_other.strip(),
        "without home": unset.stdout.strip(),
        "ephemeral by default": [ephemeral.success, after],
        "temporary": in_temporary,
        "relative home": seen.outcome(lambda: relative(home), mentions=["DAGSTER_HOME"]),
    }


def relative(home: str) -> str:
    os.environ["DAGSTER_HOME"] = "not/absolute"
    try:
        return dg.DagsterInstance.get().root_directory
    finally:
        os.environ["DAGSTER_HOME"] = home
