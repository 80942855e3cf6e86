import os
from pathlib import Path
from typing import Any

import pytest

import dagster as dg
from dagster.components import SqlComponent, TemplatedSqlComponent, UvRunComponent, build_defs_for_component
from dagster.components.asset_models import OpSpec
from dagster.components.executables import FunctionSpec, ScriptSpec
from dagster.components.refusals import DagsterComponentError
from dagster.components.sql import SQLClient, SqlFile
from dagster_tests.components.conftest import MakeProject
from dagster_tests.components.projects import Project

FUNCTIONS = """
    import dagster as dg

    class Settings(dg.Config):
        rows: int = 3

    def load(context, config: Settings, limit: dg.ResourceParam[int]):
        return dg.MaterializeResult(metadata={"rows": config.rows, "limit": limit})

    def quiet(): ...

    def both(context):
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=False)])

    def check(context):
        return dg.AssetCheckResult(passed=True)

    resources = dg.Definitions(resources={"limit": 9})
"""


def of_function(make_project: MakeProject, execution: str, made: str = "assets: [{key: orders}]") -> Project:
    written = f"type: dagster.FunctionComponent\nattributes:\n  execution: {execution}\n  {made}\n"
    return make_project({"a/defs.yaml": written, "functions.py": FUNCTIONS})


def run(project: Project, **arguments: Any) -> dg.ExecuteInProcessResult:
    return project.load().resolve_implicit_global_asset_job_def().execute_in_process(**arguments)


def test_a_function_makes_assets_with_its_config_and_resources(make_project: MakeProject) -> None:
    project = of_function(make_project, "PROJECT.defs.functions.load")
    result = run(project, run_config={"ops": {"load": {"config": {"rows": 7}}}})
    metadata = result.asset_materializations_for_node("load")[0].metadata
    assert {name: metadata[name].value for name in ("rows", "limit")} == {"rows": 7, "limit": 9}


def test_a_function_is_looked_up_beside_the_component(make_project: MakeProject) -> None:
    written = "type: dagster.FunctionComponent\nattributes: {execution: {fn: .own.load, name: step}, assets: [{key: orders}]}"
    project = make_project({"a/defs.yaml": written, "a/own.py": "def load(): ...\n"})
    assert run(project).success


def test_the_step_is_as_the_file_says(make_project: MakeProject) -> None:
    project = of_function(make_project, "{fn: PROJECT.defs.functions.quiet, name: step, tags: {k: v}, pool: p, description: d}")
    op = project.load().resolve_assets_def("orders").op
    assert (op.name, op.tags, op.pool, op.description) == ("step", {"k": "v"}, "p", "d")


def test_a_backfill_policy_is_written_by_its_type(make_project: MakeProject) -> None:
    execution = "{fn: PROJECT.defs.functions.quiet, backfill_policy: {type: multi_run, max_partitions_per_run: 3}}"
    made = "assets: [{key: orders, partitions_def: {type: daily, start_date: 2024-01-01}}]"
    definition = of_function(make_project, execution, made).load().resolve_assets_def("orders")
    assert definition.backfill_policy == dg.BackfillPolicy.multi_run(3)


def test_a_function_gives_results_of_checks(make_project: MakeProject) -> None:
    made = "assets: [{key: orders}]\n  checks: [{name: full, asset: orders}]"
    evaluations = run(of_function(make_project, "PROJECT.defs.functions.both", made)).get_asset_check_evaluations()
    assert [(each.check_name, each.passed) for each in evaluations] == [("full", False)]


def test_a_function_may_execute_checks_alone(make_project: MakeProject) -> None:
    project = of_function(make_project, "PROJECT.defs.functions.check", "checks: [{name: full, asset: orders}]")
    assert [key.name for check in project.load().asset_checks for key in check.check_keys] == ["full"]


def test_a_component_that_makes_nothing_is_refused(make_project: MakeProject) -> None:
    with pytest.raises(DagsterComponentError, match="No assets or checks provided"):
        of_function(make_project, "PROJECT.defs.functions.quiet", "").load()


@pytest.mark.parametrize(
    ("name", "said"),
    [("PROJECT.defs.functions.laod", "has no function 'laod'. Close: 'load'"), ("nowhere.load", 'There is no module "nowhere"')],
)
def test_a_function_that_is_not_there_is_refused(make_project: MakeProject, name: str, said: str) -> None:
    with pytest.raises(DagsterComponentError, match=said):
        of_function(make_project, f"{{fn: {name}}}").load()


def test_a_function_comes_out_of_a_template(make_project: MakeProject) -> None:
    vars_ = "import dagster as dg\n@dg.template_var\ndef load():\n    return lambda: None\n"
    attributes = "attributes: {execution: {fn: '{{ load }}'}, assets: [{key: orders}]}"
    written = f"type: dagster.FunctionComponent\n{attributes}\ntemplate_vars_module: .vars"
    assert run(make_project({"a/defs.yaml": written, "a/vars.py": vars_})).success


def test_a_component_of_a_function_is_made_in_python() -> None:
    component = dg.FunctionComponent(execution=FunctionSpec(fn=lambda: None, name="step"), assets=[dg.AssetSpec("a")])
    assert dg.materialize(build_defs_for_component(component).assets).success


@pytest.mark.parametrize(
    ("args", "expected"), [("'a b \"c d\"'", ["a", "b", "c d"]), ("[a, 'b{{ 1 }}']", ["a", "b1"]), ("null", [])]
)
def test_arguments_of_a_script_are_a_list_or_a_text(args: str, expected: list[str]) -> None:
    script = ScriptSpec.resolve_from_yaml(f"{{path: x.py, args: {args}}}")
    assert script.arguments == expected


