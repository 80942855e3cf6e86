"""Evaluates automation conditions several times, a minute apart, and tells what each evaluation asked for."""

import datetime

import dagster as dg

BEGIN = datetime.datetime(2024, 1, 1, 12, 30, 7, tzinfo=datetime.timezone.utc)


def said(result, names) -> dict:
    """What was asked for, by asset; assets for which nothing was are left out. In the order of the keys."""
    found = {name: sorted(str(key) for key in result.get_requested_partitions(dg.AssetKey(name))) for name in names}
    return {name: keys for name, keys in found.items() if keys}


def ticks(project, instance, acts, step=datetime.timedelta(minutes=1)) -> list:
    """One evaluation for each act, which is done before it; an act is a function, or None. The total comes first."""
    cursor, told = None, []
    for number, act in enumerate(acts):
        if act is not None:
            act()
        given = project if isinstance(project, dg.Definitions) else project()
        result = dg.evaluate_automation_conditions(given, instance, evaluation_time=BEGIN + number * step, cursor=cursor)
        cursor = result.cursor
        names = sorted(key.to_user_string() for key in given.resolve_asset_graph().get_all_asset_keys())
        told.append([result.total_requested, said(result, names)])
    return told


class Scripted(dg.AutomationCondition):
    """True at the evaluations at which its script has a 1."""

    def __init__(self, label: str, script: str) -> None:
        self.label = label
        self.script = script

    @property
    def name(self) -> str:
        return self.label

    def evaluate(self, context):
        number = int((context.evaluation_time - BEGIN).total_seconds() // 60)
        is_true = self.script[number] == "1"
        return dg.AutomationResult(
            context=context, true_subset=context.candidate_subset if is_true else context.get_empty_subset()
        )
