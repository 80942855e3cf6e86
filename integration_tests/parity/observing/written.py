"""Projects of `dg` that programs write into their directory. Imported by the programs, under both interpreters."""

import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import seen  # pyright: ignore[reportMissingImports] - lies beside this file, in the path of programs

import dagster as dg


def project(name: str, files: Mapping[str, str]) -> Path:
    """A project whose package can be imported; paths are from its package, and `PROJECT` in the texts is its name."""
    root = Path.cwd() / f"{name}_root"
    texts = {"__init__.py": "", "defs/__init__.py": "", **files}
    for path, text in texts.items():
        file = root / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).replace("PROJECT", name))
    config = f'[tool.dg]\ndirectory_type = "project"\n\n[tool.dg.project]\nroot_module = "{name}"\n'
    (root / "pyproject.toml").write_text(config)
    sys.path.insert(0, str(root))
    return root


def specs(defs: dg.Definitions) -> dict:
    """Each asset that the project declares, by key; what the framework adds to its metadata is left out."""
    declared = [spec for each in defs.assets for spec in ([each] if isinstance(each, dg.AssetSpec) else each.specs)]
    return {spec.key.to_user_string(): facts_of(spec) for spec in sorted(declared, key=lambda spec: spec.key.path)}


def facts_of(spec: dg.AssetSpec) -> dict:
    given = {
        "group": spec.group_name,
        "tags": dict(spec.tags),
        "deps": [dep.asset_key.to_user_string() for dep in spec.deps],
        "description": spec.description,
        "owners": list(spec.owners),
        "code_version": spec.code_version,
        "metadata": {name: getattr(value, "value", value) for name, value in spec.metadata.items() if "dagster/" not in name},
        "partitions": None if spec.partitions_def is None else spec.partitions_def.get_partition_keys()[:2],
        "condition": None if spec.automation_condition is None else spec.automation_condition.get_label(),
    }
    return {name: seen.plain(value) for name, value in given.items() if value}


def loaded(name: str, files: Mapping[str, str], mentions: tuple = ()) -> dict:
    """What a project declares, or how it is refused."""
    root = project(name, files)
    try:
        defs = dg.load_from_defs_folder(path_within_project=root)
        return {"assets": specs(defs)}
    except Exception as error:
        return {"refused": True, "mentions": {word: word in messages(error) for word in mentions}}


def messages(error: BaseException) -> str:
    """The sentences of an error and of its causes."""
    return str(error) if error.__cause__ is None else f"{error}\n{messages(error.__cause__)}"
