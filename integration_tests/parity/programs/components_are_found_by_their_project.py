"""Where the folder of definitions of a project is, and what of it is loaded."""

import importlib
from pathlib import Path

import seen
import written

import dagster as dg
from dagster.components import build_component_defs

PLAIN = "import dagster as dg\n@dg.asset\ndef NAME(): ...\n"
FILES = {
    "defs/a.py": PLAIN.replace("NAME", "a"),
    "defs/folder/definitions.py": PLAIN.replace("NAME", "said"),
    "defs/folder/other.py": PLAIN.replace("NAME", "other"),
    "defs/folder/below/x.py": PLAIN.replace("NAME", "below"),
    "other/__init__.py": "",
    "other/b.py": PLAIN.replace("NAME", "b"),
}


def keys(defs) -> list:
    return sorted(written.specs(defs))


def configured(name: str, file: str, text: str, path: str = "") -> dict:
    root = written.project(name, FILES)
    (root / "pyproject.toml").unlink()
    (root / file).write_text(text.replace("PROJECT", name))
    return seen.outcome(lambda: keys(dg.load_from_defs_folder(path_within_project=root / name / path)))


def facts() -> dict:
    root = written.project("plain", FILES)
    module = importlib.import_module("plain.defs")
    tree = dg.ComponentTree.for_project(root / "plain" / "defs" / "a.py")
    dg_project = '[tool.dg]\ndirectory_type = "project"\n[tool.dg.project]\nroot_module = "PROJECT"\n'
    return {
        "folder": keys(dg.load_from_defs_folder(path_within_project=root)),
        "by its older name": keys(dg.load_from_defs_folder(project_root=root)),
        "module": keys(dg.load_defs(module)),
        "module of a root": keys(dg.load_defs(module, project_root=root)),
        "module, everything": keys(dg.load_defs(module, terminate_autoloading_on_keyword_files=False)),
        "deprecated": keys(build_component_defs(root / "plain" / "defs")),
        "tree of a module": keys(dg.ComponentTree.from_module(module, project_root=root).build_defs()),
        "pyproject": configured("by_pyproject", "pyproject.toml", dg_project),
        "from a file": configured("from_a_file", "pyproject.toml", dg_project, "defs/a.py"),
        "defs module": configured("by_module", "pyproject.toml", dg_project + 'defs_module = "PROJECT.other"\n'),
        "dg.toml": configured("by_toml", "dg.toml", '[project]\nroot_module = "PROJECT"\n'),
        "workspace": "raises" in configured("workspace", "pyproject.toml", '[tool.dg]\ndirectory_type = "workspace"\n'),
        "not installed": configured("away", "pyproject.toml", dg_project.replace("PROJECT", "no_such_project")),
        "no project": "raises" in seen.outcome(lambda: dg.load_from_defs_folder(path_within_project=Path("/"))),
        "no path": "raises" in seen.outcome(dg.load_from_defs_folder),
        "tree": [tree.defs_module_name, tree.project_root == root, tree.defs_module_path == root / "plain" / "defs"],
        "the same component": tree.load_component("a.py") is tree.load_component(root / "plain" / "defs" / "a.py"),
    }
