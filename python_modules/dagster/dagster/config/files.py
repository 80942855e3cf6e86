"""Run config from YAML, and paths of files beside the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from dagster.config.run_config import merged
from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.text_files import text_of_file


def config_from_files(config_files: Sequence[str]) -> Mapping[str, Any]:
    """The config that YAML files hold, laid over each other in this order.

    Args:
        config_files: paths or glob patterns; the files of a pattern come in order of their names.

    Raises:
        DagsterInvariantViolationError: a pattern matches no file, or a file is not YAML.

    Example:
        >>> config_from_files([])
        {}
    """
    from glob import glob

    paths: list[str] = []
    for pattern in config_files:
        found = sorted(glob(str(pattern), recursive=True))
        if not found:
            raise DagsterInvariantViolationError(f'File or glob pattern "{pattern}" for "config_files" produced no results.')
        paths += found
    return _merged_yaml(((path, _read(path)) for path in paths), empty={})


def config_from_yaml_strings(yaml_strings: Sequence[str]) -> Mapping[str, Any]:
    """The config that YAML texts hold, laid over each other in this order.

    Args:
        yaml_strings: the texts; each holds a dict.

    Raises:
        DagsterInvariantViolationError: a text is not YAML.
        CheckError: a text holds no dict.

    Example:
        >>> config_from_yaml_strings(["ops: {a: {config: 1}}", "ops: {b: {config: 2}}"])
        {'ops': {'a': {'config': 1}, 'b': {'config': 2}}}
    """
    return _merged_yaml((f"text {number}", text) for number, text in enumerate(yaml_strings, start=1))


def config_from_pkg_resources(pkg_resource_defs: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The config that YAML files inside of packages hold, laid over each other in this order.

    Args:
        pkg_resource_defs: pairs of a package and a file in it.

    Raises:
        DagsterInvariantViolationError: there is no such file, or it is not YAML.

    Example:
        >>> config_from_pkg_resources([])
        {}
    """
    return _merged_yaml((f"{package}/{name}", _read_packaged(package, name)) for package, name in pkg_resource_defs)


def _read_packaged(package: str, name: str) -> str:
    from importlib.resources import files

    try:
        return files(package).joinpath(name).read_text(encoding="utf-8")
    except (OSError, ImportError) as cause:
        raise DagsterInvariantViolationError(f'Cannot read "{name}" of package "{package}": {cause}') from cause


def _read(path: str) -> str:
    return text_of_file(path, lambda line, said: DagsterInvariantViolationError(f"{path}:{line}: {said}"))


def _merged_yaml(texts: Iterable[tuple[str, str]], empty: object = None) -> dict[str, Any]:
    return merged(*(_loaded(place, text, empty) for place, text in texts))


def _loaded(place: str, text: str, empty: object) -> Mapping[str, Any]:
    import yaml

    try:
        loaded: Any = yaml.load(text, Loader=_plain_loader(yaml))
    except yaml.YAMLError as cause:
        raise DagsterInvariantViolationError(f"Encountered error attempting to parse yaml of {place}: {cause}") from cause
    if loaded is None:
        loaded = empty
    if not isinstance(loaded, dict):
        raise CheckError(f"Expected YAML dictionary in {place}, instead got: {loaded!r}")
    return cast("dict[str, Any]", loaded)


def _plain_loader(yaml: Any) -> Any:
    """Safe YAML in which a date stays the string that was written, as config has no dates."""

    class PlainLoader(yaml.SafeLoader):
        pass

    PlainLoader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return PlainLoader


def file_relative_path(dunderfile: str, relative_path: str) -> str:
    """An absolute path beside a Python file.

    Args:
        dunderfile: the `__file__` of the module.
        relative_path: from the folder of that file.

    Example:
        >>> file_relative_path("/project/assets.py", "data/orders.csv")
        '/project/data/orders.csv'
    """
    import os

    return os.path.abspath(os.path.join(os.path.dirname(dunderfile), relative_path))
