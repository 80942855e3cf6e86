"""config_from_files, config_from_yaml_strings and config_from_pkg_resources: order, merging, globs, what is refused."""

import os

import seen

import dagster as dg

FILES = {
    "a.yaml": "ops: {load: {config: {n: 1, tags: [a]}}}",
    "b.yaml": "ops: {load: {config: {s: b, tags: [b]}}}\nresources: {db: {config: {url: u}}}",
    "folder/c.yaml": "ops: {load: {config: {n: 3}}}",
    "folder/d.yml": "loggers: {console: {config: {log_level: INFO}}}",
    "list.yaml": "[1, 2]",
    "broken.yaml": "a: [",
    "empty.yaml": "",
    "text.yaml": "just text",
}


@dg.op(config_schema={"n": int, "s": dg.Field(str, is_required=False), "tags": dg.Field([str], default_value=[])})
def load(context):
    return context.op_config


def facts() -> dict:
    os.makedirs("folder", exist_ok=True)
    for name, text in FILES.items():
        with open(name, "w") as file:
            file.write(text)

    @dg.job(config=dg.config_from_files(["a.yaml"]))
    def made():
        load()

    read = dg.config_from_files
    yaml = dg.config_from_yaml_strings
    return {
        "one": read(["a.yaml"]),
        "two": read(["a.yaml", "b.yaml"]),
        "in the other order": read(["b.yaml", "a.yaml"]),
        "glob": read(["folder/*"]),
        "glob and file": read(["a.yaml", "folder/*.yaml"]),
        "none": seen.outcome(lambda: read([])),
        "missing": seen.outcome(lambda: read(["nowhere.yaml"]), mentions=["nowhere.yaml"]),
        "glob of nothing": seen.outcome(lambda: read(["nowhere/*.yaml"])),
        "list": seen.outcome(lambda: read(["list.yaml"])),
        "empty": seen.outcome(lambda: read(["empty.yaml"])),
        "strings": [
            yaml(["a: 1"]),
            yaml(["a: {b: 1}", "a: {c: {d: 2}}", "a: {b: 3}"]),
            seen.outcome(lambda: yaml([])),
            seen.outcome(lambda: yaml(["a: ["])),
            seen.outcome(lambda: yaml(["[1]"])),
            seen.outcome(lambda: yaml(["a: 1", "- 2"])),
        ],
        "job": made.execute_in_process().output_for_node("load"),
        "package": seen.outcome(lambda: dg.config_from_pkg_resources([("nowhere", "x.yaml")])),
    }
