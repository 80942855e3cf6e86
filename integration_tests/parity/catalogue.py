"""The programs and their recordings as they lie in this folder."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
RECORDED = HERE / "recorded"
OBSERVING = HERE / "observing"
LINE_LENGTH = 110


class Program(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    path: Path

    def sha256(self) -> str:
        """Of the program and of the way it reports, so that a recording fits both or neither."""
        digest = hashlib.sha256((OBSERVING / "seen.py").read_bytes())
        digest.update(self.path.read_bytes())
        return digest.hexdigest()

    def recording_path(self) -> Path:
        return RECORDED / f"{self.name}.json"


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What the reference did. Written by `record.py` and by nothing else."""

    reference: str
    sha256: str
    facts: Any


def programs(names: Sequence[str] = ()) -> list[Program]:
    """All programs by name, or the named ones.

    Raises:
        LookupError: no program has one of the names.
    """
    found = {path.stem: path for path in sorted(PROGRAMS.glob("*.py"))}
    unknown = sorted(set(names) - set(found))
    if unknown:
        raise LookupError(f"No program named {', '.join(unknown)} in {PROGRAMS.name}/.")
    return [Program(name=name, path=path) for name, path in found.items() if not names or name in names]


def sample(everything: Sequence[Program], size: int, seed: int) -> list[Program]:
    """The same programs for the same seed, in order of name."""
    chosen = random.Random(seed).sample(list(everything), min(size, len(everything)))
    return sorted(chosen, key=lambda program: program.name)


def read_recording(program: Program) -> Recording | None:
    path = program.recording_path()
    if not path.exists():
        return None
    return msgspec.json.decode(path.read_bytes(), type=Recording)


def write_recording(program: Program, recording: Recording) -> None:
    program.recording_path().write_text(written(msgspec.to_builtins(recording)) + "\n", encoding="utf-8")


def written(fact: Any, indent: str = "") -> str:
    """JSON in order of key, where what fits into one line stays on one line: an event is read as one."""
    line = json.dumps(fact, sort_keys=True, ensure_ascii=False)
    if len(indent) + len(line) <= LINE_LENGTH or not isinstance(fact, (dict, list)):
        return line
    deeper = indent + "  "
    if isinstance(fact, dict):
        entries = cast(dict[str, Any], fact)
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {written(entries[key], deeper)}" for key in sorted(entries)]
    else:
        parts = [written(item, deeper) for item in cast(list[Any], fact)]
    opening, closing = "{}" if isinstance(fact, dict) else "[]"
    body = ",\n".join(deeper + part for part in parts)
    return f"{opening}\n{body}\n{indent}{closing}"
