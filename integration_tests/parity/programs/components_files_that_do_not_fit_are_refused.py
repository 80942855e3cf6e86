"""Component files and Python files that cannot be loaded, and what their refusal mentions."""

import written

TABLE = """
    import dagster as dg

    class Table(dg.Component, dg.Model, dg.Resolvable):
        name: str
        rows: int = 1

        def build_defs(self, context):
            return dg.Definitions(assets=[dg.AssetSpec(self.name)])

    class Broken(dg.Component):
        def build_defs(self, context):
            raise ValueError("boom")
"""
NAMED = "type: PROJECT.tables.Table\nattributes:\n  name: orders\n"
YAML = {
    "unknown_class": ("type: PROJECT.tables.Tabel\n", ("Tabel",)),
    "unknown_module": ("type: nowhere.Table\n", ("nowhere",)),
    "no_module": ("type: Table\n", ("Table",)),
    "no_component": ("type: pathlib.Path\n", ("pathlib.Path", "Component")),
    "no_type": ("attributes: {}\n", ("type",)),
    "unknown_key": (NAMED + "atributes: {}\n", ("atributes", "defs.yaml:4")),
    "unknown_attribute": (NAMED + "  rowz: 1\n", ("attributes.rowz", "defs.yaml:4")),
    "wrong_type": ("type: PROJECT.tables.Table\nattributes:\n  name: 3\n", ("attributes.name", "defs.yaml:3")),
    "wrong_number": (NAMED + "  rows: [1]\n", ("attributes.rows", "defs.yaml:4")),
    "missing": ("type: PROJECT.tables.Table\n", ("name",)),
    "attributes_no_mapping": ("type: PROJECT.tables.Table\nattributes: [1]\n", ("attributes", "defs.yaml:2")),
    "no_yaml": ("type: [a\nb: }\n", ("line 2",)),
    "empty": ("", ()),
    "attributes_of_a_folder": ("type: dagster.DefsFolderComponent\nattributes: {a: 1}\n", ("attributes.a", "defs.yaml:2")),
    "broken": ("type: PROJECT.tables.Broken\n", ("boom",)),
    "no_vars_module": (NAMED + "template_vars_module: .nope\n", ("nope",)),
    "no_vars": (NAMED + "template_vars_module: json\n", ("No template vars found in module json",)),
    "required_variables": (NAMED + "requirements: {env: [PARITY_NOT_SET]}\n", ()),
}
PYTHON = {
    "no_such_library": ("import no_such_library\n", ("no_such_library",)),
    "no_python": ("def x(:\n", ("invalid syntax",)),
    "two_definitions": ("import dagster as dg\na = dg.Definitions()\n@dg.definitions\ndef b(): return dg.Definitions()\n", ()),
    "no_component": ("import dagster as dg\n@dg.component_instance\ndef load(context): return 3\n", ("3",)),
    "no_context": ("import dagster as dg\n@dg.component_instance\ndef load(): return 3\n", ("load()",)),
    "vars_with_two_parameters": ("import dagster as dg\n@dg.template_var\ndef a(b, c): ...\nx = dg.AssetSpec('x')\n", ()),
}


def facts() -> dict:
    twice = {f"defs/{name}.py": f"import dagster as dg\nd = dg.Definitions(resources={{'r': {name!r}}})\n" for name in ("a", "b")}
    return {
        "yaml": {
            name: written.loaded(f"yaml_{name}", {"tables.py": TABLE, "defs/x/defs.yaml": text}, words)
            for name, (text, words) in YAML.items()
        },
        "python": {name: written.loaded(f"python_{name}", {"defs/x.py": text}, words) for name, (text, words) in PYTHON.items()},
        "two resources": written.loaded("two_resources", twice, ("'r'",)),
    }
