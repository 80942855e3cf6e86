"""What stands for everything that a step is made from, as its cache policy compares it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import cast

from dagster.execution.running import RunningStep
from dagster.specs.assets import AssetSpec
from dagster.specs.caching import CachePolicy


def cache_key(step: RunningStep, policy: CachePolicy, spec: AssetSpec, partition: str | None) -> str:
    """What stands for everything that an asset, or a partition, is made from."""
    parts = list(code_and_config(step, policy, spec.code_version))
    if "inputs" in policy.compare:
        partitions = None if partition is None else [partition]
        deps = sorted(spec.deps, key=lambda dep: dep.asset_key)
        parts.extend(f"{dep.asset_key.to_string()}={step.running.versions.of(spec, dep, partitions)[0]}" for dep in deps)
    return digest(parts)


def code_and_config(step: RunningStep, policy: CachePolicy, code_version: str | None) -> Iterator[str]:
    """What the policy compares of the function and its config, as text."""
    if "code" in policy.compare:
        yield f"code={code_version}"
    if "config" in policy.compare:
        given = cast("object", step.running.config.ops.get(step.step.place))
        yield f"config={json.dumps(given, sort_keys=True, default=repr)}"


def digest(parts: Sequence[str]) -> str:
    """One text that stands for several: half of SHA-256, since values of tags have 63 characters at most."""
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
