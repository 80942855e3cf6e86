"""What the client gives and raises."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple


class DagsterGraphQLClientError(Exception):
    """The server refused what was asked, or it could not be asked.

    Args:
        args: the kind of refusal, by its name in the API, and what was said about it.
        body: further facts, where there are some.

    Example:
        >>> DagsterGraphQLClientError("RunNotFoundError", "Pipeline run 6c7f could not be found.").args[0]
        'RunNotFoundError'
    """

    def __init__(self, *args: Any, body: Any = None) -> None:
        super().__init__(*args)
        self.body = body


class InvalidOutputErrorInfo(NamedTuple):
    """An output that a step does not have.

    Example:
        >>> InvalidOutputErrorInfo(step_key="load", invalid_output_name="rows").step_key
        'load'
    """

    step_key: str
    invalid_output_name: str


class ReloadRepositoryLocationStatus(Enum):
    """Whether a code location was loaded again.

    Example:
        >>> ReloadRepositoryLocationStatus("SUCCESS").name
        'SUCCESS'
    """

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class ReloadRepositoryLocationInfo(NamedTuple):
    """What came of loading a code location again.

    Args:
        status: whether it was loaded.
        failure_type: why not, by its name in the API.
        message: why not, for people.

    Example:
        >>> ReloadRepositoryLocationInfo(ReloadRepositoryLocationStatus.SUCCESS).message is None
        True
    """

    status: ReloadRepositoryLocationStatus
    failure_type: str | None = None
    message: str | None = None


class ShutdownRepositoryLocationStatus(Enum):
    """Whether the processes of a code location were ended.

    Example:
        >>> ShutdownRepositoryLocationStatus("FAILURE").name
        'FAILURE'
    """

    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class ShutdownRepositoryLocationInfo(NamedTuple):
    """What came of ending the processes of a code location.

    Example:
        >>> ShutdownRepositoryLocationInfo(ShutdownRepositoryLocationStatus.SUCCESS).message is None
        True
    """

    status: ShutdownRepositoryLocationStatus
    message: str | None = None
