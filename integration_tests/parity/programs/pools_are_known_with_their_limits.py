"""What runs with steps in pools say of them, and what is known of a pool, its limit and who has a place."""

import seen

import dagster as dg


@dg.op(pool="db")
def a():
    return 1


@dg.op(pool="db")
def b():
    return 1


@dg.op(tags={"dagster/concurrency_key": "db"})
def tagged():
    return 1


@dg.op(pool="other")
def c(x):
    return x


@dg.op
def free():
    return 1


@dg.job(executor_def=dg.in_process_executor)
def pooled():
    c(a())
    b()
    tagged()


@dg.job(executor_def=dg.in_process_executor)
def pooled_in_part():
    a()
    b()
    free()


def shown(info) -> dict:
    return {
        "key": info.concurrency_key,
        "limit": info.limit,
        "slots": info.slot_count,
        "is default": info.using_default_limit,
        "claimed": [(claim.run_id, claim.step_key) for claim in info.claimed_slots],
        "pending": [(claim.run_id, claim.step_key) for claim in info.pending_steps],
    }


def of_run(instance, job) -> dict:
    result = dg.execute_job(dg.reconstructable(job), instance)
    events = [(entry.dagster_event, entry) for entry in instance.all_logs(result.run_id) if entry.dagster_event]
    steps = ("STEP_START", "STEP_SUCCESS")
    in_pool = [(event.event_type_value, event.step_key) for event, _ in events if event.event_type_value in steps]
    order = [kind for kind, key in in_pool if key in ("a", "b", "tagged")]
    wanted = instance.get_run_by_id(result.run_id).run_op_concurrency
    return {
        "success": result.success,
        "pool took turns": order == list(steps) * (len(order) // 2),
        "root counts": dict(wanted.root_key_counts),
        "has free roots": wanted.has_unconstrained_root_nodes,
        "pools": sorted(wanted.all_pools),
    }


def facts() -> dict:
    with dg.DagsterInstance.get() as instance:
        pools = instance.event_log_storage
        pools.set_concurrency_slots("db", 1)
        found = {
            "keys": sorted(pools.get_concurrency_keys()),
            "limits": [(limit.name, limit.limit, limit.from_default) for limit in pools.get_pool_limits()],
            "all in pools": of_run(instance, pooled),
            "some in pools": of_run(instance, pooled_in_part),
            "afterwards": shown(pools.get_concurrency_info("db")),
            "without a limit": shown(pools.get_concurrency_info("nothing")),
            "too many": seen.outcome(lambda: pools.set_concurrency_slots("db", 1001), mentions=["1000"]),
            "negative": seen.outcome(lambda: pools.set_concurrency_slots("db", -1), mentions=["negative"]),
        }
        pools.delete_concurrency_limit("db")
        found["deleted"] = sorted(pools.get_concurrency_keys())
        return found
