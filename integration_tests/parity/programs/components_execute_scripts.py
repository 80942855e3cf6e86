"""Components that execute a Python script in a process of its own."""

import seen
import written

import dagster as dg
from dagster.components import PythonScriptComponent, UvRunComponent

SCRIPT = """
    import pathlib, sys
    pathlib.Path(__file__).with_name("called.txt").write_text(repr(sys.argv[1:]))
"""
CASES = {
    "named_by_its_file": ("{path: load.py}", "assets: [{key: a/b}]", SCRIPT),
    "named": ("{path: below/load.py, name: step, tags: {k: v}}", "assets: [{key: a}, {key: b}]", SCRIPT),
    "arguments_as_text": ("{path: load.py, args: 'a b \"c d\"'}", "assets: [{key: a}]", SCRIPT),
    "arguments_as_list": ("{path: load.py, args: [a, 'b {{ 1 + 1 }}']}", "assets: [{key: a}]", SCRIPT),
    "failing": ("{path: load.py}", "assets: [{key: a}]", "raise SystemExit(3)\n"),
    "missing": ("{path: nowhere.py}", "assets: [{key: a}]", SCRIPT),
}


def executed(name: str, execution: str, made: str, script: str) -> dict:
    text = f"type: dagster.PythonScriptComponent\nattributes:\n  execution: {execution}\n  {made}\n"
    files = {"defs/x/defs.yaml": text, "defs/x/load.py": script, "defs/x/below/load.py": script}
    root = written.project(name, files)
    defs = dg.load_from_defs_folder(path_within_project=root)
    result = defs.get_implicit_global_asset_job_def().execute_in_process(raise_on_error=False)
    [definition] = [each for each in defs.assets if isinstance(each, dg.AssetsDefinition)]
    return {
        "success": result.success,
        "events": [
            [event.event_type_value, event.step_key, seen.plain(event.asset_key)]
            for event in result.all_events
            if event.event_type_value in ("ASSET_MATERIALIZATION", "STEP_OUTPUT", "STEP_FAILURE")
        ],
        "step": [definition.op.name, dict(definition.op.tags)],
        "called": [file.read_text() for file in sorted(root.rglob("called.txt"))],
    }


def refused(attributes: str) -> dict:
    name = f"refused_{len(attributes)}"
    return written.loaded(name, {"defs/x/defs.yaml": f"type: dagster.PythonScriptComponent\nattributes: {attributes}\n"})


def facts() -> dict:
    script = PythonScriptComponent.resolve_from_yaml("{execution: {path: a/load.py}, assets: [{key: a}]}")
    uv = UvRunComponent.resolve_from_yaml("{execution: {path: load.py, name: step, pool: p}, assets: [{key: a}]}")
    return {
        "scripts": {name: executed(name, *case) for name, case in CASES.items()},
        "refused": [refused(text) for text in ("{execution: {}}", "{execution: {path: a, nope: 1}}", "{assets: [{key: a}]}")],
        "specs": [[each.op_spec.name, each.op_spec.pool, each.execution.path] for each in (script, uv)],
    }
