"""Ready-made checks of bounds and of columns, executed by runs."""

from seen import outcome

import dagster as dg

CHANGES = [None, {"x": "int", "y": "int"}, {"x": "int", "y": "int"}, {"y": "str", "z": "int"}, None]


@dg.asset
def counted():
    return dg.MaterializeResult(metadata={"n": 5, "part": 2.5, "text": "x", "no": False})


@dg.asset
def plain(): ...


def found(result) -> dict:
    return {
        each.asset_check_key.to_user_string(): [each.passed, each.severity.name, each.description, sorted(each.metadata)]
        for each in result.get_asset_check_evaluations()
    }


def executed(checks, instance, *assets) -> dict:
    jobs = [dg.define_asset_job("checks", dg.AssetSelection.checks(*checks))]
    project = dg.Definitions(assets=assets, asset_checks=checks, jobs=jobs)
    return found(project.resolve_job_def("checks").execute_in_process(instance=instance))


def bounds() -> dict:
    asked = {
        "at least": {"min_value": 1},
        "at most": {"max_value": 4},
        "exactly": {"min_value": 5, "max_value": 5},
        "more than": {"min_value": 5, "exclusive_min": True},
        "less than": {"max_value": 5, "exclusive_max": True},
        "float": {"metadata_key": "part", "max_value": 2.5},
        "text": {"metadata_key": "text", "min_value": 1},
        "error": {"max_value": 4.5, "severity": dg.AssetCheckSeverity.ERROR},
    }
    with dg.DagsterInstance.ephemeral() as instance:

        def told(metadata_key="n", **options):
            checks = dg.build_metadata_bounds_checks(assets=[counted, plain], metadata_key=metadata_key, **options)
            return executed(checks, instance, counted, plain)

        before = told(min_value=1)
        dg.materialize([counted, plain], instance=instance)
        return {"never made": before, **{name: told(**options) for name, options in asked.items()}}


def columns() -> list:
    with dg.DagsterInstance.ephemeral() as instance:
        checks = dg.build_column_schema_change_checks(assets=["table"])
        seen = [executed(checks, instance, dg.AssetSpec("table"))]
        for change in CHANGES:
            schema = change and dg.TableSchema([dg.TableColumn(name, kind) for name, kind in change.items()])
            metadata = {"dagster/column_schema": schema} if schema else {}
            instance.report_runless_asset_event(dg.AssetMaterialization("table", metadata=metadata))
            seen.append(executed(checks, instance, dg.AssetSpec("table")))
        return seen


def together() -> dict:
    checks = [
        *dg.build_metadata_bounds_checks(assets=[counted], metadata_key="n", min_value=1),
        *dg.build_metadata_bounds_checks(assets=[plain], metadata_key="n", min_value=1),
        *dg.build_column_schema_change_checks(assets=[counted]),
    ]
    with dg.DagsterInstance.ephemeral() as instance:
        return found(dg.materialize([counted, plain, *checks], instance=instance))


def refused() -> dict:
    build = dg.build_metadata_bounds_checks
    return {
        "no bounds": outcome(lambda: build(assets=[counted], metadata_key="n")),
        "crossed": outcome(lambda: build(assets=[counted], metadata_key="n", min_value=2, max_value=1)),
    }


def facts() -> dict:
    return {"bounds": bounds(), "columns": columns(), "together": together(), "refused": refused()}
