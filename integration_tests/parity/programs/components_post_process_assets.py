"""What component files change of the assets that are declared in them, and in the folders below them."""

import written

TABLE = """
    import dagster as dg

    class Tables(dg.Component, dg.Model, dg.Resolvable):
        names: list[str]

        def build_defs(self, context):
            @dg.asset(name="executed", group_name="run", tags={"own": "1"})
            def executed(): ...

            specs = [
                dg.AssetSpec(name, group_name="g", tags={"own": "1"}, metadata={"m": 1}, kinds={"table"}, deps=["up"], owners=["team:a"])
                for name in self.names
            ]
            return dg.Definitions(assets=[*specs, executed])
"""
CHANGES = {
    "merged": "{attributes: {tags: {new: x}, metadata: {n: 2}, kinds: [view], deps: [down], owners: ['team:b']}}",
    "replaced": "{operation: replace, attributes: {tags: {new: x}, metadata: {n: 2}, kinds: [view], deps: [down]}}",
    "tags_keep_kinds": "{operation: replace, attributes: {tags: {new: x}}}",
    "selected": "{target: 'group:run', attributes: {group_name: chosen}}",
    "by_key": "{target: 'key:a', attributes: {description: one}}",
    "nothing_selected": "{target: 'key:nowhere', attributes: {description: one}}",
    "of_the_asset": "{attributes: {description: '{{ asset.key.to_user_string() }} of {{ asset.group_name }}'}}",
    "partitions": "{target: 'key:a', attributes: {partitions_def: {type: static, partition_keys: [x]}, code_version: v2}}",
    "condition": "{attributes: {automation_condition: '{{ dg.AutomationCondition.eager() }}'}}",
}
REFUSED = {
    "key": "{attributes: {key: b}}",
    "unknown": "{attributes: {nope: b}}",
    "operation": "{operation: add, attributes: {}}",
    "selection": "{target: 'zzz(', attributes: {}}",
    "no_attributes": "{target: '*'}",
}


def of(name: str, change: str) -> dict:
    text = f"type: PROJECT.tables.Tables\nattributes: {{names: [a, b]}}\npost_processing:\n  assets:\n    - {change}\n"
    return written.loaded(name, {"tables.py": TABLE, "defs/x/defs.yaml": text})


def facts() -> dict:
    several = "{attributes: {group_name: first}}\n    - {target: 'group:first', attributes: {description: second}}"
    folder = {
        "tables.py": TABLE,
        "defs/f/defs.yaml": "type: dagster.DefsFolderComponent\npost_processing: {assets: [{attributes: {group_name: all}}]}\n",
        "defs/f/plain.py": "import dagster as dg\n@dg.asset\ndef plain(): ...\n",
        "defs/f/below/defs.yaml": "type: PROJECT.tables.Tables\nattributes: {names: [a]}\n",
        "defs/other.py": "import dagster as dg\nother = dg.AssetSpec('other')\n",
    }
    return {
        "changes": {name: of(name, change) for name, change in CHANGES.items()},
        "refused": {name: of(f"refused_{name}", change) for name, change in REFUSED.items()},
        "several": of("several", several),
        "folder": written.loaded("folder", folder),
    }
