"""The workspace feed: one subscription by which pages learn of everything that changes. Not in the public API.

What changed is told by the ids of events, which grow in the order of commits: a reader that knows the last one misses nothing. So
the sequence of a value is that id, together with marks of the code locations and of all schedules and sensors; who comes back
with it after a broken connection, even to another process, is told what happened meanwhile. What a value holds is read when it is
sent: it says where things stand, not what happened on the way, so values may be left out without harm.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

import msgspec

from dagster.errors import DagsterInvariantViolationError
from dagster.keys import AssetKey
from dagster.runs.runs import DagsterRun, RunRecord
from dagster.runs.statuses import STATUS_BY_EVENT
from dagster.storage.ports import Touch
from dagster_graphql.assets.assets import AssetLatestInfo, expect_assets, latest_infos
from dagster_graphql.assets.nodes import Node, in_order
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.instigators.states import Standing as InstigatorStanding
from dagster_graphql.instigators.states import expect_states, instigator_named
from dagster_graphql.locations import LocationState
from dagster_graphql.signals import changes

DOMAIN = Domain.beside(__file__)

Versions = Mapping[str, int]
"""How often each schedule and sensor has changed, keyed by selector."""

MOST_TOUCHES = 5000
"""After how many events it is cheaper for a page to read everything again."""


class WorkspaceChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What has changed.

    Attributes:
        sequence: where to go on.
        is_reset: whether it is not known what changed.
        assets: where these assets stand.
        runs: those that began, moved or ended.
        run_ids: of others that are gone or whose log grew.
        locations: those that came to another state.
        asset_keys: of them: those about which something was stored, or whose run began, moved or ended. A run that ends early
            stores nothing about the assets that it did not come to.
        written_keys: the assets that were written, looked at or forgotten.
    """

    sequence: str
    is_reset: bool = False
    assets: Sequence[AssetLatestInfo] = ()
    runs: Sequence[RunRecord] = ()
    run_ids: Sequence[str] = ()
    instigators: Sequence[InstigatorStanding] = ()
    locations: Sequence[LocationState] = ()
    asset_keys: frozenset[AssetKey] = frozenset()
    written_keys: frozenset[AssetKey] = frozenset()


def _nodes(context: RequestContext, keys: Iterable[AssetKey]) -> list[Node]:
    """The assets of these that are declared, in the order of their keys."""
    found = in_order([node for key in keys if (node := context.catalog.assets.get(key)) is not None])
    expect_assets(context, [node.value.spec.key for node in found])
    return found


def _dependents(context: RequestContext, keys: Iterable[AssetKey]) -> set[AssetKey]:
    """What depends on these. What lies further down is not the staler for it."""
    return {each for key in keys for each in context.catalog.dependents.get(key, ())}


DOMAIN.type(
    "WorkspaceChanges",
    WorkspaceChanges,
    asked={
        "assetNodes": lambda changes, context: _nodes(context, changes.asset_keys),
        "downstreamAssetNodes": lambda changes, context: _nodes(
            context, _dependents(context, changes.written_keys) - changes.asset_keys
        ),
    },
)


class Standing(msgspec.Struct, frozen=True):
    """How far a reader has come.

    Attributes:
        event_id: the last event of which it knows.
        instigators: a mark of where all schedules and sensors stand.
        locations: a mark of each location's state, keyed by name.
    """

    event_id: int
    instigators: str
    locations: dict[str, str]

    @property
    def text(self) -> str:
        """As it is sent."""
        marks = (f"{name}={mark}" for name, mark in sorted(self.locations.items()))
        return ";".join([f"{self.event_id}.{self.instigators}", *marks])

    @staticmethod
    def parse(text: str) -> Standing:
        """What `text` gave.

        Raises:
            DagsterInvariantViolationError: it is no sequence.
        """
        first, _, rest = text.partition(";")
        event_id, _, instigators = first.partition(".")
        if not event_id.isdecimal():
            raise DagsterInvariantViolationError(f'"{text}" is no sequence of this feed. Leave `after` out to begin anew.')
        marks = (each.rpartition("=") for each in rest.split(";") if each)
        return Standing(int(event_id), instigators, {name: mark for name, _, mark in marks})


def mark_of(state: LocationState) -> str:
    """A text that is the same for as long as a location's state is, in each process that serves it."""
    return _digest(f"{state.version} {state.is_loading} {state.complaint} {state.obstacles}")


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]


