"""What the settings say about how runs are launched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dagster.instance.setting_classes import OWN, ConfigurableClassData, kind_of, own_object
from dagster.runs.runs import DagsterRun

if TYPE_CHECKING:
    from dagster.instance.setting_models import ClassEntry


class LaunchRunContext(msgspec.Struct, frozen=True):
    """A run that is launched.

    Attributes:
        dagster_run: the run as it is stored, and held by who launches it.
        order: what its supervisor gets, a `RunOrder`.
        starts: starts its processes, a `RunLauncher`.
        workspace: None; kept for the API.
    """

    dagster_run: DagsterRun
    order: Any
    starts: Any
    workspace: object = None


class DefaultRunLauncher:
    """Each run in a process of its own, on the host of its code: how runs are launched when the settings say nothing else.

    A class of one's own that the settings name derives from it, and does in `launch_run` what is to be done before or after a
    launch.

    Args:
        inst_data: what the settings say; None where they say nothing.

    Example:
        >>> with DagsterInstance.ephemeral() as instance:
        ...     isinstance(instance.run_launcher, DefaultRunLauncher)
        True
    """

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        self._inst_data = inst_data

    @property
    def inst_data(self) -> ConfigurableClassData | None:
        """What the settings say; None where they say nothing."""
        return self._inst_data

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """The schema of its config: it takes none."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> DefaultRunLauncher:
        """The launcher that an entry of the settings stands for."""
        return cls(inst_data) if cls is DefaultRunLauncher else cls(inst_data=inst_data, **config_value)

    def launch_run(self, context: LaunchRunContext) -> None:
        """Starts the processes of a run; what it raises fails the run."""
        context.starts.launch(context.order)

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Whether somebody but the run's own process can tell how it is; not for this launcher."""
        return False

    @property
    def supports_resume_run(self) -> bool:
        """Whether a run whose process died can go on in another; not for this launcher."""
        return False

    def __repr__(self) -> str:
        return f"DefaultRunLauncher(inst_data={self._inst_data!r})"


def launcher_of(entry: ClassEntry | None) -> DefaultRunLauncher:
    """The launcher that the entry `run_launcher` of the settings stands for."""
    if entry is None:
        return DefaultRunLauncher(ConfigurableClassData("dagster", "DefaultRunLauncher"))
    if kind_of("run_launcher", entry) == OWN:
        return own_object("run_launcher", entry, (DefaultRunLauncher,))
    import yaml

    data = ConfigurableClassData(entry.module, entry.class_name, yaml.safe_dump(entry.config))
    return DefaultRunLauncher.from_config_value(data, entry.config)
