"""Entries of dagster.yaml that are unknown or of a wrong form are refused."""

import tempfile
from pathlib import Path

import seen

import dagster as dg


REFUSED = {
    "unknown": "storag: {sqlite: {base_dir: x}}",
    "unknown below": "run_retries: {max_retrys: 3}",
    "wrong form": "run_retries: {enabled: [1]}",
    "two places": "storage: {sqlite: {base_dir: x}, postgres: {postgres_url: x}}",
    "no class": "run_launcher: {module: dagster}",
    "no variable": "storage: {sqlite: {base_dir: {env: NOBODY_SETS_THIS}}}",
}


def facts() -> dict:
    with tempfile.TemporaryDirectory() as folder:
        return {name: outcome(Path(folder) / str(number), text) for number, (name, text) in enumerate(REFUSED.items())}


def outcome(folder: Path, text: str) -> bool:
    folder.mkdir()
    (folder / "dagster.yaml").write_text(text)
    try:
        dg.DagsterInstance.from_config(str(folder))
    except dg.DagsterInvalidConfigError:
        return True
    except Exception as error:
        return type(error).__name__
    return False
