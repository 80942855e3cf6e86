"""Which partitions a check may have beside those of its asset, and which names."""

import seen

import dagster as dg

PARTITIONS = {
    "none": None,
    "days": dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01"),
    "equal days": dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01"),
    "later days": dg.DailyPartitionsDefinition("2024-01-02", end_date="2024-02-01"),
    "letters": dg.StaticPartitionsDefinition(["x"]),
}


def loaded(assets, checks=()) -> bool | list:
    try:
        dg.Definitions.validate_loadable(dg.Definitions(assets, asset_checks=checks))
    except dg.DagsterInvalidDefinitionError as refused:
        return [word in str(refused) for word in ("orders", "is_there")]
    return True


def beside(of_asset, of_check) -> bool | list:
    @dg.asset(partitions_def=of_asset)
    def orders(): ...

    @dg.asset_check(asset=orders, partitions_def=of_check)
    def is_there(): ...

    return loaded([orders], [is_there])


def within(of_asset, of_check) -> bool | list:
    @dg.asset(partitions_def=of_asset, check_specs=[dg.AssetCheckSpec("is_there", asset="orders", partitions_def=of_check)])
    def orders(): ...

    return loaded([orders])


def external(of_asset, of_check) -> bool | list:
    @dg.asset_check(asset="orders", partitions_def=of_check)
    def is_there(): ...

    return loaded([dg.AssetSpec("orders", partitions_def=of_asset)], [is_there])


def named(name: str) -> dict:
    @dg.asset(check_specs=[dg.AssetCheckSpec(name, asset="orders")])
    def orders():
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True)])

    @dg.asset_check(asset=orders, name=f"{name}.again")
    def again():
        return dg.AssetCheckResult(passed=True)

    result = dg.materialize([orders, again])
    steps = sorted({event.step_key for event in result.all_events if event.step_key})
    found = sorted(each.check_name for each in result.get_asset_check_evaluations())
    return {"found": found, "steps": steps, "identifiers": [spec.get_python_identifier() for spec in again.check_specs]}


def facts() -> dict:
    return {
        "partitions": {
            f"{call.__name__}: {asset}, {check}": call(of_asset, of_check)
            for call in (beside, within, external)
            for asset, of_asset in PARTITIONS.items()
            for check, of_check in PARTITIONS.items()
        },
        "names": {
            name: seen.outcome(lambda name=name: named(name)) for name in ("a_b", "a.b", "a b", "a-b", "a/b", "class", "1a")
        },
    }
