"""A coordinator and a launcher of a user's own, as `dagster.yaml` may name them."""

from dagster import DagsterRun, DefaultRunLauncher, QueuedRunCoordinator
from dagster.instance.coordinators import SubmitRunContext
from dagster.instance.launchers import LaunchRunContext

LAUNCHED: list[str] = []


class TaggingCoordinator(QueuedRunCoordinator):
    """Says on each run who submitted it."""

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        user = context.get_request_header("X-User")
        if user is not None:
            self._instance.add_run_tags(context.dagster_run.run_id, {"user": user})
        return super().submit_run(context)


class NotingLauncher(DefaultRunLauncher):
    """Notes what it launches, and refuses jobs of one name."""

    def launch_run(self, context: LaunchRunContext) -> None:
        if context.dagster_run.job_name == "forbidden":
            raise ValueError("not on weekends")
        LAUNCHED.append(context.dagster_run.run_id)
        super().launch_run(context)


class NoLauncher:
    """Is none."""