def standing(context: RequestContext, event_id: int, versions: Versions) -> Standing:
    """How far a reader has come who knows everything until now."""
    instigators = _digest(repr(sorted(versions.items())))
    return Standing(event_id, instigators, {state.name: mark_of(state) for state in context.catalog.states})


def changed_since(
    context: RequestContext, known: Standing, now_versions: Versions, known_versions: Versions | None = None
) -> WorkspaceChanges | None:
    """What has changed since a reader came so far; None for nothing.

    Args:
        context: of this moment.
        known: how far it has come.
        now_versions: of schedules and sensors.
        known_versions: those of which it knows; None where only their mark is known, as after a broken connection.
    """
    touches = context.instance.storage.events.touched_after(known.event_id, MOST_TOUCHES + 1)
    latest = touches[-1].storage_id if touches else known.event_id
    now = standing(context, latest, now_versions)
    states = [state for state in context.catalog.states if known.locations.get(state.name) != now.locations[state.name]]
    if len(touches) > MOST_TOUCHES:
        sequence = standing(context, context.instance.storage.events.latest_id(), now_versions).text
        return WorkspaceChanges(sequence=sequence, is_reset=True, locations=context.catalog.states)
    if now == known:
        return None
    moved = {touch.run_id for touch in touches if touch.event_type in STATUS_BY_EVENT}
    records = _runs(context, sorted(moved))
    known_ids = {record.dagster_run.run_id for record in records}
    touched = {touch.asset_key for touch in touches if touch.asset_key is not None}
    concerned = touched.union(*(_assets_of(record.dagster_run) for record in records))
    return WorkspaceChanges(
        sequence=now.text,
        assets=latest_infos(context, sorted(concerned)),
        asset_keys=frozenset(concerned),
        written_keys=frozenset(touch.asset_key for touch in touches if touch.asset_key and touch.event_type in _OF_VERSIONS),
        runs=records,
        run_ids=sorted(_run_ids(touches) - known_ids),
        instigators=_instigators(context, now_versions, known_versions) if now.instigators != known.instigators else (),
        locations=states,
    )


def _instigators(context: RequestContext, now: Versions, known: Versions | None) -> list[InstigatorStanding]:
    """The schedules and sensors that changed and are declared; all of which something is kept where it is not known which."""
    changed = [selector for selector, version in now.items() if known is None or known.get(selector) != version]
    found = [each for selector in sorted(changed) if (each := instigator_named(context, selector)) is not None]
    expect_states(context, found)
    return [InstigatorStanding(each) for each in found]


_OF_VERSIONS = frozenset({"ASSET_MATERIALIZATION", "ASSET_OBSERVATION", "ASSET_WIPED"})
"""The events by which an asset comes to another version of its data."""


def _assets_of(run: DagsterRun) -> Iterable[AssetKey]:
    """The assets of which partitions and checks are planned by a run, so that they stand elsewhere when it has ended."""
    return {*(run.planned_assets or run.asset_selection or ()), *(each.asset_key for each in run.asset_check_selection or ())}


def _run_ids(touches: Sequence[Touch]) -> set[str]:
    return {touch.run_id for touch in touches if touch.run_id}


def _runs(context: RequestContext, run_ids: Sequence[str]) -> list[RunRecord]:
    context.loaders.runs.expect(run_ids)
    return [record for run_id in run_ids if (record := context.loaders.runs.load(run_id)) is not None]


@DOMAIN.subscription("workspaceFeed")
async def workspace_feed(context: RequestContext, *, after: str | None = None) -> AsyncIterator[WorkspaceChanges]:
    """What changes, from now or from a sequence on, until nobody listens any more."""
    known, known_versions = Standing.parse(after) if after else None, None
    ask_versions = context.instance.storage.instigators.versions
    async for event_id in changes(context.instance, also=lambda: context.locations.states, stored_apart=ask_versions):
        current, versions = context.anew(), await asyncio.to_thread(ask_versions)
        if known is None:
            known, known_versions = standing(current, event_id, versions), versions
            yield WorkspaceChanges(sequence=known.text, is_reset=True, locations=current.catalog.states)
            continue
        changed = await asyncio.to_thread(changed_since, current, known, versions, known_versions)
        known_versions = versions
        if changed is not None:
            known = Standing.parse(changed.sequence)
            yield changed
