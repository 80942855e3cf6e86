"""How a program puts what it saw into JSON. Imported by the programs, under both interpreters.

Everything here looks only at public things: attributes that the API documents, the name of a
class where `dagster` or `builtins` exports it. A class without a public name is told as such,
because no user can depend on it.
"""

import builtins
import datetime
import enum
import math
import os
from collections.abc import Callable, Iterable, Mapping

import dagster as dg

NO_PUBLIC_NAME = "an error without a public name"
EVERYDAY = (object, BaseException, Exception)


def public_names(cls: type) -> list[str]:
    """What a user can write after `except`: the class and its ancestors that `dagster` or `builtins` exports."""
    return [
        ancestor.__name__
        for ancestor in cls.__mro__
        if ancestor not in EVERYDAY
        and ancestor in (getattr(dg, ancestor.__name__, None), getattr(builtins, ancestor.__name__, None))
    ]


def raised(error: BaseException, mentions: Iterable[str] = ()) -> dict:
    """An error as facts: its public class and which of the given words its sentence has."""
    name, *ancestors = public_names(type(error)) or [NO_PUBLIC_NAME]
    facts = {"raises": name, "bases": ancestors}
    words = list(mentions)
    if words:
        facts["mentions"] = {word: word in str(error) for word in words}
    if error.__cause__ is not None:
        facts["cause"] = (public_names(type(error.__cause__)) or [NO_PUBLIC_NAME])[0]
    return facts


def outcome(call: Callable[[], object], mentions: Iterable[str] = ()) -> dict:
    """What a call returns, or what it raises."""
    try:
        value = call()
    except Exception as error:
        return raised(error, mentions)
    return {"returns": plain(value)}


def plain(value: object) -> object:
    """A JSON value that keeps what JSON would lose: NaN, keys, enums, dates and paths by name."""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else f"float {value}"
    if isinstance(value, dg.AssetKey):
        return f"AssetKey {'/'.join(value.path)}"
    if isinstance(value, (datetime.datetime, datetime.date)):
        return f"{type(value).__name__} {value.isoformat()}"
    if isinstance(value, os.PathLike):
        return f"path {os.fspath(value)}"
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return [plain(item) for item in value]
    return f"a {type(value).__name__}"


def metadata(entries: Mapping[str, object]) -> dict:
    """Each entry as its kind and its value."""
    return {name: [type(entry).__name__, plain(getattr(entry, "value", None))] for name, entry in sorted(entries.items())}


def events(result) -> list[list]:
    """Type and step key of every event of a run's result, in order."""
    return [[event.event_type_value, event.step_key] for event in result.all_events]


def step_events(result) -> list[list]:
    """The events that belong to a step, without those of the run around them."""
    return [pair for pair in events(result) if pair[1] is not None]


def log(instance, run_id: str) -> list[list]:
    """The stored log of a run in order: event types, and what the user logged with its level."""
    return [
        [entry.dagster_event.event_type_value, entry.step_key]
        if entry.dagster_event
        else [f"log at {entry.level}", entry.step_key]
        for entry in instance.all_logs(run_id)
    ]


def materializations(result) -> dict:
    """What each asset of a result was materialized with, keyed by its user string."""
    facts = {}
    for event in result.get_asset_materialization_events():
        stored = event.step_materialization_data.materialization
        facts[stored.asset_key.to_user_string()] = {
            "metadata": metadata(stored.metadata),
            "partition": stored.partition,
            "description": stored.description,
            "tags": tags(stored.tags),
        }
    return facts


def tags(entries: Mapping[str, str] | None) -> dict:
    return dict(sorted((entries or {}).items()))


def files_below(folder) -> list[str]:
    """Every file below a folder, relative to it, in order of name."""
    folder = os.fspath(folder)
    found = [os.path.relpath(os.path.join(root, name), folder) for root, _, names in os.walk(folder) for name in names]
    return sorted(path.replace(os.sep, "/") for path in found)
