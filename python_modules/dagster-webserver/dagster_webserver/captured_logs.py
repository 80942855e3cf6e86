"""What processes of a run wrote to stdout and stderr, as a download."""

from __future__ import annotations

import os

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dagster.execution.captures import STDERR, STDOUT, output_folder
from dagster.instance.instance import DagsterInstance

_ENDINGS = {"stdout": STDOUT, "out": STDOUT, "stderr": STDERR, "err": STDERR}


class CapturedLogs:
    """Answers `GET /logs/<run id>/compute_logs/<file key>/<stdout or stderr>`.

    Args:
        instance: whose files are read.
    """

    def __init__(self, instance: DagsterInstance) -> None:
        self._instance = instance

    async def __call__(self, request: Request) -> Response:
        """The file, as plain text to be saved."""
        parts = [part for part in request.path_params["log_key"].split("/") if part != "compute_logs"]
        if len(parts) == 3 and parts[2] in _ENDINGS:
            run_id, file_key, stream = parts
            path = await run_in_threadpool(self._found, run_id, file_key, _ENDINGS[stream])
            if path is not None:
                name = f"{run_id}_{file_key}{_ENDINGS[stream]}.txt"
                return FileResponse(path, media_type="text/plain; charset=utf-8", filename=name)
        return PlainTextResponse("No log files available for download", 404)

    def _found(self, run_id: str, file_key: str, ending: str) -> str | None:
        """The path of a file of a run that there is; a name that leads out of its folder is none."""
        if "\0" in file_key or not self._instance.has_run(run_id):
            return None
        folder = os.path.realpath(output_folder(self._instance.storage_directory(), run_id))
        path = os.path.realpath(os.path.join(folder, f"{file_key}{ending}"))
        return path if os.path.dirname(path) == folder and os.path.isfile(path) else None
