"""What stands in `dagster.yaml`. Unknown entries are kept and not looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, cast

from dagster.errors import DagsterInstanceError

SETTINGS_FILE = "dagster.yaml"


def read_settings(root: str, filename: str = SETTINGS_FILE) -> Mapping[str, Any]:
    """The settings of the instance in folder `root`; empty without a file or with an empty one.

    Raises:
        DagsterInstanceError: the file cannot be read or is no mapping; the sentence names the line.
    """
    path = os.path.join(root, filename)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return {}
    except OSError as refused:
        raise DagsterInstanceError(f'The settings in "{path}" cannot be read: {refused.strerror}.') from refused
    return _parse(path, text) if text.strip() else {}


def _parse(path: str, text: str) -> Mapping[str, Any]:
    import yaml

    try:
        settings: object = yaml.safe_load(text)
    except yaml.YAMLError as refused:
        raise DagsterInstanceError(f'The settings in "{path}" are no YAML: {refused}') from refused
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise DagsterInstanceError(f'The settings in "{path}" are a {type(settings).__name__}. Write entries as `name: value`.')
    return cast("dict[str, Any]", settings)
