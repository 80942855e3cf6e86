"""Sensors that evaluate the automation conditions of assets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from dagster.arguments import check_optional
from dagster.define.sensors import SensorDefinition
from dagster.define.tick_functions import TickFunction
from dagster.errors import CheckError
from dagster.metadata.tags import run_tags as checked_run_tags
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.selections import AssetSelection
from dagster.specs.sensors import DefaultSensorStatus, SensorType

DEFAULT_AUTOMATION_SENSOR_NAME = "default_automation_condition_sensor"
_EMITS_BACKFILLS_METADATA = "dagster/emit_backfills"


class AutomationConditionSensorDefinition(SensorDefinition):
    """Evaluates the automation conditions of a selection of assets.

    Args:
        name: unique among schedules and sensors.
        target: the assets, in any form that a selection has.
        tags: of the sensor.
        run_tags: of the runs that it starts.
        default_status: whether it runs before anybody has switched it on or off.
        minimum_interval_seconds: between the end of an evaluation and the next one; without: 30.
        description: Markdown for people.
        metadata: shown with the sensor.
        emit_backfills: whether it may ask for several runs at once.
        use_user_code_server: whether conditions are evaluated where the user's code is; conditions of user classes need it.
        default_condition: of assets that have none; only where `use_user_code_server` is set.

    Raises:
        DagsterInvalidDefinitionError: a name that cannot be.
        CheckError: an argument of a wrong type.

    Example:
        >>> eager_marts = AutomationConditionSensorDefinition("eager_marts", target="group:marts")
        >>> str(eager_marts.asset_selection)
        'group:"marts"'
    """

    def __init__(
        self,
        name: str,
        *,
        target: Any,
        tags: Mapping[str, str] | None = None,
        run_tags: Mapping[str, Any] | None = None,
        default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
        minimum_interval_seconds: int | None = None,
        description: str | None = None,
        metadata: Mapping[str, object] | None = None,
        emit_backfills: bool = True,
        use_user_code_server: bool = False,
        default_condition: AutomationCondition | None = None,
    ) -> None:
        check_optional("default_condition", default_condition, AutomationCondition)
        if default_condition is not None and not use_user_code_server:
            raise CheckError(
                "Setting a `default_condition` for a non-user-code AutomationConditionSensorDefinition is not supported. Give "
                "use_user_code_server=True too."
            )
        self.sensor_type = SensorType.AUTOMATION if use_user_code_server else SensorType.AUTO_MATERIALIZE
        super().__init__(
            name,
            evaluation_fn=TickFunction(function=_not_called, arguments=("context",), resource_names=frozenset()),
            minimum_interval_seconds=minimum_interval_seconds,
            description=description,
            default_status=default_status,
            asset_selection=AssetSelection.from_coercible(target),
            tags=tags,
            metadata={**(metadata or {}), _EMITS_BACKFILLS_METADATA: True} if emit_backfills else metadata,
        )
        self.spec = replace(
            self.spec,
            run_tags=checked_run_tags(run_tags),
            emits_backfills=emit_backfills,
            default_condition=default_condition,
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Not called: it has no function.

        Raises:
            NotImplementedError: always.
        """
        return _not_called()

    @property
    def default_condition(self) -> AutomationCondition | None:
        """Of assets that have none."""
        return self.spec.default_condition

    @property
    def emit_backfills(self) -> bool:
        """Whether it may ask for several runs at once."""
        return self.spec.emits_backfills

    @property
    def run_tags(self) -> Mapping[str, str]:
        """Of the runs that it starts."""
        return self.spec.run_tags


def _not_called(context: Any = None) -> Any:
    raise NotImplementedError("Automation condition sensors cannot be evaluated like regular user-space sensors.")


def default_automation_sensor(selection: AssetSelection) -> AutomationConditionSensorDefinition:
    """The sensor that a project has for assets with conditions that no sensor of its own evaluates."""
    return AutomationConditionSensorDefinition(DEFAULT_AUTOMATION_SENSOR_NAME, target=selection)
