"""`dagster job list | print | execute`."""

import json
import re

import pytest
import yaml
from click.testing import Result

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

ETL = """
from pathlib import Path
from dagster import (
    Config, Definitions, DynamicOut, DynamicOutput, RetryPolicy, StaticPartitionsDefinition, asset, define_asset_job, job, op
)

class Times(Config):
    n: int = 2

@op(out=DynamicOut())
def letters():
    for letter in "ab":
        yield DynamicOutput(letter, letter)

@op(retry_policy=RetryPolicy(max_retries=1), timeout=30)
def repeated(context, letter: str, config: Times) -> str:
    context.log.info("repeating")
    if letter == "b" and Path("broken").exists():
        raise ValueError("b is broken")
    return letter * config.n

@op
def joined(words: list[str]) -> str:
    return " ".join(words)

@job(tags={"team": "words"})
def words():
    "Repeats letters."
    joined(letters().map(repeated).collect())

@op
def part(context) -> str:
    return context.partition_key

@job(partitions_def=StaticPartitionsDefinition(["x", "y"]))
def parts():
    part()

@asset
def numbers():
    return [1]

defs = Definitions(assets=[numbers], jobs=[words, parts, define_asset_job("nightly", description="Numbers.\\nMore.")])
"""


NEEDING = """
from dagster import Config, ConfigurableResource, Definitions, job, op

class Load(Config):
    path: str
    limit: int = 10

class Database(ConfigurableResource):
    url: str
    user: str = "me"

@op
def load(config: Load, db: Database): ...

@job
def loading():
    load()

defs = Definitions(jobs=[loading], resources={"db": Database.configure_at_launch()})
"""


@pytest.fixture(autouse=True)
def etl(folder: Folder) -> Folder:
    folder.write("etl.py", ETL)
    return folder


def job(*arguments: str) -> Result:
    return call("job", arguments[0], "-f", "etl.py", *arguments[1:])


def table(stdout: str) -> list[list[str]]:
    return [re.split(r"\s{2,}", line.strip()) for line in stdout.splitlines()]


def statuses(result: Result) -> dict[str, str]:
    return {line[0]: line[1] for line in table(result.stdout)[1:] if len(line) > 1}


def run_id_of(result: Result) -> str:
    found = re.search(r"Run ([0-9a-f-]{36})", result.stderr)
    assert found is not None, result.stderr
    return found.group(1)


def test_jobs_are_listed_with_what_they_run() -> None:
    assert [
        ["JOB", "RUNS", "TAGS", "DESCRIPTION"],
        ["nightly", "1 asset", "Numbers."],
        ["parts", "1 op"],
        ["words", "3 ops", "team=words", "Repeats letters."],
    ] == table(job("list").stdout)


def test_a_listing_for_programs_is_json() -> None:
    described = {each["name"]: each for each in json.loads(job("list", "--json").stdout)}
    assert ["letters", "repeated[?]", "joined"] == described["words"]["steps"]
    assert (["numbers"], True) == (described["nightly"]["assets"], described["parts"]["is_partitioned"])


def test_a_job_is_printed_step_by_step() -> None:
    lines = job("print", "-j", "words").stdout.splitlines()
    assert ["words", "  Repeats letters.", ""] == lines[:3]
    assert [
        ["STEP", "TAKES FROM", "TIMES", "RETRIES", "TIMEOUT"],
        ["letters"],
        ["repeated[?]", "letters", "per value of letters", "1", "30 s"],
        ["joined", "repeated[?]"],
    ] == table("\n".join(lines[3:]))


ENDING = """
from dagster import Definitions, job, op

@op(allow_failure=True)
def asks():
    raise ConnectionError("nobody answers")

@op
def tell(): ...

@op
def clean(): ...

@job(on_failure=tell, finally_=clean)
def asking():
    asks()

defs = Definitions(jobs=[asking])
"""


def test_what_may_fail_and_what_runs_at_the_end_is_printed_and_shown(etl: Folder) -> None:
    etl.write("ending.py", ENDING)
    printed = call("job", "print", "-f", "ending.py").stdout
    assert [
        ["STEP", "MAY FAIL", "RUNS"],
        ["asks", "yes"],
        ["tell", "where the run failed"],
        ["clean", "always, at the end"],
    ] == table("\n".join(printed.splitlines()[2:]))
    result = call("job", "execute", "-f", "ending.py")
    assert 0 == result.exit_code
    assert {"asks": "failed", "tell": "skipped", "clean": "done"} == statuses(result)


def test_a_job_is_executed_and_its_steps_are_shown() -> None:
    result = job("execute", "-j", "words")
    assert 0 == result.exit_code
    assert {"letters": "done", "repeated[a]": "done", "repeated[b]": "done", "joined": "done"} == statuses(result)
    assert "INFO repeating" in result.stderr
    assert "succeeded" in result.stderr


