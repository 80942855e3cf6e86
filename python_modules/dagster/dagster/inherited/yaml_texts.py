"""YAML as the framework's files are read: what looks like a date stays a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, reduce
from glob import glob
from pathlib import Path
from typing import IO, Any, cast

from dagster.errors import CheckError
from dagster.inherited.mappings import deep_merge_dicts


def safe_load_yaml(stream: str | bytes | IO[Any]) -> Any:
    """What the text says."""
    import yaml

    return yaml.load(stream, Loader=_loader())


load_run_config_yaml = safe_load_yaml


def load_yaml_from_path(path: str) -> Any:
    """What the file says."""
    return safe_load_yaml(Path(path).read_text(encoding="utf-8"))


def load_yaml_from_globs(*globs: str) -> dict[Any, Any]:
    """What all files at these patterns say together; a later one wins."""
    return load_yaml_from_glob_list(globs)


def load_yaml_from_glob_list(glob_list: Sequence[str]) -> dict[Any, Any]:
    """Same as `load_yaml_from_globs`."""
    return merge_yamls([path for pattern in glob_list for path in sorted(glob(pattern))])


def merge_yamls(file_list: Sequence[str]) -> dict[Any, Any]:
    """What these files say together; a later one wins."""
    return merge_yaml_strings([Path(path).read_text(encoding="utf-8") for path in file_list])


def merge_yaml_strings(yaml_strs: Sequence[str]) -> dict[Any, Any]:
    """What these texts say together; a later one wins.

    Raises:
        CheckError: one of them is no mapping.
    """
    said: list[Any] = [safe_load_yaml(text) or {} for text in yaml_strs]
    for each in said:
        if not isinstance(each, dict):
            raise CheckError(f"Expected YAML dictionary, instead got: {each!r}")
    return reduce(deep_merge_dicts, cast("list[dict[Any, Any]]", said), {})


def dump_run_config_yaml(run_config: Mapping[str, Any], sort_keys: bool = True) -> str:
    """The config of a run as a text."""
    import yaml

    return yaml.dump(run_config, Dumper=_dumper(), default_flow_style=False, allow_unicode=True, sort_keys=sort_keys)


_DATE = "tag:yaml.org,2002:timestamp"


@cache
def _loader() -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """Without dates."""

    Loader.yaml_implicit_resolvers = _without_dates(yaml.SafeLoader)
    return Loader


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Which does not quote what looks like a date."""

    Dumper.yaml_implicit_resolvers = _without_dates(yaml.SafeDumper)
    return Dumper


def _without_dates(kind: Any) -> dict[str, list[tuple[str, Any]]]:
    resolvers = cast("dict[str, list[tuple[str, Any]]]", kind.yaml_implicit_resolvers)
    return {first: [pair for pair in pairs if pair[0] != _DATE] for first, pairs in resolvers.items()}
