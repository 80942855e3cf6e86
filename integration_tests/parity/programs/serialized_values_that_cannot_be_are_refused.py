"""What cannot be written, and strings that cannot be read."""

import datetime
import enum
from typing import NamedTuple

import seen

import dagster as dg

KEY = '{"__class__": "AssetKey", "path": ["a"]}'


class Point(NamedTuple):
    x: int


class Color(enum.Enum):
    RED = 1


WRITTEN = {
    "object": object(),
    "moment": datetime.datetime(2024, 1, 1),
    "duration": datetime.timedelta(1),
    "function": len,
    "class": int,
    "complex": 1j,
    "generator": (number for number in [1]),
    "named tuple": Point(1),
    "enum": Color.RED,
    "deep inside": {"a": [{"b": Color.RED}]},
    "key of a tuple": {(1,): 2},
    "partitions": dg.DailyPartitionsDefinition("2024-01-01"),
    "spec": dg.AssetSpec("a"),
    "result": dg.MaterializeResult(),
    "output": dg.Output(1),
    "event type": dg.DagsterEventType.STEP_START,
}
READ = {
    "key": (KEY, ()),
    "key as key": (KEY, (dg.AssetKey,)),
    "key as one of two": (KEY, ((str, dg.AssetKey),)),
    "list as list": ("[1]", (list,)),
    "older name of an enum": ('{"__enum__": "PipelineRunStatus.SUCCESS"}', (dg.DagsterRunStatus,)),
    "newer name of an enum": ('{"__enum__": "DagsterRunStatus.SUCCESS"}', (dg.DagsterRunStatus,)),
    "entries that a class does not know": ('{"__class__": "AssetKey", "path": ["a"], "other": 1}', ()),
    "entries that may be left out": ('{"__class__": "RunRequest", "run_key": "x"}', ()),
    "key as check key": (KEY, (dg.AssetCheckKey,)),
    "none as string": ("null", (str,)),
    "unknown class": ('{"__class__": "Nowhere"}', ()),
    "unknown enum": ('{"__enum__": "Nowhere.A"}', ()),
    "no string": (3, ()),
    "bytes": (b"[1]", ()),
    "no json": ("{", ()),
    "nothing": ("", ()),
}


def read(written, as_type):
    return repr(dg.deserialize_value(written, *as_type))


def facts() -> dict:
    return {
        "written": {name: seen.outcome(lambda value=value: dg.serialize_value(value)) for name, value in WRITTEN.items()},
        "read": {name: seen.outcome(lambda case=case: read(*case)) for name, case in READ.items()},
    }
