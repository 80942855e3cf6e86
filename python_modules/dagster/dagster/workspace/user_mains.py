"""The main module of processes in which a location's code is loaded.

What user code starts by multiprocessing's method `spawn` imports the main module of its parent first. This one then loads the
location's code, so that functions of a file which cannot be imported by name are found in the new process as well.

Source: https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
"""

from __future__ import annotations

import os

TARGET = "DAGSTER_MAIN_TARGET"
"""The environment variable that tells a spawned process which code its parent has loaded."""


def remember(target: object) -> None:
    """Have processes that are spawned from here on load the code of a target."""
    from dagster import serdes

    os.environ[TARGET] = serdes.encode(target).decode()


def _load() -> None:
    from dagster import serdes
    from dagster.workspace.modules import loaded_module
    from dagster.workspace.targets import CodeTarget

    told = os.environ.get(TARGET)
    if told:
        loaded_module(serdes.decode(told, CodeTarget))


if __name__ == "__mp_main__":
    _load()
