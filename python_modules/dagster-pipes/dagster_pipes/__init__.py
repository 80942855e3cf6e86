"""The outside half of Pipes: what a process that is not ours imports to report to the run that started it.

Nothing of it is built yet: the package exists so that a project which lists `dagster-pipes` installs, and every name in
it answers that it comes with a later version.
"""

from dagster_pipes.version import __version__

__all__ = ["__version__"]


def __getattr__(name: str) -> object:
    raise AttributeError(f"dagster_pipes.{name} comes with a later version; {__version__} holds no session yet.")
