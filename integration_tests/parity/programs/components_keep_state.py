"""Components whose definitions follow from a state that is fetched once and kept."""

import asyncio
import os

import seen
import written

import dagster as dg
from dagster.components import DefsStateConfig, DefsStateConfigArgs

TABLES = """
    import json
    import dagster as dg
    from dagster.components import DefsStateConfig, DefsStateConfigArgs, ResolvedDefsStateConfig, StateBackedComponent

    FETCHED = []

    class Tables(StateBackedComponent, dg.Model, dg.Resolvable):
        name: str = "n"
        defs_state: ResolvedDefsStateConfig = DefsStateConfigArgs.local_filesystem()

        @property
        def defs_state_config(self):
            return DefsStateConfig.from_args(self.defs_state, default_key=f"Tables[{self.name}]")

        def write_state_to_path(self, state_path):
            FETCHED.append(state_path.name)
            state_path.write_text(json.dumps(["orders", "customers"]))

        def build_defs_from_state(self, context, state_path):
            names = json.loads(state_path.read_text()) if state_path else ["empty"]
            return dg.Definitions(assets=[dg.AssetSpec(name) for name in names])
"""


def kept(root) -> list:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.name == "state")


def of(name: str, attributes: str) -> dict:
    root = written.project(name, {"tables.py": TABLES, "defs/x/defs.yaml": f"type: PROJECT.tables.Tables\nattributes: {attributes}\n"})

    def keys():
        return sorted(written.specs(dg.load_from_defs_folder(path_within_project=root)))

    before = seen.outcome(keys)
    component = dg.ComponentTree.for_project(root).load_component("x")
    config = component.defs_state_config
    refreshed = asyncio.run(component.refresh_state(root))
    return {
        "before": before,
        "config": [config.key, config.management_type.value, config.refresh_if_dev],
        "refreshed": refreshed,
        "kept": kept(root),
        "after": seen.outcome(keys),
    }


def developing() -> dict:
    os.environ["DAGSTER_IS_DEV_CLI"] = "1"
    files = {"tables.py": TABLES, "defs/x/defs.yaml": "type: PROJECT.tables.Tables\n"}
    quiet = "type: PROJECT.tables.Tables\nattributes: {defs_state: {management_type: LOCAL_FILESYSTEM, refresh_if_dev: false}}\n"
    try:
        return {
            "refreshed": sorted(written.loaded("developed", files)["assets"]),
            "left": sorted(written.loaded("left", {**files, "defs/x/defs.yaml": quiet})["assets"]),
        }
    finally:
        del os.environ["DAGSTER_IS_DEV_CLI"]


def facts() -> dict:
    local = DefsStateConfigArgs.local_filesystem()
    versioned = "type: PROJECT.tables.Tables\nattributes: {defs_state: {management_type: VERSIONED_STATE_STORAGE}}\n"
    unknown = "type: PROJECT.tables.Tables\nattributes: {defs_state: {management_type: SOMEWHERE}}\n"
    return {
        "local": of("local", "{}"),
        "keyed": of("keyed", "{name: other, defs_state: {management_type: LOCAL_FILESYSTEM, key: my/key}}"),
        "developing": developing(),
        "no storage": written.loaded("no_storage", {"tables.py": TABLES, "defs/x/defs.yaml": versioned}),
        "unknown": written.loaded("unknown", {"tables.py": TABLES, "defs/x/defs.yaml": unknown}, ("defs.yaml:2", "management_type")),
        "args": [
            [args.key, args.management_type.value, args.refresh_if_dev]
            for args in (local, DefsStateConfigArgs.versioned_state_storage(), DefsStateConfigArgs.legacy_code_server_snapshots())
        ],
        "default key": DefsStateConfig.from_args(local, default_key="dk").key,
        "given key": DefsStateConfig.from_args(local.model_copy(update={"key": "k"}), default_key="dk").key,
    }
