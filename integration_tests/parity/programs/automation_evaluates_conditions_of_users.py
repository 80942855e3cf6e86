"""Classes of users among the conditions: what their context tells, what they remember, what becomes of their errors."""

import seen
from ticking import BEGIN, Scripted, ticks

import dagster as dg

AC = dg.AutomationCondition
LETTERS = dg.StaticPartitionsDefinition(["x", "y", "z"])
TOLD = []


def size(subset):
    return None if subset is None else subset.size


class Telling(dg.AutomationCondition):
    def evaluate(self, context: dg.AutomationContext) -> dg.AutomationResult:
        TOLD.append(
            {
                "key": context.key.to_user_string(),
                "time": context.evaluation_time.isoformat(),
                "cursor": context.cursor,
                "candidates": context.candidate_subset.size,
                "nothing": context.get_empty_subset().size,
                "before": seen.plain(context.previous_evaluation_time),
                "true before": size(context.previous_true_subset),
                "candidates before": size(context.previous_candidate_subset),
                "root": context.root_context is context,
                "assets": len(context.asset_graph.get_all_asset_keys()),
            }
        )
        return dg.AutomationResult(context, context.candidate_subset, cursor=f"told {len(TOLD)}")


class FirstLetters(dg.AutomationCondition):
    def evaluate(self, context):
        candidates = context.candidate_subset
        some = candidates.compute_intersection_with_partition_keys({"x", "y"})
        rest = candidates.compute_difference(some)
        assert candidates.compute_intersection(rest).size == rest.size
        assert rest.compute_union(some).size == candidates.size
        return dg.AutomationResult(context, some)


class Awaiting(dg.AutomationCondition):
    async def evaluate(self, context):
        return dg.AutomationResult(context, context.candidate_subset)


class Failing(dg.AutomationCondition):
    def evaluate(self, context):
        raise ValueError("no idea")


class Lying(dg.AutomationCondition):
    def evaluate(self, context):
        return True


def asked(condition, times: int = 3, **options) -> list:
    @dg.asset(automation_condition=condition, **options)
    def made(): ...

    TOLD.clear()
    with dg.DagsterInstance.ephemeral() as instance:
        said = ticks(dg.Definitions([made]), instance, [None] * times)
    return [said, list(TOLD)]


def refused(condition) -> bool:
    try:
        asked(condition, 1)
    except Exception:
        return True
    return False


def facts() -> dict:
    return {
        "alone": asked(Telling()),
        "in and": asked(Scripted("p", "010") & Telling()),
        "in or": asked(Scripted("p", "010") | Telling()),
        "in not": asked(~Telling()),
        "newly true": asked(Telling().newly_true())[0],
        "of partitions": asked(Telling() & FirstLetters(), partitions_def=LETTERS),
        "some partitions": asked(~FirstLetters(), partitions_def=LETTERS)[0],
        "async": asked(Awaiting())[0],
        "errors": [refused(Failing()), refused(Lying())],
        "serializable": [Telling().is_serializable, (Telling() & AC.missing()).is_serializable],
        "began": BEGIN.isoformat(),
    }
