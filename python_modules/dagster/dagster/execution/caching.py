"""Steps that need not be executed, since nothing has changed: the stored output stands for a new one.

An asset is compared by a key in the tags of its latest materialization. An op has no history, so what it gave last is kept by the
instance under the job and the step; its stored output is loaded from the run that made it and handed on in this one.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dagster.events.data import TypeCheckData
from dagster.events.data_versions import CACHE_KEY_TAG
from dagster.events.records import AssetRecordsFilter, EventLogRecord
from dagster.events.results import Output
from dagster.events.types import DagsterEventType
from dagster.execution.cache_keys import cache_key, code_and_config, digest
from dagster.execution.outputs import give, output_context
from dagster.execution.running import RunningStep
from dagster.instance.kept_steps import KeptStep
from dagster.io.contexts import InputContext
from dagster.io.memory import InMemoryIOManager
from dagster.keys import AssetKey
from dagster.specs.assets import AssetSpec
from dagster.specs.caching import CachePolicy, refreshes

_DEBUG = 10


class StepCache:
    """What a step with a cache policy may reuse.

    Args:
        step: the step, before its inputs are loaded.
        policy: of its function.
    """

    def __init__(self, step: RunningStep, policy: CachePolicy) -> None:
        self._step = step
        self._policy = policy
        self._is_asked = not refreshes(step.running.run.tags)
        self._key: str | None = None

    def reuses_assets(self) -> bool:
        """Whether all assets of the step are as they would be made now; then they are given as they stand."""
        step = self._step
        if not self._is_asked or not step.step.specs or step.step.definition.is_observable or not self._is_stored():
            return False
        slices = [
            (spec, None if partition is None else str(partition))
            for spec in step.step.specs.values()
            for partition in step.partition_keys or (None,)
        ]
        records = [self._reusable(spec, partition) for spec, partition in slices]
        run_ids = {record.run_id for record in records if record is not None}
        if None in records or not self._have_ended_well(records) or not self._checks_passed(run_ids):
            return False
        if step.running.keeps_values and not self._captured(run_ids):
            return False
        for (spec, partition), record in zip(slices, records, strict=True):
            assert record is not None, "asked above"
            self._tell(record.run_id, spec.key, partition)
        for declared in step.step.outputs:
            if declared.check is None:
                found = TypeCheckData(success=True, label=declared.name)
                name = declared.dagster_type.display_name
                step.running.recorder.record(step.running.make.output_checked(step.step, declared.name, name, found, {}))
            step.given.add(declared.name)
        return True

    def reuses_outputs(self, inputs: Mapping[str, Any]) -> bool:
        """Whether an op gave the same before; then what it gave is loaded and given again."""
        step = self._step
        if step.step.specs:
            return False
        self._key = self._key_of_op(inputs)
        kept: KeptStep | None = step.running.instance.kept_step(self._name()) if self._is_asked and self._key else None
        if kept is None or kept.key != self._key or self._policy.is_expired(kept.made_at, time.time()):
            return False
        values = self._values(kept.outputs, kept.run_id)
        if values is None:
            return False
        self._tell(kept.run_id)
        for name, value in values.items():
            give(step, Output(value, name))
        self._keep(kept.made_at, kept.outputs)
        return True

    def keep(self) -> None:
        """The step has ended well: its outputs may stand for those of later runs."""
        if not self._step.step.specs and self._key is not None and self._is_stored():
            self._keep(time.time(), sorted(self._step.given))

    # --- assets ---------------------------------------------------------------------------------------------------------

    def _reusable(self, spec: AssetSpec, partition: str | None) -> EventLogRecord | None:
        wanted = AssetRecordsFilter(spec.key, asset_partitions=None if partition is None else [partition])
        records = self._step.running.instance.fetch_materializations(wanted, limit=1).records
        if not records or self._policy.is_expired(records[0].timestamp, time.time()):
            return None
        tags: Mapping[str, str] = records[0].asset_materialization.tags or {}
        return records[0] if tags.get(CACHE_KEY_TAG) == cache_key(self._step, self._policy, spec, partition) else None

    def _have_ended_well(self, records: list[EventLogRecord | None]) -> bool:
        """Whether the steps that made this ended well: what one wrote before it failed does not stand for its output."""
        steps = {(record.run_id, record.event_log_entry.step_key) for record in records if record is not None}
        marks = {run_id: self._step.running.instance.step_marks(run_id) for run_id, _ in steps}
        return all(step_key in marks[run_id] and marks[run_id][step_key].status == "SUCCESS" for run_id, step_key in steps)

    def _checks_passed(self, run_ids: set[str]) -> bool:
        keys = [output.check.key for output in self._step.step.outputs if output.check is not None]
        marks = self._step.running.instance.history().check_marks(keys)
        return all(key in marks and marks[key].passed and marks[key].evaluation_run_id in run_ids for key in keys)

    def _captured(self, run_ids: Iterable[str]) -> bool:
        """Keeps the stored values for the result of the run; says whether those that were stored are there."""
        step = self._step
        stored = self._stored_names(run_ids)
        for declared in step.step.outputs:
            if declared.name in stored:
                values = self._values([declared.name], step.run_id)
                if values is None:
                    return False
                step.running.captured[step.step.key, declared.name] = values[declared.name]
        return True

    def _stored_names(self, run_ids: Iterable[str]) -> set[str]:
        """The outputs whose value the step stored in these runs: a function that writes its data itself stores none."""
        kind, instance = DagsterEventType.HANDLED_OUTPUT, self._step.running.instance
        events = [entry.dagster_event for run_id in run_ids for entry in instance.all_logs(run_id, of_type=kind)]
        return {each.event_specific_data.output_name for each in events if each.step_key == self._step.step.key}

    def _values(self, names: Sequence[str], run_id: str) -> dict[str, Any] | None:
        """What is stored of outputs; None where some of it cannot be loaded."""
        try:
            return {name: self._loaded(name, run_id) for name in names if self._is_output(name)}
        except Exception as raised:  # whatever the IO manager cannot find or read, the function makes again
            self._step.log_line(_DEBUG, f'Step "{self._step.step.key}" is executed: its output cannot be loaded. {raised}')
            return None

    def _is_stored(self) -> bool:
        """Whether the outputs outlive the process."""
        stored = [each for each in self._step.step.outputs if each.check is None and each.is_stored]
        managers = [self._step.running.resources[each.io_manager_key] for each in stored]
        return not any(isinstance(manager, InMemoryIOManager) for manager in managers)

    # --- ops ------------------------------------------------------------------------------------------------------------

    def _name(self) -> str:
        return f"{self._step.job_name}/{self._step.step.key}"

    def _is_output(self, name: str) -> bool:
        return any(each.name == name and each.is_stored for each in self._step.step.outputs)

    def _key_of_op(self, inputs: Mapping[str, Any]) -> str | None:
        step, policy = self._step, self._policy
        parts = list(code_and_config(step, policy, step.step.computation.code_version))
        if "inputs" in policy.compare:
            try:
                parts.append(pickle.dumps([(name, inputs[name]) for name in sorted(inputs)], protocol=5).hex())
            except Exception as raised:  # whatever pickle cannot take, it says in its own way
                step.log_line(_DEBUG, f'Step "{step.step.key}" is not cached: its inputs cannot be compared. {raised}')
                return None
        return digest(parts)

    def _keep(self, made_at: float, outputs: list[str]) -> None:
        assert self._key is not None, "asked before"
        kept = KeptStep(key=self._key, run_id=self._step.run_id, made_at=made_at, outputs=outputs)
        self._step.running.instance.keep_step(self._name(), kept)

    def _loaded(self, name: str, run_id: str) -> Any:
        step = self._step
        declared = next(each for each in step.step.outputs if each.name == name)
        manager = step.running.resources[declared.io_manager_key]
        spec, keys = step.step.specs.get(name), step.partition_keys
        stored = output_context(step, declared, spec, {}, None, run_id=run_id)
        context = InputContext(
            name=name,
            job_name=step.job_name,
            op_def=step.step.computation,
            upstream_output=stored,
            dagster_type=declared.dagster_type,
            resource_config=step.running.resource_config(declared.io_manager_key),
            resources=step.running.resources_for(declared.io_manager_key),
            step_context=step,
            asset_key=spec.key if spec is not None else None,
            partition_key=keys[0] if keys and len(keys) == 1 else None,
            asset_partition_keys=list(keys) if spec is not None and keys is not None else None,
            asset_partitions_def=spec.partitions_def if spec is not None else None,
            instance=step.running.instance,
        )
        with context:
            return manager.load_input(context)

    def _tell(self, run_id: str, key: AssetKey | None = None, partition: str | None = None) -> None:
        make = self._step.running.make
        self._step.running.recorder.record(make.step_cached(self._step.step, self._policy.compare, run_id, key, partition))
