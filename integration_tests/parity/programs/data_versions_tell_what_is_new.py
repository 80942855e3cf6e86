"""Equal code and equal inputs give equal versions: chains, diamonds, values from outside, assets without code versions."""

import dagster as dg


def build(a="1", b="1", c="1", d="1", version=None):
    @dg.asset(code_version=a)
    def top():
        return dg.Output(1, data_version=dg.DataVersion(version)) if version else 1

    @dg.asset(code_version=b)
    def left(top):
        return top

    @dg.asset(code_version=c)
    def right(top):
        return top

    @dg.asset(code_version=d)
    def bottom(left, right):
        return left

    return [top, left, right, bottom]


def versions(result) -> dict:
    events = result.get_asset_materialization_events()
    return {event.asset_key.to_user_string(): event.step_materialization_data.materialization.tags["dagster/data_version"] for event in events}


def compared(before, **change) -> object:
    with dg.DagsterInstance.ephemeral() as instance:
        first = versions(dg.materialize(build(**before), instance=instance))
        second = versions(dg.materialize(build(**{**before, **change}), instance=instance))
    return {name: first[name] == second[name] for name in sorted(first)}


def in_part() -> list:
    told = []
    with dg.DagsterInstance.ephemeral() as instance:
        assets = build()
        first = versions(dg.materialize(assets, instance=instance))
        again = versions(dg.materialize(assets, selection=["bottom"], instance=instance))
        told.append(first["bottom"] == again["bottom"])
        changed = versions(dg.materialize(build(b="2"), selection=["left"], instance=instance))
        told.append(first["left"] == changed["left"])
        told.append(first["bottom"] == versions(dg.materialize(build(b="2"), selection=["bottom"], instance=instance))["bottom"])
    return told


def across_instances() -> bool:
    found = []
    for _ in range(2):
        with dg.DagsterInstance.ephemeral() as instance:
            found.append(versions(dg.materialize(build(), instance=instance)))
    return found[0] == found[1]


def facts() -> dict:
    return {
        "nothing changed": compared({}),
        "top changed": compared({}, a="2"),
        "left changed": compared({}, b="2"),
        "bottom changed": compared({}, d="2"),
        "no code version above": compared({"a": None}),
        "no code version in the middle": compared({"b": None}),
        "no code versions": compared({"a": None, "b": None, "c": None, "d": None}),
        "same version by the user": compared({"version": "v"}, a="2"),
        "other version by the user": compared({"version": "v"}, version="w"),
        "code version removed": compared({}, b=None),
        "in part": in_part(),
        "across instances": across_instances(),
        "hashes": versions(dg.materialize(build())),
    }
