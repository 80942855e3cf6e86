"""What `defs.yaml` files and Python files in a folder of definitions declare."""

import seen
import written

import dagster as dg

TABLE = """
    from typing import Any
    import dagster as dg

    class Table(dg.Component, dg.Model, dg.Resolvable):
        name: str
        note: Any = None

        def build_defs(self, context):
            where = {"note": self.note, "folder": context.path.name, "number": context.component_path.instance_key}
            return dg.Definitions(assets=[dg.AssetSpec(self.name, metadata=where)])
"""
PLAIN = "import dagster as dg\n@dg.asset\ndef NAME(): ...\n"
FILES = {
    "tables.py": TABLE,
    "defs/one/defs.yaml": "type: PROJECT.tables.Table\nattributes: {name: one, note: 2024-01-01}\n",
    "defs/two/component.yaml": "type: .local.Local\nattributes: {name: two}\n",
    "defs/two/local.py": "from PROJECT.tables import Table\nclass Local(Table): ...\n",
    "defs/two/unseen.py": PLAIN.replace("NAME", "unseen"),
    "defs/three/defs.yml": (
        "type: PROJECT.tables.Table\nattributes: {name: three_a}\n---\ntype: PROJECT.tables.Table\nattributes: {name: three_b}\n"
    ),
    "defs/plain.py": PLAIN.replace("NAME", "plain") + "more = [dg.AssetSpec('listed')]\n",
    "defs/_below.py": PLAIN.replace("NAME", "below"),
    "defs/.hidden/x.py": PLAIN.replace("NAME", "hidden"),
    "defs/deep/er/x.py": PLAIN.replace("NAME", "deep"),
    "defs/package/__init__.py": PLAIN.replace("NAME", "of_init"),
    "defs/said.py": PLAIN.replace("NAME", "loose") + "said = dg.Definitions(assets=[dg.AssetSpec('said')], resources={'r': 1})\n",
    "defs/made.py": (
        "import dagster as dg\nfrom PROJECT.tables import Table\n"
        "@dg.component_instance\ndef first(context): return Table(name=context.path.stem + '_first')\n"
        "@dg.component_instance\ndef second(context: dg.ComponentLoadContext): return Table(name='second')\n"
        "@dg.asset\ndef beside(): ...\n"
    ),
    "defs/lazily.py": (
        "import dagster as dg\n@dg.definitions\ndef defs(context: dg.ComponentLoadContext):\n"
        "    return dg.Definitions(assets=[dg.AssetSpec(context.path.stem)])\n"
    ),
}


def facts() -> dict:
    root = written.project("declared", FILES)
    defs = dg.load_from_defs_folder(path_within_project=root / "declared" / "defs" / "one")
    tree = dg.ComponentTree.for_project(root)
    first = tree.load_component("one")
    return {
        "assets": written.specs(defs),
        "resources": sorted(defs.resources or {}),
        "component": [type(first).__name__, first.name],
        "of a path": sorted(written.specs(tree.build_defs("three"))),
        "of a file": sorted(written.specs(tree.build_defs_at_path("made.py"))),
        "folders": len(tree.get_all_components(dg.DefsFolderComponent)),
        "nowhere": "raises" in seen.outcome(lambda: tree.load_component("nowhere")),
        "of another class": "raises" in seen.outcome(lambda: tree.load_component("one", expected_type=dg.DefsFolderComponent)),
        "drawn": tree.to_string_representation().splitlines(),
    }
