"""Components that execute a function of the project, or SQL on a connection."""

import seen
import written

import dagster as dg
from dagster.components import SqlComponent, TemplatedSqlComponent, build_defs_for_component
from dagster.components.lib.sql_component.sql_client import SQLClient

FUNCTIONS = """
    import dagster as dg

    class Settings(dg.Config):
        rows: int = 3

    def plain(context):
        return dg.MaterializeResult(metadata={"a": 1})

    def configured(context, config: Settings, limit: dg.ResourceParam[int]):
        return dg.MaterializeResult(metadata={"rows": config.rows, "limit": limit})

    def silent(context):
        return None

    def two(context):
        yield dg.MaterializeResult(asset_key="a")
        yield dg.MaterializeResult(asset_key="b", metadata={"b": 2})

    def both(context):
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=False)])

    def check(context):
        return dg.AssetCheckResult(passed=True)

    resources = dg.Definitions(resources={"limit": 9})
"""
CASES = {
    "plain": ("{fn: PROJECT.defs.functions.plain}", "assets: [{key: a/b}]"),
    "bare": ("PROJECT.defs.functions.plain", "assets: [{key: a}]"),
    "step": ("{fn: PROJECT.defs.functions.silent, name: step, tags: {k: v}, pool: p, description: d}", "assets: [{key: a}]"),
    "configured": ("{fn: PROJECT.defs.functions.configured, name: step}", "assets: [{key: a}]"),
    "two": ("{fn: PROJECT.defs.functions.two}", "assets: [{key: a}, {key: b, deps: [a]}]"),
    "both": ("{fn: PROJECT.defs.functions.both}", "assets: [{key: a}]\n  checks: [{name: full, asset: a}]"),
}


def executed(name: str, execution: str, made: str) -> dict:
    text = f"type: dagster.FunctionComponent\nattributes:\n  execution: {execution}\n  {made}\n"
    root = written.project(name, {"defs/x/defs.yaml": text, "defs/functions.py": FUNCTIONS})
    defs = dg.load_from_defs_folder(path_within_project=root)
    config = {"ops": {"step": {"config": {"rows": 7}}}} if name == "configured" else {}
    result = defs.get_implicit_global_asset_job_def().execute_in_process(run_config=config, raise_on_error=False)
    ops = [each.op for each in defs.assets if isinstance(each, dg.AssetsDefinition)]
    return {
        "success": result.success,
        "events": [
            [event.event_type_value, event.step_key]
            for event in result.all_events
            if event.event_type_value in ("ASSET_MATERIALIZATION", "ASSET_CHECK_EVALUATION", "STEP_OUTPUT")
        ],
        "metadata": [
            seen.metadata(event.materialization.metadata) for event in result.get_asset_materialization_events()
        ],
        "steps": [[op.name, dict(op.tags), op.pool, op.description] for op in ops],
    }


class Connection(SQLClient):
    executed: list = []

    def connect_and_execute(self, sql):
        self.executed.append(sql)


class Daily(SqlComponent):
    def get_sql_content(self, context, component_load_context):
        return "select 1"

    def get_unique_name(self):
        return "daily"


def of_sql(component) -> dict:
    Connection.executed.clear()
    defs = build_defs_for_component(component)
    result = dg.materialize(list(defs.assets))
    made = [event.asset_key.to_user_string() for event in result.get_asset_materialization_events()]
    return {"executed": list(Connection.executed), "made": made}


def checks_alone() -> list:
    text = "type: dagster.FunctionComponent\nattributes:\n  execution: {fn: PROJECT.defs.functions.check}\n  checks: [{name: full, asset: a}]\n"
    root = written.project("alone", {"defs/x/defs.yaml": text, "defs/functions.py": FUNCTIONS})
    defs = dg.load_from_defs_folder(path_within_project=root)
    return [key.to_user_string() for each in defs.asset_checks for key in each.check_keys]


def refused(fn: str) -> dict:
    text = f"type: dagster.FunctionComponent\nattributes:\n  execution: {{fn: {fn}}}\n  assets: [{{key: a}}]\n"
    return written.loaded("refused_" + fn.replace(".", "_"), {"defs/x/defs.yaml": text, "defs/functions.py": FUNCTIONS})


def facts() -> dict:
    template = TemplatedSqlComponent(
        sql_template="select {{ n }}", sql_template_vars={"n": 3}, connection=Connection(), assets=[dg.AssetSpec("a"), dg.AssetSpec("b")]
    )
    daily = Daily(connection=Connection(), assets=[dg.AssetSpec("q")])
    return {
        "functions": {name: executed(name, *case) for name, case in CASES.items()},
        "checks alone": checks_alone(),
        "no function": refused("PROJECT.defs.functions.nope"),
        "no module": refused("nowhere.load"),
        "template": of_sql(template),
        "own": of_sql(daily),
        "names": [daily.op_spec.name, build_defs_for_component(daily).assets[0].op.name],
        "neither": "raises" in seen.outcome(lambda: build_defs_for_component(Daily(connection=Connection()))),
    }
