"""Run one program and write what it observed: `python observe.py PROGRAM OUT`.

This file runs under both interpreters, ours and the reference's, so it needs nothing but the
standard library and the `dagster` that the interpreter finds.
"""

import importlib.util
import json
import sys
import traceback
import warnings
from pathlib import Path


def load(path: Path):
    """The program as a module of its own name, findable for pickle like any user's module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"Cannot import {path}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def own_words(error: BaseException, program: str) -> str:
    """The error and the program's own lines; frames inside of a library say nothing to its author."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == program]
    lines = [f"{frame.filename}:{frame.lineno}: {frame.line}" for frame in frames]
    return "\n".join([*lines, *traceback.format_exception_only(type(error), error)])


def main(program: str, out: str) -> None:
    # The reference warns about preview and beta parameters; a warning's text is not a fact here.
    warnings.simplefilter("ignore")
    try:
        facts = load(Path(program)).facts()
        Path(out).write_text(json.dumps(facts, allow_nan=False), encoding="utf-8")
    except Exception as error:
        raise SystemExit(own_words(error, program)) from None


if __name__ == "__main__":
    main(*sys.argv[1:])
