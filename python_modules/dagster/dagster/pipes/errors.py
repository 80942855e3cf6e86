"""What goes wrong with outside processes."""

from __future__ import annotations


class DagsterPipesExecutionError(Exception):
    """An outside process failed, or said what cannot be understood.

    No `DagsterError`, so that a step which it ends has failed in the code of the user: it comes as the cause of a
    `DagsterExecutionStepExecutionError`.
    """
