"""Runs that are executed again in their location: all, what is missing, some steps; retries; checks alone. Real processes."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster import AssetCheckKey, AssetKey, DagsterRun, ReexecutionOptions, RunRequest
from dagster import DagsterEventType as T
from dagster.errors import DagsterCodeLocationError, DagsterRunNotFoundError
from dagster.runs.retries import ReexecutionStrategy, retry_of
from dagster.runs.runs import new_run_id
from dagster.runs.statuses import DagsterRunStatus
from dagster.workspace.launchers import LocationLauncher, relaunch
from dagster_tests.workspace.locations import Located, located
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os
    from pathlib import Path
    from dagster import (
        AssetCheckResult, Config, Definitions, DynamicOut, DynamicOutput, asset, asset_check, define_asset_job, job, op,
    )

    def breaks(name):
        if (Path(os.environ["FOLDER"]) / name).exists():
            raise ValueError(f"{name} is broken")

    @op(out=DynamicOut())
    def letters():
        for letter in "abc":
            yield DynamicOutput(letter, mapping_key=letter)

    @op
    def doubled(letter: str) -> str:
        breaks(letter)
        return letter * 2

    @op
    def joined(words: list[str]) -> str:
        print("".join(words))
        return "".join(words)

    @job(tags={"team": "words"})
    def words():
        joined(letters().map(doubled).collect())

    class Login(Config):
        password: str

    @op
    def logs_in(config: Login):
        breaks("login")
        print(config.password)

    @job
    def secretive():
        logs_in()

    @asset
    def orders():
        return [1, 2]

    @asset
    def report(orders):
        breaks("report")
        return len(orders)

    @asset
    def mail(report):
        pass

    @asset_check(asset=orders)
    def good():
        return AssetCheckResult(passed=True)

    @asset_check(asset=orders)
    def fresh():
        return AssetCheckResult(passed=True)

    jobs = [words, secretive, define_asset_job("daily"), define_asset_job("some", selection=["report", "mail"])]
    defs = Definitions(assets=[orders, report, mail], asset_checks=[good, fresh], jobs=jobs)
"""


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Located]:
    with located(Folder(tmp_path_factory.mktemp("project")), CODE) as made:
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What there is a file for in it breaks."""
    monkeypatch.setenv("FOLDER", str(tmp_path))
    return tmp_path


def failed(location: Located, folder: Path, job: str, *broken: str, **asked: object) -> DagsterRun:
    for name in broken:
        (folder / name).touch()
    run = location.run(job, **asked)
    for name in broken:
        (folder / name).unlink()
    assert run.is_failure
    return run


def again(location: Located, run: DagsterRun, *steps: str, strategy: str = "ALL_STEPS", **asked: object) -> DagsterRun:
    options = ReexecutionOptions(run.run_id, steps, ReexecutionStrategy(strategy))
    made = relaunch(location.processes, location.instance, options, RunRequest(**asked))  # pyright: ignore[reportArgumentType]
    return location.ended(made.run.run_id)


def executed(location: Located, run: DagsterRun) -> set[str | None]:
    return {event.step_key for event in location.events(run.run_id, T.STEP_START)}


def planned(location: Located, run: DagsterRun) -> list[AssetKey | None]:
    return [event.asset_key for event in location.events(run.run_id, T.ASSET_MATERIALIZATION_PLANNED)]


def test_from_failure_what_is_missing_is_executed_with_the_values_that_are_there(location: Located, folder: Path) -> None:
    run = failed(location, folder, "words", "b")
    second = again(location, run, strategy="FROM_FAILURE")
    assert second.is_success
    assert executed(location, second) == {"doubled[b]", "joined"}
    assert location.output(second.run_id, "joined") == "aabbcc\n"
    assert (second.parent_run_id, second.root_run_id, second.is_resume_retry) == (run.run_id, run.run_id, True)
    assert second.tags["team"] == "words"


def test_all_steps_or_some_are_executed_again(location: Located, folder: Path) -> None:
    run = failed(location, folder, "words", "b")
    whole = again(location, run)
    assert (whole.is_success, len(executed(location, whole))) == (True, 5)
    some = again(location, whole, "doubled[a]+", tags={"why": "test"})
    assert (some.is_success, executed(location, some)) == (True, {"doubled[a]", "joined"})
    assert (some.tags["why"], some.root_run_id, some.is_resume_retry) == ("test", run.run_id, False)


def test_assets_that_were_not_made_are_made(location: Located, folder: Path) -> None:
    run = failed(location, folder, "daily", "report")
    for strategy in ("FROM_FAILURE", "FROM_ASSET_FAILURE"):
        second = again(location, run, strategy=strategy)
        assert (second.is_success, executed(location, second)) == (True, {"report", "mail"})
        assert planned(location, second) == [AssetKey("mail"), AssetKey("report")]
        assert second.planned_assets == {AssetKey("mail"), AssetKey("report")}


@pytest.mark.parametrize(
    ("strategy", "steps"),
    [
        ("FROM_FAILURE", {"report", "mail"}),
        ("FROM_ASSET_FAILURE", {"report", "mail"}),
        ("ALL_STEPS", {"orders", "report", "mail"}),
    ],
)
def test_a_retry_finds_out_what_is_missing_when_it_begins(
    location: Located, folder: Path, strategy: str, steps: set[str]
) -> None:
    run = failed(location, folder, "daily", "report", tags={"dagster/retry_strategy": strategy})
    retry = retry_of(run, 0, new_run_id()).with_status(DagsterRunStatus.QUEUED)
    location.instance.add_run(retry)
    location.instance.launch_run(retry.run_id, LocationLauncher(location.processes), environment=dict(os.environ))
    ended = location.ended(retry.run_id)
    assert ended.is_success
    assert executed(location, ended) - {"orders_good", "orders_fresh"} == steps
    assert set(planned(location, ended)) == {AssetKey(each) for each in steps}
    assert ended.planned_assets == {AssetKey(each) for each in steps}


def test_checks_are_executed_alone_or_left_out(location: Located) -> None:
    good = AssetCheckKey(AssetKey("orders"), "good")
    alone = location.run("daily", asset_check_keys=[good])
    assert (alone.is_success, executed(location, alone)) == (True, {"orders_good"})
    without = location.run("daily", asset_selection=[AssetKey("orders")], asset_check_keys=[])
    assert (without.is_success, executed(location, without)) == (True, {"orders"})
    both = location.run("daily", asset_selection=[AssetKey("orders")], asset_check_keys=[good])
    assert executed(location, both) == {"orders", "orders_good"}
    assert executed(location, again(location, both)) == {"orders", "orders_good"}
    with pytest.raises(DagsterCodeLocationError, match=r'There is no check "orders:bad".*Close.*orders:good'):
        location.run("daily", asset_check_keys=[AssetCheckKey(AssetKey("orders"), "bad")])


def test_secrets_of_the_earlier_run_have_to_be_given_again(location: Located, folder: Path) -> None:
    config = {"ops": {"logs_in": {"config": {"password": "hunter2"}}}}
    run = failed(location, folder, "secretive", "login", run_config=config)
    with pytest.raises(DagsterCodeLocationError, match="had secrets"):
        again(location, run, strategy="FROM_FAILURE")
    second = again(location, run, strategy="FROM_FAILURE", run_config=config)
    assert location.output(second.run_id, "logs_in") == "hunter2\n"


def test_a_run_in_the_queue_keeps_its_secrets_until_it_has_begun(location: Located) -> None:
    config = {"ops": {"logs_in": {"config": {"password": "hunter2"}}}}
    instance = location.instance
    made = location.made("secretive", run_config=config)
    instance.submit_run(made.run.run_id, run_config=made.run_config)
    [kept] = (Path(instance.root_directory) / "run_secrets").iterdir()
    assert ("hunter2" in kept.read_text(), kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (
        True,
        0o600,
        0o700,
    )
    instance.launch_run(made.run.run_id, LocationLauncher(location.processes))
    assert location.ended(made.run.run_id).is_success
    assert location.output(made.run.run_id, "logs_in") == "hunter2\n"
    assert not kept.exists()
    assert b"hunter2" not in b"".join(
        each.read_bytes() for each in Path(instance.root_directory).rglob("*.db*") if each.is_file()
    )


def test_a_run_whose_secrets_are_gone_fails_with_a_sentence(location: Located) -> None:
    made = location.made("secretive", run_config={"ops": {"logs_in": {"config": {"password": "hunter2"}}}})
    location.instance.submit_run(made.run.run_id)
    location.instance.launch_run(made.run.run_id, LocationLauncher(location.processes))
    assert location.ended(made.run.run_id).is_failure
    [failure] = location.events(made.run.run_id, T.RUN_FAILURE)
    assert "had secrets, which are not stored" in (failure.message or "")


def test_a_run_that_is_not_there_cannot_be_executed_again(location: Located) -> None:
    with pytest.raises(DagsterRunNotFoundError):
        relaunch(location.processes, location.instance, ReexecutionOptions("nope"))
