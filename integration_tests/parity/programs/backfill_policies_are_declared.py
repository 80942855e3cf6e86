"""Backfill policies: what they are, where they may stand, what assets say of them."""

import seen

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
P = dg.BackfillPolicy


def declared(policy, definition=DAYS):
    @dg.asset(partitions_def=definition, backfill_policy=policy)
    def made(): ...

    return made


def told(policy) -> list:
    return [policy.max_partitions_per_run, policy.policy_type.value if hasattr(policy, "policy_type") else None]


def facts() -> dict:
    @dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")], partitions_def=DAYS, backfill_policy=P.multi_run(3))
    def both(): ...

    @dg.graph_asset(partitions_def=DAYS, backfill_policy=P.single_run())
    def graph():
        return dg.op(name="work")(lambda: 1)()

    job = dg.define_asset_job("job", selection="*", partitions_def=DAYS)
    return {
        "single": told(P.single_run()),
        "multi": [told(P.multi_run()), told(P.multi_run(max_partitions_per_run=5))],
        "equal": [P.single_run() == P.single_run(), P.multi_run(2) == P.multi_run(2), P.multi_run(2) == P.multi_run(3), P.single_run() == P.multi_run()],
        "hash": hash(P.multi_run(2)) == hash(P.multi_run(2)),
        "of an asset": [
            seen.plain(declared(policy).backfill_policy and told(declared(policy).backfill_policy)) for policy in (None, P.single_run(), P.multi_run(2))
        ],
        "of several": told(both.backfill_policy),
        "of a graph": told(graph.backfill_policy),
        "without partitions": seen.outcome(lambda: declared(P.single_run(), None).backfill_policy.max_partitions_per_run),
        "refused": {
            "text": seen.outcome(lambda: told(P.multi_run("x"))),
            "a number for a policy": seen.outcome(lambda: declared(3)),
            "single with a number": seen.outcome(lambda: P.single_run(3)),
        },
        "job": seen.outcome(lambda: dg.Definitions([declared(P.single_run())], jobs=[job]).resolve_job_def("job").partitions_def == DAYS),
    }