def test_a_script_names_its_step_unless_the_file_does() -> None:
    assert dg.PythonScriptComponent(execution=ScriptSpec(path="sub/load.py")).op_spec.name == "load"
    assert UvRunComponent(execution=ScriptSpec(path="load.py", name="step")).op_spec.name == "step"


class Recorded(SQLClient):
    def __init__(self) -> None:
        self.executed: list[str] = []

    def connect_and_execute(self, sql: str) -> None:
        self.executed.append(sql)


def test_a_template_of_sql_is_rendered_in_the_run() -> None:
    connection = Recorded()
    component = TemplatedSqlComponent(
        sql_template="select {{ n }}",
        sql_template_vars={"n": 3},
        connection=connection,
        assets=[dg.AssetSpec("a"), dg.AssetSpec("b")],
    )
    result = dg.materialize(build_defs_for_component(component).assets)
    assert connection.executed == ["select 3"]
    assert len(result.get_asset_materialization_events()) == 2


def test_sql_that_uses_what_is_not_there_is_not_executed() -> None:
    connection = Recorded()
    component = TemplatedSqlComponent(sql_template="select {{ n }}", connection=connection, assets=[dg.AssetSpec("a")])
    result = dg.materialize(build_defs_for_component(component).assets, raise_on_error=False)
    assert (result.success, connection.executed) == (False, [])


def test_sql_lies_in_a_file_beside_the_component(make_project: MakeProject) -> None:
    files = {
        "/connections.py": """
            import dagster as dg

            class Connection(dg.Component):
                executed = []

                def connect_and_execute(self, sql):
                    self.executed.append(sql)

                def build_defs(self, context):
                    return dg.Definitions()
        """,
        "warehouse/defs.yaml": "type: PROJECT.connections.Connection",
        "a/query.sql": "insert into {{ table }}\n",
        "a/defs.yaml": """
            type: dagster.TemplatedSqlComponent
            attributes:
              sql_template: {path: query.sql}
              sql_template_vars: {table: orders}
              connection: "{{ context.load_component('warehouse') }}"
              assets: [{key: orders}]
        """,
    }
    project = make_project(files)
    defs = project.load()
    assert defs.resolve_implicit_global_asset_job_def().execute_in_process().success
    assert defs.component_tree.load_component("warehouse").executed == ["insert into orders\n"]


def test_a_sql_file_that_is_not_there_fails_the_step() -> None:
    component = TemplatedSqlComponent(sql_template=SqlFile(path="nope.sql"), connection=Recorded(), assets=[dg.AssetSpec("a")])
    result = dg.materialize(build_defs_for_component(component).assets, raise_on_error=False)
    assert not result.success


def test_components_know_their_sql_themselves() -> None:
    class Daily(SqlComponent):
        def get_sql_content(self, context: object, component_load_context: dg.ComponentLoadContext) -> str:
            return "select 1"

        def get_unique_name(self) -> str:
            return "daily"

    component = Daily(connection=Recorded(), assets=[dg.AssetSpec("a")])
    assert (component.op_spec, Daily(connection=Recorded(), execution=OpSpec(name="x")).op_spec.name) == (
        OpSpec(name="daily"),
        "x",
    )


REPORTING = """
    import sys
    from dagster_pipes import open_dagster_pipes

    with open_dagster_pipes() as pipes:
        pipes.report_asset_materialization(metadata={"arguments": " ".join(sys.argv[1:])})
"""


def of_script(make_project: MakeProject, script: str, made: str = "assets: [{key: orders}]") -> Project:
    written = f"type: dagster.PythonScriptComponent\nattributes:\n  execution: {{path: load.py, args: --full now}}\n  {made}\n"
    return make_project({"a/defs.yaml": written, "a/load.py": script})


def test_a_script_reports_what_it_made(make_project: MakeProject) -> None:
    result = run(of_script(make_project, REPORTING))
    assert result.asset_materializations_for_node("load")[0].metadata["arguments"].value == "--full now"


def test_a_script_that_reports_nothing_has_made_its_assets(make_project: MakeProject) -> None:
    result = run(of_script(make_project, "print('quiet')"))
    assert [event.asset_key for event in result.get_asset_materialization_events()] == [dg.AssetKey("orders")]


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "1 / 0"])
def test_a_script_that_fails_fails_the_step(make_project: MakeProject, script: str) -> None:
    assert not run(of_script(make_project, script), raise_on_error=False).success


def test_a_script_gives_results_of_checks(make_project: MakeProject) -> None:
    script = REPORTING.replace(
        'report_asset_materialization(metadata={"arguments": " ".join(sys.argv[1:])})',
        'report_asset_check("full", passed=False, asset_key="orders")',
    )
    project = of_script(make_project, script, "assets: [{key: orders}]\n  checks: [{name: full, asset: orders}]")
    assert [each.passed for each in run(project).get_asset_check_evaluations()] == [False]


def test_uv_executes_the_script(make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    uv = tmp_path / "bin/uv"
    uv.write_text(f'#!/bin/sh\necho "$1 $(basename $2) $3" > {tmp_path}/called\n')
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    written = "type: dagster.UvRunComponent\nattributes: {execution: {path: load.py, args: x}, assets: [{key: orders}]}"
    assert run(make_project({"a/defs.yaml": written, "a/load.py": ""})).success
    assert (tmp_path / "called").read_text() == "run load.py x\n"
