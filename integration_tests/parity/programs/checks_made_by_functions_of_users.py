"""Factories of checks as users write them: many checks from a list, of many assets, with resources, config, retries and names."""

import seen

import dagster as dg

ROWS = {"orders": [1, 2, None], "customers": [4, 4], "empty": []}


class Store(dg.ConfigurableResource):
    limit: int = 2

    def rows(self, name):
        return ROWS[name]


def table(name):
    @dg.asset(name=name, group_name="tables")
    def made(store: Store):
        return dg.MaterializeResult(metadata={"rows": len(store.rows(name))})

    return made


TABLES = [table(name) for name in ROWS]
RULES = {
    "no_nulls": lambda rows: None not in rows,
    "unique": lambda rows: len(set(rows)) == len(rows),
    "not_empty": lambda rows: bool(rows),
}


def checks_of(asset):
    def made(rule, holds):
        @dg.asset_check(asset=asset, name=f"{rule}", blocking=rule == "not_empty", description=f"{rule} holds")
        def check(store: Store) -> dg.AssetCheckResult:
            rows = store.rows(asset.key.to_user_string())
            return dg.AssetCheckResult(passed=bool(holds(rows)), metadata={"rows": len(rows)}, severity=dg.AssetCheckSeverity.WARN if rule == "unique" else dg.AssetCheckSeverity.ERROR)

        return check

    return [made(rule, holds) for rule, holds in RULES.items()]


CHECKS = [check for each in TABLES for check in checks_of(each)]


@dg.asset(deps=TABLES)
def report(): ...


class Threshold(dg.Config):
    most: int = 1


ATTEMPTS = []


@dg.asset_check(asset="orders", retry_policy=dg.RetryPolicy(max_retries=2), op_tags={"team": "data"})
def flaky(context, config: Threshold) -> dg.AssetCheckResult:
    ATTEMPTS.append(context.retry_number)
    if len(ATTEMPTS) < 3:
        raise ValueError("again")
    return dg.AssetCheckResult(passed=config.most > 1, metadata={"most": config.most})


def found(result) -> list:
    return sorted([each.asset_key.to_user_string(), each.check_name, each.passed, each.severity.value] for each in result.get_asset_check_evaluations())


def facts() -> dict:
    defs = dg.Definitions(
        assets=[*TABLES, report],
        asset_checks=[*CHECKS, flaky],
        resources={"store": Store()},
        jobs=[
            dg.define_asset_job("no_checks", selection=dg.AssetSelection.all() - dg.AssetSelection.all_asset_checks()),
            dg.define_asset_job("only_checks", selection=dg.AssetSelection.all_asset_checks() - dg.AssetSelection.checks(flaky)),
            dg.define_asset_job("of_orders", selection=dg.AssetSelection.checks_for_assets("orders") - dg.AssetSelection.checks(flaky)),
        ],
    )
    told = {"op names": sorted(check.op.name for check in CHECKS)}
    for name in ("no_checks", "only_checks", "of_orders"):
        result = defs.resolve_job_def(name).execute_in_process(raise_on_error=False)
        told[name] = [result.success, found(result), sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events())]
    run_config = {"ops": {"orders_flaky": {"config": {"most": 5}}}}
    whole = defs.resolve_implicit_global_asset_job_def().execute_in_process(run_config=run_config, raise_on_error=False)
    told["whole"] = [whole.success, found(whole), ATTEMPTS]
    told["attempts"] = [pair for pair in seen.step_events(whole) if pair[1] == "orders_flaky"]
    told["keys"] = sorted(f"{key.asset_key.to_user_string()}:{key.name}" for check in CHECKS for key in check.check_keys)
    told["same name twice"] = seen.outcome(lambda: dg.Definitions(assets=TABLES, asset_checks=[*checks_of(TABLES[0]), *checks_of(TABLES[0])]).resolve_all_job_defs())
    told["of an asset that is not there"] = seen.outcome(lambda: dg.Definitions(asset_checks=[dg.asset_check(asset="nowhere", name="x")(lambda: None)]).resolve_asset_graph() and "fine")
    return told
