"""What goes wrong in an outside process."""

from __future__ import annotations


class DagsterPipesError(Exception):
    """Pipes was used in a way that cannot work, or what came from the orchestrating process does not fit.

    Example:
        >>> raise DagsterPipesError("no such extra")
        Traceback (most recent call last):
            ...
        dagster_pipes.errors.DagsterPipesError: no such extra
    """


class PipesDecodingError(DagsterPipesError, ValueError):
    """A parameter that is not what `encode_param` makes."""

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(
            f"{str(value)[:80]!r} is no Pipes parameter: it must be base64 of zlib-compressed JSON, as encode_param makes it."
        )


class DagsterPipesWarning(Warning):
    """Something is left undone, e.g. because the process was not launched through Pipes.

    Example:
        >>> import warnings
        >>> with warnings.catch_warnings(record=True) as caught:
        ...     warnings.simplefilter("always")
        ...     context = open_dagster_pipes()
        >>> caught[0].category.__name__
        'DagsterPipesWarning'
    """
