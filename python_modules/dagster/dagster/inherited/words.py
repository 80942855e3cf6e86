"""Words, names and single values."""

from __future__ import annotations

import json as json
import os
import re
import socket
import uuid
from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Set
from functools import wraps
from typing import Any, TypeVar, cast, get_origin

from dagster.errors import CheckError

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

IS_WINDOWS = os.name == "nt"

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]+")
_TAG_KEY = re.compile(r"(?:[A-Za-z0-9_.-]{1,63}/)?[A-Za-z0-9_.-]{1,63}")
_NOT_IN_DOTTED_NAMES = re.compile(r"[^a-z0-9_.]+")


def camelcase(string: str) -> str:
    """`orders_by_day` as `OrdersByDay`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[-_.\s]+", string))


def snakecase(string: str) -> str:
    """`OrdersByDay` as `orders_by_day`."""
    string = re.sub(r"[-.\s]", "_", string)
    return re.sub(r"(?<=[^_A-Z])(?=[A-Z])", "_", string).lower()


def clean_name(name: str) -> str:
    """The name with `_` for whatever a name of ours cannot have."""
    return _NOT_IN_NAMES.sub("_", name)


def clean_name_lower(name: str) -> str:
    """Same as `clean_name`, in small letters."""
    return clean_name(name).lower()


def clean_name_lower_with_dots(name: str) -> str:
    """Same as `clean_name_lower`; dots stay."""
    return _NOT_IN_DOTTED_NAMES.sub("_", name.lower())


def is_uuid(value: str) -> bool:
    """Whether the text is a UUID."""
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def make_new_run_id() -> str:
    """A name for a run that no other one has."""
    return str(uuid.uuid4())


is_valid_run_id = is_uuid


def str_format_list(items: Iterable[object]) -> str:
    """Each as text between quotes, in brackets."""
    return f"[{', '.join(repr(str(item)) for item in items)}]"


str_format_set = str_format_list


def parse_env_var(env_var_str: str) -> tuple[str, str]:
    """`NAME=value` as its two parts; a `NAME` alone with its value in the environment.

    Raises:
        ValueError: it is a name alone, which is not set.
    """
    name, equals, value = env_var_str.partition("=")
    if equals:
        return name, value
    if name not in os.environ:
        raise ValueError(f"Tried to load the environment variable {name!r}, and it is not set.")
    return name, os.environ[name]


def get_boolean_tag_value(tag_value: str | None, default_value: bool = False) -> bool:
    """Whether the text of a tag says yes; the default where there is no such tag."""
    return default_value if tag_value is None else tag_value.lower() not in ("false", "none", "0", "")


def xor(a: object, b: object) -> bool:
    """Whether exactly one of them is true."""
    return bool(a) != bool(b)


def ensure_gen(thing_or_gen: Any) -> Generator[Any, Any, Any]:
    """A generator as it is; anything else as a generator that gives it once."""
    if isinstance(thing_or_gen, Generator):
        return cast("Generator[Any, Any, Any]", thing_or_gen)
    return (each for each in [thing_or_gen])


def return_as_list(func: Callable[..., Iterable[T]]) -> Callable[..., list[T]]:
    """The function, which gives a list of what it gave one by one."""

    @wraps(func)
    def listed(*args: Any, **kwargs: Any) -> list[T]:
        return list(func(*args, **kwargs))

    return listed


def find_free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def is_port_in_use(host: str, port: int | str) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def safe_is_subclass(cls: Any, possible_parent_cls: type | tuple[type, ...]) -> bool:
    """Whether it is a class that derives from another; False for what is no class."""
    return isinstance(cls, type) and issubclass(cls, possible_parent_cls)


def is_valid_tag_key(key: str) -> bool:
    """Whether a tag of a definition can have this key."""
    return _TAG_KEY.fullmatch(key) is not None


def is_dict_type(type_obj: Any) -> bool:
    """Whether an annotation is a dict or another mapping."""
    origin = get_origin(type_obj) or type_obj
    return isinstance(origin, type) and issubclass(origin, Mapping)


def is_lambda(target: object) -> bool:
    """Whether it is a function without a name."""
    return callable(target) and getattr(target, "__name__", None) == "<lambda>"


def coerce_valid_log_level(log_level: str | int) -> int:
    """The number of a level of `logging`, given by number or by name.

    Raises:
        CheckError: there is no level of that name.
    """
    if isinstance(log_level, int):
        return log_level
    levels = {"fatal": 50, "critical": 50, "error": 40, "warning": 30, "warn": 30, "info": 20, "debug": 10}
    if log_level.lower() not in levels:
        raise CheckError(f"No log level {log_level!r}. The levels: {', '.join(levels)}.")
    return levels[log_level.lower()]


def toposort(data: Mapping[K, Set[K]], sort_key: Callable[[K], Any] | None = None) -> list[list[K]]:
    """Items in groups, each item in a later group than all that it depends on.

    Raises:
        ValueError: items depend on each other.
    """
    from graphlib import TopologicalSorter

    sorter = TopologicalSorter(data)
    sorter.prepare()
    groups: list[list[K]] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        groups.append(sorted(ready, key=cast("Any", sort_key)))
        sorter.done(*ready)
    return groups


def toposort_flatten(data: Mapping[K, Set[K]]) -> list[K]:
    """Items in an order in which each stands behind all that it depends on."""
    return [item for group in toposort(data) for item in group]
