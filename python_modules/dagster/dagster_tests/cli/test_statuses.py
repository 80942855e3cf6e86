"""`dagster asset status`, `partitions`, `check`, and ranges of partitions in `materialize` and `wipe`."""

import json

import pytest
from click.testing import Result

from dagster.instance.instance import DagsterInstance
from dagster_tests.cli.commands import call as call_any
from dagster_tests.workspace.projects import Folder

SHOP = """
import dagster as dg

days = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-11")

@dg.asset(partitions_def=days)
def orders(context):
    if context.partition_key == "2024-01-03":
        raise ValueError("the till was closed")
    return context.partition_key

@dg.asset(partitions_def=days, backfill_policy=dg.BackfillPolicy.single_run())
def counted(context) -> None:
    context.log.info(f"{len(context.partition_keys)} days")

@dg.asset(partitions_def=days, backfill_policy=dg.BackfillPolicy.multi_run(3))
def threes(context) -> None: ...

@dg.asset
def total():
    return 5

@dg.asset_check(asset=total)
def positive(total):
    return dg.AssetCheckResult(passed=total > 0, metadata={"total": total})

@dg.asset_check(asset=total)
def small(total):
    return dg.AssetCheckResult(passed=total < 3, severity=dg.AssetCheckSeverity.WARN, description="it grows")

@dg.asset_check(asset=total)
def even(total):
    return dg.AssetCheckResult(passed=total % 2 == 0)
"""


def call(*arguments: str, exit_code: int = 0) -> Result:
    result = call_any("asset", *arguments)
    assert result.exit_code == exit_code, result.output
    return result


def made(select: str, *arguments: str, exit_code: int = 0) -> Result:
    return call("materialize", "-f", "shop.py", "--select", select, *arguments, exit_code=exit_code)


def rows(stdout: str) -> list[list[str]]:
    return [line.split() for line in stdout.splitlines()[1:]]


@pytest.fixture(name="shop", autouse=True)
def _shop(folder: Folder) -> Folder:
    folder.write("shop.py", SHOP)
    return folder


def runs() -> int:
    with DagsterInstance.get() as instance:
        return instance.get_runs_count()


def test_a_range_is_a_run_for_each_partition_and_a_failed_one_stops_no_other() -> None:
    result = made("orders", "--partition-range", "2024-01-02...2024-01-04", exit_code=1)
    assert runs() == 3
    assert "the till was closed" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("1 of 3 runs failed: 2024-01-03.")
    assert rows(call("partitions", "orders", "-f", "shop.py").stdout) == [
        ["missing", "2024-01-01", "2024-01-01", "1"],
        ["materialized", "2024-01-02", "2024-01-02", "1"],
        ["failed", "2024-01-03", "2024-01-03", "1"],
        ["materialized", "2024-01-04", "2024-01-04", "1"],
        ["missing", "2024-01-05", "2024-01-10", "6"],
    ]


@pytest.mark.parametrize(("asset", "expected"), [("counted", 1), ("threes", 3), ("counted,threes", 3), ("orders,threes", 7)])
def test_a_range_is_cut_into_runs_as_the_policies_say(asset: str, expected: int) -> None:
    made(asset, "--partition-range", "2024-01-04...2024-01-10")
    assert runs() == expected


def test_what_is_no_range_is_refused() -> None:
    for text, told in [
        ("2024-01-01", "FIRST...LAST"),
        ("2024-01-01...2023-01-01", "2023-01-01"),
        ("2024-01-04...2024-01-01", "There is no partition from 2024-01-04 to 2024-01-01."),
    ]:
        assert told in call_any("asset", "materialize", "-f", "shop.py", "--select", "orders", "--partition-range", text).stderr
    both = ["--partition", "2024-01-01", "--partition-range", "2024-01-01...2024-01-02"]
    assert "exclude each other" in call_any("asset", "materialize", "-f", "shop.py", "--select", "orders", *both).stderr
    assert "has partitions: total" in made("total", "--partition-range", "a...b", exit_code=1).stderr
    assert runs() == 0


def test_status_draws_where_partitions_stand() -> None:
    made("total")
    made("orders", "--partition-range", "2024-01-01...2024-01-04", exit_code=1)
    result = call("status", "-f", "shop.py")
    found = {line[0]: line for line in rows(result.stdout)}
    assert found["orders"][-4:] == ["3", "of", "10", "██!█······"]
    assert found["orders"][1:3] == ["1", "failed"]
    assert found["total"][1] == "materialized"
    assert found["counted"][1:3] == ["10", "missing"]
    assert "! failed" in result.stderr


def test_status_and_partitions_are_told_as_json() -> None:
    made("orders", "--partition-range", "2024-01-01...2024-01-02")
    [told] = json.loads(call("status", "-f", "shop.py", "--select", "orders", "--json").stdout)
    assert told["partitions"] == {"total": 10, "materialized": 2, "in progress": 0, "failed": 0}
    assert told["last_materialization"] is not None
    found = call("partitions", "orders", "-f", "shop.py", "--json", "--status", "materialized").stdout
    assert json.loads(found) == [
        {"status": "materialized", "first": "2024-01-01", "last": "2024-01-02", "partitions": 2},
    ]


def test_keys_of_partitions_are_printed_one_by_one() -> None:
    made("orders", "--partition-range", "2024-01-01...2024-01-02")
    chosen = ["--keys", "--status", "materialized"]
    assert call("partitions", "orders", "-f", "shop.py", *chosen).stdout.split() == ["2024-01-01", "2024-01-02"]
    assert len(call("partitions", "orders", "-f", "shop.py", "--keys", "--status", "missing").stdout.split()) == 8
    assert "none of these has any" in call("partitions", "total", "-f", "shop.py", exit_code=1).stderr


def test_a_range_is_forgotten_with_its_values(shop: Folder) -> None:
    made("orders", "--partition-range", "2024-01-04...2024-01-07")
    stored = shop.path.parent / "home/storage/orders"
    wiped = ["wipe", "orders", "-f", "shop.py", "--partition-range", "2024-01-01...2024-01-05", "--noprompt"]
    assert call(*wiped, "--delete-data").stdout == "Forgotten: 2024-01-01...2024-01-05 of orders.\n"
    assert sorted(each.name for each in stored.iterdir()) == ["2024-01-06", "2024-01-07"]
    assert "Nothing is known" in call(*wiped, exit_code=1).stderr
    kept = ["--keys", "--status", "materialized"]
    assert call("partitions", "orders", "-f", "shop.py", *kept).stdout.split() == ["2024-01-06", "2024-01-07"]


def test_checks_are_executed_without_the_asset() -> None:
    made("total", exit_code=0)
    result = call("check", "-f", "shop.py", exit_code=1)
    assert [line[:3] for line in rows(result.stdout)] == [
        ["total", "even", "failed"],
        ["total", "positive", "passed"],
        ["total", "small", "failed"],
    ]
    assert "(warning)" in result.stdout
    assert "total: 5" in result.stdout
    assert result.stderr.splitlines()[-1] == "A check failed: total: even."


def test_checks_are_chosen_by_name_and_by_asset() -> None:
    made("total")
    result = call("check", "-f", "shop.py", "--select", "total", "--check", "small", "--check", "positive")
    assert [line[1] for line in rows(result.stdout)] == ["positive", "small"]
    assert "Close: 'small'" in call("check", "-f", "shop.py", "--check", "smal", exit_code=1).stderr
    assert "no check" in call("check", "-f", "shop.py", "--select", "orders", exit_code=1).stderr
