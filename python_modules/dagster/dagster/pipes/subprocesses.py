"""The client that launches a process on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from dagster.errors import DagsterExecutionInterruptedError
from dagster.execution.contexts import OpExecutionContext
from dagster.pipes.clients import PipesClient, PipesClientCompletedInvocation
from dagster.pipes.context_injectors import PipesContextInjector, PipesTempFileContextInjector
from dagster.pipes.errors import DagsterPipesExecutionError
from dagster.pipes.file_readers import PipesTempFileMessageReader
from dagster.pipes.messages import PipesMessageReader
from dagster.pipes.sessions import open_pipes_session


class PipesSubprocessClient(PipesClient):
    """Launches a command on this machine and takes what it reports.

    The process writes to stdout and stderr of this one. When the run is stopped, it gets SIGINT, and SIGKILL if it does not end.

    Args:
        env: environment variables for every process, over those of this one.
        cwd: directory for every process.
        context_injector: puts the context where the process finds it; without: into a temporary file.
        message_reader: reads the process's messages; without: from a temporary file.
        forward_termination: False lets the process go on when the run is stopped.
        forward_stdio: False drops what the process writes to stdout and stderr.
        termination_timeout_seconds: how long a process that was asked to stop may take.

    Example:
        >>> import sys
        >>> script = '''from dagster_pipes import open_dagster_pipes
        ... with open_dagster_pipes() as pipes:
        ...     pipes.report_asset_materialization(metadata={"rows": pipes.get_extra("rows")})'''
        >>> @asset
        ... def counted(context: AssetExecutionContext, client: PipesSubprocessClient):
        ...     return client.run(context=context, command=[sys.executable, "-c", script], extras={"rows": 3}).get_results()
        >>> result = materialize([counted], resources={"client": PipesSubprocessClient()})
        >>> result.asset_materializations_for_node("counted")[0].metadata["rows"].value
        3
    """

    def __init__(
        self,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        context_injector: PipesContextInjector | None = None,
        message_reader: PipesMessageReader | None = None,
        forward_termination: bool = True,
        forward_stdio: bool = True,
        termination_timeout_seconds: float = 20,
    ) -> None:
        self.env = env
        self.cwd = cwd
        self.context_injector = context_injector or PipesTempFileContextInjector()
        self.message_reader = message_reader or PipesTempFileMessageReader()
        self.forward_termination = forward_termination
        self.forward_stdio = forward_stdio
        self.termination_timeout_seconds = termination_timeout_seconds

    def run(  # pyright: ignore[reportIncompatibleMethodOverride] - each client says in its own arguments what to launch
        self,
        *,
        context: OpExecutionContext,
        extras: Mapping[str, Any] | None = None,
        command: str | Sequence[str],
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> PipesClientCompletedInvocation:
        """Launch the command and wait until it has ended.

        Args:
            context: of the step that the process works for.
            extras: JSON values for the process.
            command: program and arguments; a string is the path of a program.
            env: environment variables, over those of the client.
            cwd: directory, instead of the client's.

        Raises:
            DagsterPipesExecutionError: it ended with another code than 0.
        """
        with open_pipes_session(context, self.context_injector, self.message_reader, extras) as session:
            variables = {**os.environ, **(self.env or {}), **(env or {}), **session.get_bootstrap_env_vars()}
            code = self._wait(context, command, variables, cwd or self.cwd)
            if code != 0:
                raise DagsterPipesExecutionError(f"External execution process failed with code {code}")
        return PipesClientCompletedInvocation(session)

    def _wait(self, context: OpExecutionContext, command: str | Sequence[str], env: Mapping[str, str], cwd: str | None) -> int:
        # None: the descriptors of this process, also where `sys.stdout` is an object of pytest or a notebook.
        output = None if self.forward_stdio else subprocess.DEVNULL
        process = subprocess.Popen(command, env=env, cwd=cwd, stdout=output, stderr=output)
        try:
            return process.wait()
        except (KeyboardInterrupt, DagsterExecutionInterruptedError):
            if self.forward_termination:
                context.log.info("[pipes] execution interrupted, sending SIGINT to subprocess.")
                self._stop(process)
            raise

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        if sys.platform == "win32":
            process.terminate()
        else:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(self.termination_timeout_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
