"""The sentences of the framework's events name step, asset, input and output."""

import dagster as dg


@dg.asset(key_prefix="shop")
def orders():
    return 1


@dg.asset(ins={"orders": dg.AssetIn(["shop", "orders"])})
def total(orders):
    raise ValueError("x")


WORDS = {
    "RUN_START": ["__ephemeral_asset_job__"],
    "RUN_FAILURE": ["__ephemeral_asset_job__", "shop__orders", "total"],
    "STEP_START": ["shop__orders"],
    "STEP_OUTPUT": ["result", "Any"],
    "ASSET_MATERIALIZATION": ["shop orders", "shop/orders", "orders"],
    "HANDLED_OUTPUT": ["result", "io_manager"],
    "STEP_SUCCESS": ["shop__orders", "in <"],
    "LOADED_INPUT": ["orders", "io_manager", "result", "shop__orders"],
    "STEP_INPUT": ["orders", "Any"],
    "STEP_FAILURE": ["total"],
    "RESOURCE_INIT_STARTED": ["io_manager"],
    "RESOURCE_INIT_SUCCESS": ["io_manager"],
}


def facts() -> dict:
    with dg.instance_for_test() as instance:
        result = dg.materialize([orders, total], instance=instance, raise_on_error=False)
        found = {}
        for entry in instance.all_logs(result.run_id):
            kind = entry.dagster_event.event_type.name if entry.dagster_event else None
            if kind in WORDS and kind not in found:
                found[kind] = {
                    "words": {word: word in entry.dagster_event.message for word in WORDS[kind] if word != "in <"},
                    "message is the event's": entry.message == entry.dagster_event.message
                    or entry.user_message == entry.dagster_event.message,
                    "level": entry.level,
                }
        return found
