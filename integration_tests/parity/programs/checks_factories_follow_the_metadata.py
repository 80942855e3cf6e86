"""Ready-made checks in runs one after another: columns that change, bounds that are crossed, metadata that is not there."""

from datetime import timedelta

import seen

import dagster as dg

SCHEMAS = [
    [("id", "int"), ("name", "str")],
    [("id", "int"), ("name", "str")],
    [("id", "int"), ("name", "str"), ("age", "int")],
    [("id", "str"), ("age", "int")],
    None,
    [("age", "int"), ("id", "str")],
]
ROWS = [10, 11, 0, 100, None, 5]


def told(result) -> list:
    return [
        [each.asset_key.to_user_string(), each.check_name, each.passed, each.severity.value, each.description, seen.metadata(each.metadata)]
        for each in sorted(result.get_asset_check_evaluations(), key=lambda each: (each.asset_key.to_user_string(), each.check_name))
    ]


def named(result) -> list:
    return [[*each[:4], sorted(each[5])] for each in told(result)]


def schemas() -> list:
    pending = list(SCHEMAS)

    @dg.asset
    def table():
        columns = pending.pop(0)
        if columns is None:
            return dg.MaterializeResult()
        schema = dg.TableSchema(columns=[dg.TableColumn(name, kind) for name, kind in columns])
        return dg.MaterializeResult(metadata={"dagster/column_schema": schema})

    checks = dg.build_column_schema_change_checks(assets=[table], severity=dg.AssetCheckSeverity.ERROR)
    with dg.DagsterInstance.ephemeral() as instance:
        return [named(dg.materialize([table, *checks], instance=instance, raise_on_error=False)) for _ in SCHEMAS]


def bounds(**options) -> list:
    pending = list(ROWS)

    @dg.asset
    def table():
        rows = pending.pop(0)
        return dg.MaterializeResult(metadata={} if rows is None else {"rows": rows})

    checks = dg.build_metadata_bounds_checks(assets=[table], metadata_key="rows", **options)
    with dg.DagsterInstance.ephemeral() as instance:
        return [named(dg.materialize([table, *checks], instance=instance, raise_on_error=False)) for _ in ROWS]


def partitioned() -> list:
    letters = dg.StaticPartitionsDefinition(["a", "b"])

    @dg.asset(partitions_def=letters)
    def parted(context: dg.AssetExecutionContext):
        return dg.MaterializeResult(metadata={"rows": 1 if context.partition_key == "a" else 50})

    checks = dg.build_metadata_bounds_checks(assets=[parted], metadata_key="rows", min_value=5)
    with dg.DagsterInstance.ephemeral() as instance:
        return [named(dg.materialize([parted, *checks], instance=instance, partition_key=key, raise_on_error=False)) for key in ("a", "b")]


def several() -> list:
    one, two = (dg.asset(name=name)(lambda: dg.MaterializeResult(metadata={"rows": 3})) for name in ("one", "two"))
    checks = [
        *dg.build_metadata_bounds_checks(assets=[one, two], metadata_key="rows", min_value=1),
        *dg.build_column_schema_change_checks(assets=[one, two]),
        *dg.build_last_update_freshness_checks(assets=[one, two], lower_bound_delta=timedelta(hours=1)),
    ]
    part = dg.AssetSelection.assets(one) | dg.AssetSelection.checks_for_assets(one)
    with dg.DagsterInstance.ephemeral() as instance:
        whole = named(dg.materialize([one, two, *checks], instance=instance, raise_on_error=False))
        return [whole, named(dg.materialize([one, two, *checks], instance=instance, selection=part, raise_on_error=False))]


def facts() -> dict:
    return {
        "schemas": schemas(),
        "within": bounds(min_value=1, max_value=50),
        "exclusive": bounds(min_value=10, exclusive_min=True, max_value=100, exclusive_max=True),
        "at least": bounds(min_value=1, severity=dg.AssetCheckSeverity.ERROR),
        "partitioned": partitioned(),
        "several": several(),
        "refused": {
            "no bound": seen.outcome(lambda: dg.build_metadata_bounds_checks(assets=["a"], metadata_key="rows")),
            "nothing": seen.outcome(lambda: len(dg.build_column_schema_change_checks(assets=[]))),
        },
    }
