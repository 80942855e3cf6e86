"""What the settings say about how runs are launched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from dagster.instance.setting_models import ClassEntry


class ConfigurableClassData(NamedTuple):
    """A class that is named in the settings, and its config there.

    Attributes:
        module_name: where the class is documented to stand.
        class_name: its name.
        config_yaml: its config, as YAML.
    """

    module_name: str
    class_name: str
    config_yaml: str = "{}\n"


class DefaultRunLauncher:
    """Each run in a process of its own, on the host of its code: how runs are launched when the settings say nothing else.

    Args:
        inst_data: what the settings say; None where they say nothing.

    Example:
        >>> with DagsterInstance.ephemeral() as instance:
        ...     isinstance(instance.run_launcher, DefaultRunLauncher)
        True
    """

    __slots__ = ("_inst_data",)

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
        return cls(inst_data)

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
    import yaml

    data = ConfigurableClassData(entry.module, entry.class_name, yaml.safe_dump(entry.config))
    return DefaultRunLauncher.from_config_value(data, entry.config)
