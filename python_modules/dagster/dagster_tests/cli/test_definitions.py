from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SHOP = """
from dagster import Definitions, asset, define_asset_job

@asset
def orders(): ...

defs = Definitions([orders], jobs=[define_asset_job("nightly")], resources={"db": 3, "mail": 4})
"""


def test_a_valid_project_says_what_it_has(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("definitions", "validate", "-f", "shop.py")
    assert (result.exit_code, result.output) == (0, "shop.py: 1 asset, 1 job, 2 resources. Valid.\n")


def test_the_code_can_tell_that_it_is_validated(folder: Folder) -> None:
    folder.write("shop.py", "import os\nassert os.environ['DAGSTER_IS_DEFS_VALIDATION_CLI'] == '1'\n" + SHOP)
    assert call("definitions", "validate", "-f", "shop.py").exit_code == 0


def test_good_locations_are_named_beside_bad_ones(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    folder.write("bad.py", "1 / 0\n")
    result = call("definitions", "validate", "-f", "shop.py", "-f", "bad.py")
    assert result.exit_code == 1
    assert result.stdout.startswith("shop.py: ")
    assert result.stderr.splitlines()[-1] == "bad.py:1: ZeroDivisionError: division by zero"


AUTOMATED = """
import dagster as dg

@dg.asset(automation_condition=dg.AutomationCondition.eager())
def orders(): ...

nightly = dg.ScheduleDefinition("nightly", target="*", cron_schedule="@daily")
defs = dg.Definitions([orders], schedules=[nightly])
"""


def test_what_is_not_evaluated_yet_is_said(folder: Folder) -> None:
    folder.write("shop.py", AUTOMATED)
    validated = call("definitions", "validate", "-f", "shop.py")
    assert validated.output.splitlines() == [
        "shop.py: 1 asset, 1 schedule, 1 sensor. Valid.",
        "  1 automation condition: declared, not evaluated by this version",
    ]
    listed = call("asset", "list", "-f", "shop.py")
    assert listed.stderr == "1 automation condition: declared, not evaluated by this version\n"


NOTHING_STARTED = """import dagster as dg

@dg.schedule("@daily", job_name="nobody")
def daily(): ...

defs = dg.Definitions(schedules=[daily])
"""


def test_a_schedule_that_starts_nothing_is_named_with_its_place(folder: Folder) -> None:
    folder.write("shop.py", NOTHING_STARTED)
    refused = call("definitions", "validate", "-f", "shop.py")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[-1].startswith('shop.py:3: ScheduleDefinition "daily" targets job "nobody"')
