"""What is written and asked about pools, schedules and sensors, and heartbeats, in Core. Part of `questions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Table, and_, bindparam, delete, exists, literal_column, or_, select, update

from dagster.storage.core.dialects import OneOf, insert
from dagster.storage.core.tables import heartbeats, instigators, pool_claims, pool_limits, run_keys, runs


def of_running_things(dialect: str) -> dict[str, Any]:
    """The questions by name."""
    return {
        **_of_pools(dialect),
        **_of_instigators(dialect),
        "SET_HEARTBEAT": _upsert(dialect, heartbeats, ["loop", "holder"]),
        "HEARTBEATS": select(heartbeats.c.body).order_by(heartbeats.c.loop, heartbeats.c.timestamp.desc()),
        "DELETE_HEARTBEATS": delete(heartbeats).where(heartbeats.c.timestamp < bindparam("before")),
    }


def _upsert(dialect: str, table: Table, key: Sequence[str]) -> Any:
    """A row by its key, new or in place of the one before."""
    names = [column.name for column in table.columns]
    statement = insert(dialect, table).values({name: bindparam(name) for name in names})
    later = {name: statement.excluded[name] for name in names if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=later)


def _of_pools(dialect: str) -> dict[str, Any]:
    claim = pool_claims.c
    this_step = and_(claim.run_id == bindparam("run_id"), claim.step_key == bindparam("step_key"))
    ended = and_(runs.c.run_id == claim.run_id, OneOf(runs.c.status, "finished"))
    of_ended_run = exists(select(literal_column("1", Integer())).select_from(runs).where(ended).correlate(pool_claims))
    # A run that is not stored has not ended: a claim may come before it.
    is_void = or_(claim.expires <= bindparam("now"), of_ended_run)
    columns = (claim.pool, claim.run_id, claim.step_key, claim.priority, claim.enqueued, claim.claimed, claim.expires)
    rows = select(*columns).order_by(claim.enqueued, claim.run_id, claim.step_key)
    return {
        "SET_POOL_LIMIT": _upsert(dialect, pool_limits, ["pool"]),
        "DELETE_POOL_LIMIT": delete(pool_limits).where(pool_limits.c.pool == bindparam("pool")),
        "POOL_LIMITS": select(pool_limits.c.pool, pool_limits.c.slots, pool_limits.c.from_default).order_by(pool_limits.c.pool),
        "SET_POOL_CLAIM": _upsert(dialect, pool_claims, ["pool", "run_id", "step_key"]),
        "POOL_CLAIMS": rows,
        "VALID_POOL_CLAIMS": rows.where(and_(or_(claim.expires.is_(None), claim.expires > bindparam("now")), ~of_ended_run)),
        "DELETE_VOID_CLAIMS": delete(pool_claims).where(is_void),
        "CLAIMS_OF_RUN": select(claim.step_key).where(claim.run_id == bindparam("run_id")),
        "DELETE_CLAIMS_OF_RUN": delete(pool_claims).where(claim.run_id == bindparam("run_id")),
        "DELETE_CLAIMS_OF_STEP": delete(pool_claims).where(this_step),
        "WIPE_CLAIMS": delete(pool_claims),
        "PROLONG_CLAIMS": update(pool_claims).where(claim.run_id == bindparam("run_id")).values(expires=bindparam("expires")),
    }


def _of_instigators(dialect: str) -> dict[str, Any]:
    this = instigators.c.selector == bindparam("selector")
    of_selector = run_keys.c.selector == bindparam("selector")
    key: dict[str, Any] = {name: bindparam(name) for name in ("selector", "digest", "run_id")}
    return {
        "INSTIGATORS": select(instigators.c.version, instigators.c.body).order_by(instigators.c.selector),
        "INSTIGATORS_IN": select(instigators.c.version, instigators.c.body).where(OneOf(instigators.c.selector, "selectors")),
        "INSTIGATOR_VERSIONS": select(instigators.c.selector, instigators.c.version),
        "INSTIGATOR_VERSION": select(instigators.c.version).where(this),
        "SET_INSTIGATOR": _upsert(dialect, instigators, ["selector"]),
        "DELETE_INSTIGATOR": delete(instigators).where(this),
        "ADD_RUN_KEY": insert(dialect, run_keys).values(key),
        "RUN_KEYS_IN": select(run_keys.c.digest, run_keys.c.run_id).where(and_(of_selector, OneOf(run_keys.c.digest, "digests"))),
        "DELETE_RUN_KEYS": delete(run_keys).where(of_selector),
        "WIPE_RUN_KEYS": delete(run_keys),
        "DELETE_RUN_KEYS_OF_RUN": delete(run_keys).where(run_keys.c.run_id == bindparam("run_id")),
    }
