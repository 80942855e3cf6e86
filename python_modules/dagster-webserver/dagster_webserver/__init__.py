"""The web server: GraphQL over HTTP and websocket, reports, logs and the built pages.

Nothing of it is built yet: the package exists so that a project which lists `dagster-webserver` installs, and every name in
it answers that it comes with a later version.
"""

from dagster_webserver.version import __version__

__all__ = ["__version__"]


def __getattr__(name: str) -> object:
    raise AttributeError(f"dagster_webserver.{name} comes with a later version; {__version__} holds no server yet.")
