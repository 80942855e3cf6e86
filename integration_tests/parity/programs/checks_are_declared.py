"""@asset_check, @multi_asset_check and the ready-made checks: keys, inputs, specs, refusals."""

from datetime import timedelta

import seen

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset(deps=[orders])
def report():
    return 1


def none():
    return dg.AssetCheckResult(passed=True)


def with_context(context):
    return dg.AssetCheckResult(passed=True)


def with_value(orders):
    return dg.AssetCheckResult(passed=True)


def with_any_name(value):
    return dg.AssetCheckResult(passed=True)


def with_two(orders, report):
    return dg.AssetCheckResult(passed=True)


def with_resource(context, orders, limit: dg.ResourceParam[int]):
    return dg.AssetCheckResult(passed=True)


def check(function, **given):
    return dg.asset_check(**{"asset": orders, **given})(function)


MADE = {
    "none": lambda: check(none),
    "context": lambda: check(with_context),
    "value": lambda: check(with_value),
    "any name": lambda: check(with_any_name),
    "resource": lambda: check(with_resource),
    "other asset": lambda: check(with_two, additional_ins={"report": dg.AssetIn("report")}),
    "everything": lambda: check(
        none,
        name="n",
        description="d",
        blocking=True,
        additional_deps=[report],
        metadata={"x": 1},
        automation_condition=dg.AutomationCondition.eager(),
        required_resource_keys={"db"},
    ),
    "by string": lambda: check(none, asset="elsewhere"),
    "by parts": lambda: check(none, asset=["a", "b"]),
    "several": lambda: dg.multi_asset_check(specs=SPECS)(none),
    "some of several": lambda: dg.multi_asset_check(specs=SPECS, name="m", can_subset=True)(none),
}
SPECS = [dg.AssetCheckSpec("x", asset="orders"), dg.AssetCheckSpec("y", asset="report")]
DAY = timedelta(days=1)
READY = {
    "last update": lambda: dg.build_last_update_freshness_checks(assets=[orders, "report"], lower_bound_delta=DAY),
    "by deadline": lambda: dg.build_last_update_freshness_checks(
        assets=[orders], lower_bound_delta=DAY, deadline_cron="0 9 * * *", timezone="Europe/Berlin", blocking=True
    ),
    "partitions": lambda: dg.build_time_partition_freshness_checks(assets=[orders], deadline_cron="0 9 * * *"),
    "columns": lambda: dg.build_column_schema_change_checks(assets=[orders, report]),
    "bounds": lambda: dg.build_metadata_bounds_checks(assets=[orders], metadata_key="n rows/x", min_value=1, max_value=5),
}
REFUSED = {
    "two values": lambda: check(with_two),
    "dep on itself": lambda: check(none, additional_deps=[orders]),
    "value of itself": lambda: check(with_two, additional_ins={"report": dg.AssetIn("orders")}),
    "name with space": lambda: check(none, name="a b"),
    "asset number": lambda: check(none, asset=3),
    "key of several": lambda: MADE["several"]().check_key,
    "no cron": lambda: dg.build_time_partition_freshness_checks(assets=[orders], deadline_cron="never"),
    "delta number": lambda: dg.build_last_update_freshness_checks(assets=[orders], lower_bound_delta=3),
    "twice": lambda: dg.build_last_update_freshness_checks(assets=[orders, orders], lower_bound_delta=DAY),
    "no bounds": lambda: dg.build_metadata_bounds_checks(assets=[orders], metadata_key="k"),
    "bounds crossed": lambda: dg.build_metadata_bounds_checks(assets=[orders], metadata_key="k", min_value=5, max_value=2),
    "sensor of a number": lambda: dg.build_sensor_for_freshness_checks(freshness_checks=3),
}


def described(definition) -> dict:
    return {
        "class": type(definition).__name__,
        "checks": [
            [
                spec.key.to_user_string(),
                spec.description,
                spec.blocking,
                seen.plain([dep.asset_key for dep in spec.additional_deps]),
                sorted(spec.metadata),
            ]
            for spec in definition.check_specs
        ],
        "inputs": {name: seen.plain(key) for name, key in definition.keys_by_input_name.items()},
        "assets": len(list(definition.specs)),
        "can subset": definition.can_subset,
        "resources": sorted(set(definition.required_resource_keys) - {"io_manager"}),
    }


def ready(definitions) -> list:
    return [
        [[spec.key.to_user_string(), spec.blocking, params(spec)] for spec in definition.check_specs] for definition in definitions
    ]


def params(spec) -> object:
    found = spec.metadata.get("dagster/freshness_params")
    return None if found is None else seen.plain(found.data)


def projects() -> dict:
    one = check(none)

    def valid(**given):
        dg.Definitions.validate_loadable(dg.Definitions(**given))
        return "valid"

    defs = dg.Definitions(assets=[orders, report], asset_checks=[one])
    sensor = dg.build_sensor_for_freshness_checks(freshness_checks=READY["last update"]())
    return {
        "valid": seen.outcome(lambda: valid(assets=[orders], asset_checks=[one])),
        "among assets": seen.outcome(lambda: valid(assets=[orders, one])),
        "unknown asset": seen.outcome(lambda: valid(assets=[orders], asset_checks=[check(none, asset="elsewhere")])),
        "twice": seen.outcome(lambda: valid(assets=[orders], asset_checks=[one, check(none)]), ["none"]),
        "same": seen.outcome(lambda: valid(assets=[orders], asset_checks=[one, one])),
        "resource missing": seen.outcome(lambda: valid(assets=[orders], asset_checks=[check(with_resource)]), ["limit"]),
        "number": seen.outcome(lambda: valid(assets=[orders], asset_checks=[3])),
        "found": defs.get_asset_checks_def(one.check_key).check_key.to_user_string(),
        "not found": seen.outcome(lambda: defs.get_asset_checks_def(dg.AssetCheckKey(dg.AssetKey("orders"), "z"))),
        "selected": sorted(
            key.to_user_string()
            for key in dg.AssetSelection.all_asset_checks().resolve_checks(defs.resolve_asset_graph())
        ),
        "sensor": [sensor.name, sensor.minimum_interval_seconds, sensor.has_jobs],
    }


def facts() -> dict:
    return {
        "made": {name: described(make()) for name, make in MADE.items()},
        "ready made": {name: ready(make()) for name, make in READY.items()},
        "refused": {name: seen.outcome(call) for name, call in REFUSED.items()},
        "projects": projects(),
    }
