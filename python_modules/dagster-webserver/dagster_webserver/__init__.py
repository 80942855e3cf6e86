"""The web server: GraphQL over HTTP and websocket, reports, logs and the built pages.

`dagster dev` runs it beside its loops (`serving.web_server`), the command `dagster-webserver` alone. The road of a request:
`servers` (socket, uvicorn) → `guards` (who may call, decided in `access`) → `applications` (which address) → `graphql_http`,
`graphql_sockets`, `reports`, `captured_logs`, `pages`, `probes`.
"""

from dagster_webserver.version import __version__

__all__ = ["__version__"]
