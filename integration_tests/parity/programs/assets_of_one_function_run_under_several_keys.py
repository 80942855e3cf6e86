"""The same function under several keys: steps get numbers, and what is loaded under a prefix may stand beside the original."""

import types

import seen

import dagster as dg


@dg.asset
def upper():
    return 1


@dg.asset
def lower(upper):
    return upper + 1


@dg.op(name="same")
def same_op():
    return 1


@dg.op(name="same")
def other_op():
    return 2


@dg.asset(key=["x", "a"])
def x_a():
    return 1


@dg.asset(key=["x__a"])
def flat():
    return 1


module = types.ModuleType("module")
module.upper, module.lower = upper, lower
of_key = {"result": dg.AssetKey("first")}, {"result": dg.AssetKey("second")}


@dg.sensor(target=upper)
def watches():
    return dg.SkipReason("nothing")


def made(*assets, **options):
    def run():
        result = dg.materialize_to_memory(list(assets), **options)
        return sorted([event.step_key, event.asset_key.to_user_string()] for event in result.get_asset_materialization_events())

    return seen.outcome(run)


def jobs_of(**options):
    defs = dg.Definitions(assets=dg.load_assets_from_modules([module], **options), sensors=[watches])
    return sorted(job.name for job in defs.resolve_all_job_defs())


def facts() -> dict:
    prefixed = dg.load_assets_from_modules([module], key_prefix="pre")
    from_one = [dg.AssetsDefinition.from_op(same_op, keys_by_output_name=keys) for keys in of_key]
    from_two = [dg.AssetsDefinition.from_op(each, keys_by_output_name=keys) for each, keys in zip((same_op, other_op), of_key)]
    return {
        "both": made(upper, lower, *prefixed),
        "in another order": made(*prefixed, lower, upper),
        "some": made(upper, lower, *prefixed, selection="pre/upper"),
        "under a prefix": made(*prefixed),
        "config": made(upper, *prefixed, run_config={"ops": {"upper_2": {}}}),
        "config of the key": made(upper, *prefixed, run_config={"ops": {"pre__upper": {}}}),
        "one op, two assets": made(*from_one),
        "two ops of one name": made(*from_two),
        "two keys of one name": made(x_a, flat),
        "a sensor beside a prefix": seen.outcome(lambda: jobs_of(key_prefix="pre")),
        "a sensor beside a group": seen.outcome(lambda: jobs_of(group_name="g")),
    }
