"""Which checks and assets a job executes for each kind of selection, and what checks that cannot be executed leave behind."""

import dagster as dg


@dg.asset
def orders():
    return 1


@dg.asset
def revenue(orders):
    return orders + 1


@dg.asset_check(asset=orders)
def counted(orders):
    return dg.AssetCheckResult(passed=orders == 1)


@dg.asset_check(asset=orders)
def broken(orders):
    raise ValueError("no")


@dg.asset_check(asset=revenue, additional_ins={"before": dg.AssetIn("orders")})
def grows(revenue, before):
    return dg.AssetCheckResult(passed=revenue > before)


@dg.asset_check(asset=revenue, additional_deps=[orders])
def told():
    return dg.AssetCheckResult(passed=True, description="told")


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("one", asset="orders"), dg.AssetCheckSpec("two", asset="revenue", blocking=True)], can_subset=True
)
def several(context):
    for key in sorted(context.selected_asset_check_keys):
        yield dg.AssetCheckResult(passed=True, asset_key=key.asset_key, check_name=key.name)


CHECKS = [counted, broken, grows, told, several]
SELECTIONS = {
    "all checks": dg.AssetSelection.all_asset_checks(),
    "checks of an asset": dg.AssetSelection.checks_for_assets(revenue),
    "a check": dg.AssetSelection.checks(counted),
    "a check of several": dg.AssetSelection.checks(dg.AssetCheckKey(dg.AssetKey("revenue"), "two")),
    "an asset": dg.AssetSelection.assets(orders),
    "an asset without its checks": dg.AssetSelection.assets(orders).without_checks(),
    "an asset and a check of another": dg.AssetSelection.assets(orders) | dg.AssetSelection.checks(told),
    "assets but no checks": dg.AssetSelection.all() - dg.AssetSelection.all_asset_checks(),
}


def executed(selection):
    job = dg.define_asset_job("some", selection=selection)
    made = dg.Definitions(assets=[orders, revenue], asset_checks=CHECKS, jobs=[job]).get_job_def("some")
    with dg.DagsterInstance.ephemeral() as instance:
        result = made.execute_in_process(instance=instance, raise_on_error=False)
        found = result.get_asset_check_evaluations()
        return {
            "success": result.success,
            "materialized": sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events()),
            "checked": sorted([each.asset_key.to_user_string(), each.check_name, each.passed] for each in found),
            "failed": sorted(event.step_key for event in result.get_step_failure_events()),
            "planned": sorted(
                event.event_specific_data.asset_check_key.to_user_string()
                for event in result.all_events
                if event.event_type_value == "ASSET_CHECK_EVALUATION_PLANNED"
            ),
        }


def facts() -> dict:
    return {name: executed(selection) for name, selection in SELECTIONS.items()}