def test_after_a_fix_only_what_is_missing_is_executed(etl: Folder) -> None:
    etl.write("broken", "")
    failed = job("execute", "-j", "words", "--tags", '{"owner": "ada"}')
    assert 1 == failed.exit_code
    assert {"letters": "done", "repeated[a]": "done", "repeated[b]": "failed", "joined": "not run"} == statuses(failed)
    assert ["repeated[b]", "failed"] == table(failed.stdout)[3][:2]
    assert "2" == table(failed.stdout)[3][-1], "it was tried twice"
    assert 'step "repeated[b]" failed' in failed.stderr.splitlines()[-1]
    run_id = run_id_of(failed)
    assert f"dagster job execute -j words --from-failure {run_id}" in failed.stderr
    (etl.path / "broken").unlink()
    again = job("execute", "-j", "words", "--from-failure", run_id)
    assert {"repeated[b]": "done", "joined": "done"} == statuses(again)
    nothing = job("execute", "-j", "words", "--from-failure", run_id_of(again))
    assert (1, True) == (nothing.exit_code, "not failed or canceled" in nothing.stderr)


def test_selected_steps_of_a_run_are_executed_again() -> None:
    run_id = run_id_of(job("execute", "-j", "words"))
    assert {"repeated[b]": "done", "joined": "done"} == statuses(
        job("execute", "-j", "words", "--again", run_id, "--steps", "repeated[b]+")
    )
    unknown = job("execute", "-j", "words", "--again", run_id, "--steps", "repeat")
    assert (1, True) == (unknown.exit_code, "unknown step: repeat. Close: 'repeated" in unknown.stderr)


def test_some_ops_are_executed_with_config(etl: Folder) -> None:
    etl.write("run.yaml", "ops:\n  repeated:\n    config:\n      n: 3\n")
    for config in (["-c", "run.yaml"], ["--config-json", '{"ops": {"repeated": {"config": {"n": 3}}}}']):
        result = job("execute", "-j", "words", "-o", "*repeated", *config)
        assert ["letters", "repeated[a]", "repeated[b]"] == list(statuses(result))
    wrong = job("execute", "-j", "words", "--config-json", '{"ops": {"repeated": {"config": {"m": 3}}}}')
    assert (1, True) == (wrong.exit_code, '"m"' in wrong.stderr)


def test_a_partition_and_a_job_of_assets_are_executed() -> None:
    assert {"part": "done"} == statuses(job("execute", "-j", "parts", "--partition", "x"))
    result = job("execute", "-j", "nightly")
    assert {"numbers": "stored"} == statuses(result)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        ((), 1, "Say which one with -j: nightly, parts, words."),
        (("-j", "word"), 1, "There is no job \"word\". Close: 'words'."),
        (("-j", "words", "-o", "nowhere"), 1, '"nowhere" names none'),
        (("-j", "words", "--from-failure", "abc"), 1, 'There is no run "abc"'),
        (("-j", "words", "--from-failure", "abc", "--again", "abc"), 2, "exclude each other"),
        (("-j", "words", "--again", "abc", "-o", "letters"), 2, "leave --op-selection out"),
        (("-j", "words", "--steps", "letters"), 2, "--again RUN_ID"),
        (("-j", "words", "--tags", "team"), 2, "it is no JSON"),
        (("-j", "words", "--tags", "[1]"), 2, "no JSON object"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(arguments: tuple[str, ...], exit_code: int, said: str) -> None:
    result = job("execute", *arguments)
    assert exit_code == result.exit_code
    assert said in " ".join(result.stderr.split())


def test_a_job_is_printed_as_a_picture() -> None:
    assert '    s1[["repeated[?]"]]' in job("print", "-j", "words", "--mermaid").stdout.splitlines()
    assert job("print", "-j", "words", "--svg").stdout.startswith("<svg ")


def test_run_config_is_scaffolded_and_taken(etl: Folder) -> None:
    printed = job("scaffold_config", "-j", "words").stdout
    assert {"letters": {}, "repeated": {"config": {"n": 2}}, "joined": {}} == yaml.safe_load(printed)["ops"]
    etl.write("run.yaml", printed)
    assert 0 == job("execute", "-j", "words", "-c", "run.yaml").exit_code


def test_only_what_a_job_needs_is_scaffolded(folder: Folder) -> None:
    folder.write("needing.py", NEEDING)
    printed = call("job", "scaffold_config", "-f", "needing.py", "--print-only-required").stdout
    needed = {"ops": {"load": {"config": {"path": "..."}}}, "resources": {"db": {"config": {"url": "..."}}}}
    assert needed == yaml.safe_load(printed)


AT_THE_END = """
from dagster import job, op

@op
def load():
    pass

@op
def tell():
    pass

@op
def drop():
    pass

@job(on_failure=tell, finally_=[drop, drop.alias("drop_again")])
def loading():
    load()
"""


def test_what_runs_at_the_end_is_counted_beside_the_work(etl: Folder) -> None:
    etl.write("ending.py", AT_THE_END)
    assert ["loading", "1 op, 3 at the end"] == table(call("job", "list", "-f", "ending.py").stdout)[1]
