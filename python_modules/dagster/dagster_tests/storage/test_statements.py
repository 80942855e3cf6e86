from pathlib import Path

import pytest

from dagster.storage.core import generate
from dagster_tests.instance.processes import finish, start


@pytest.mark.parametrize("dialect", generate.DIALECTS)
def test_the_statements_are_those_of_the_questions(dialect: str) -> None:
    written = (generate.STATEMENTS / f"{dialect}.py").read_text(encoding="utf-8")
    assert generate.text_of(dialect) == written, "run `python -m dagster.storage.core.generate`"


def test_every_question_can_be_written_for_postgresql() -> None:
    assert "= ANY(%(run_ids)s)" in generate.text_of("postgresql")


def test_a_run_on_sqlite_imports_neither_sqlalchemy_nor_what_it_does_not_need(tmp_path: Path) -> None:
    program = """
import sys
from dagster.instance import DagsterInstance
heavy = {"logging", "pandas", "pydantic", "sqlalchemy", "alembic", "yaml"}
assert "sqlite3" not in sys.modules
ephemeral = DagsterInstance.ephemeral()
ephemeral.report_run_failed(ephemeral.create_run(job_name="j"))
assert "sqlite3" not in sys.modules
with DagsterInstance.from_config(sys.argv[1]) as instance:
    run = instance.create_run(job_name="j", tags={"a": "b"})
    instance.report_run_failed(run)
    assert [found.run_id for found in instance.get_runs()] == [run.run_id]
    assert instance.get_asset_records() == []
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    finish(start(program, tmp_path))
