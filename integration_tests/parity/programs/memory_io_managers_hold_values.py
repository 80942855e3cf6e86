"""`mem_io_manager` and `InMemoryIOManager`: the same object, for how long."""

import seen

import dagster as dg


@dg.asset
def numbers():
    return [1, 2]


@dg.asset
def same(numbers):
    numbers.append(3)
    return numbers


@dg.asset
def after(same, numbers):
    return [same is numbers, list(numbers)]


def facts() -> dict:
    assets = [numbers, same, after]
    held = dg.InMemoryIOManager()
    first = dg.materialize(assets, resources={"io_manager": dg.mem_io_manager})
    by_object = dg.materialize(assets, resources={"io_manager": held})
    later = seen.outcome(
        lambda: dg.materialize(assets, selection=[after], resources={"io_manager": held}).output_for_node("after")
    )
    fresh = seen.outcome(lambda: dg.materialize(assets, selection=[after], resources={"io_manager": dg.mem_io_manager}))
    return {
        "identity": first.output_for_node("after"),
        "by object": by_object.output_for_node("after"),
        "kept": sorted(list(k)[-1] for k in held.values),
        "later run, same object": later,
        "later run, fresh": fresh,
        "metadata": {k: m["metadata"] for k, m in seen.materializations(first).items()},
        "events": seen.events(first),
        "is a resource": isinstance(dg.mem_io_manager, dg.IOManagerDefinition),
    }
