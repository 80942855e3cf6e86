import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dagster import DagsterInstance
from dagster_tests.busy_machines import fair
from dagster_tests.cli.commands import RUN_COMMAND, call, start
from dagster_tests.house.repository import home_of
from dagster_tests.workspace.projects import Folder

SHOP = """
from dagster import asset

@asset
def orders(context):
    context.log.info("reading the shop")
    context.log.debug("in detail")
    return [1, 2, 3]

@asset
def revenue(orders):
    return sum(orders)
"""
FAILING = (
    SHOP
    + """
def checked(total):
    if total > 5:
        raise ValueError(f"too much: {total}")

@asset
def report(revenue):
    checked(revenue)

@asset
def letter(report): ...
"""
)


def rows(stdout: str) -> list[list[str]]:
    return [line.split() for line in stdout.splitlines()]


def test_it_ends_with_a_table_of_what_was_stored_where(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*")
    assert result.exit_code == 0
    home = folder.path.parent / "home"
    assert [(line[0], line[1], line[-1]) for line in rows(result.stdout)] == [
        ("ASSET", "STATUS", "AT"),
        ("orders", "stored", str(home / "storage/orders")),
        ("revenue", "stored", str(home / "storage/revenue")),
    ]


def test_progress_and_logged_lines_go_to_stderr(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    told = [line.split()[1:] for line in call("asset", "materialize", "-f", "shop.py", "--select", "*").stderr.splitlines()]
    assert told[:2] == [["orders", "started"], ["orders", "INFO", "reading", "the", "shop"]]
    assert [line[:2] for line in told[2:]] == [["orders", "done"], ["revenue", "started"], ["revenue", "done"]]


def test_the_level_of_logged_lines_can_be_chosen(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    quiet = call("asset", "materialize", "-f", "shop.py", "--select", "orders", "--log-level", "error")
    loud = call("asset", "materialize", "-f", "shop.py", "--select", "orders", "--log-level", "debug")
    assert "reading" not in quiet.stderr
    assert "DEBUG in detail" in loud.stderr


def test_a_selection_reads_what_was_stored_before(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    call("asset", "materialize", "-f", "shop.py", "--select", "orders")
    result = call("asset", "materialize", "-f", "shop.py", "--select", "revenue", "--show", "revenue")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "6"


def test_values_and_history_are_kept(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    for _ in range(2):
        call("asset", "materialize", "-f", "shop.py", "--select", "*")
    with DagsterInstance.get() as instance:
        assert [run.status.value for run in instance.get_runs()] == ["SUCCESS", "SUCCESS"]


def test_a_failure_is_told_in_the_frames_of_the_user_and_one_sentence(folder: Folder) -> None:
    folder.write("shop.py", FAILING)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-3:] == [
        "  shop.py:19 in report: checked(revenue)",
        '  shop.py:15 in checked: raise ValueError(f"too much: {total}")',
        'shop.py:15: asset "report" failed: ValueError: too much: 6',
    ]


def test_causes_of_the_users_exception_stand_before_the_sentence(folder: Folder) -> None:
    text = """
    from dagster import asset

    @asset
    def orders():
        try:
            {}["day"]
        except KeyError as error:
            raise RuntimeError("the config is missing") from error
    """
    folder.write("shop.py", text)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*")
    assert result.stderr.splitlines()[-2:] == [
        "  caused by shop.py:6: KeyError: 'day'",
        'shop.py:8: asset "orders" failed: RuntimeError: the config is missing',
    ]


def test_after_a_failure_the_table_says_what_was_done_and_what_not(folder: Folder) -> None:
    folder.write("shop.py", FAILING)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*")
    statuses = {line[0]: " ".join(line[1:3]) if line[1] == "not" else line[1] for line in rows(result.stdout)[1:]}
    assert statuses == {"orders": "stored", "revenue": "stored", "report": "failed", "letter": "not run"}


def test_the_level_of_kept_lines_leaves_the_progress_as_it_is(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    (folder.path.parent / "home" / "dagster.yaml").write_text("python_logs: {python_log_level: WARNING}\n")
    result = call("asset", "materialize", "-f", "shop.py", "--select", "orders")
    assert "stored" in result.stdout
    assert "orders  done" in result.stderr
    assert "reading the shop" not in result.stderr


def test_an_upstream_that_was_never_made_is_named_with_what_to_do(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "revenue")
    assert result.exit_code == 1
    assert "dagster asset materialize -f shop.py --select 'orders'" in result.stderr.splitlines()[-1]


def test_without_a_home_nothing_is_kept_and_it_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME")
    folder.write("shop.py", SHOP)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*", "--show", "revenue")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "6")
    assert "export DAGSTER_HOME=" in result.stderr.splitlines()[-1]
    assert "STORED AT" not in result.stdout
    assert {path.name for path in folder.path.iterdir()} - {"__pycache__"} == {"shop.py"}


@pytest.mark.parametrize(
    ("select", "sentence"),
    [
        ("orderz", "No asset \"orderz\". Close: 'orders'."),
        ("group:nowhere", '"group:nowhere" selects no asset that can be made. There are: orders, revenue.'),
    ],
)
def test_a_selection_of_nothing_gets_one_sentence(folder: Folder, select: str, sentence: str) -> None:
    folder.write("shop.py", SHOP)
    result = call("asset", "materialize", "-f", "shop.py", "--select", select)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1].endswith(sentence)


def test_the_location_of_the_selection_runs(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    folder.write("stock.py", "from dagster import asset\n\n@asset\ndef stock(): ...\n")
    result = call("asset", "materialize", "-f", "shop.py", "-f", "stock.py", "--select", "stock")
    assert (result.exit_code, rows(result.stdout)[1][0]) == (0, "stock")


def test_a_selection_over_several_locations_is_refused(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    folder.write("stock.py", "from dagster import asset\n\n@asset\ndef stock(): ...\n")
    result = call("asset", "materialize", "-f", "shop.py", "-f", "stock.py", "--select", "*")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith("Name one of them with -f or -m.")


PARTITIONED = """
from dagster import StaticPartitionsDefinition, asset

@asset(partitions_def=StaticPartitionsDefinition(["mon", "tue"]))
def orders(context):
    return context.partition_key
"""


def test_a_partition_is_made_and_shown(folder: Folder) -> None:
    folder.write("shop.py", PARTITIONED)
    made = call("asset", "materialize", "-f", "shop.py", "--select", "orders", "--partition", "mon")
    assert [line[:3] for line in rows(made.stdout)] == [["ASSET", "PARTITION", "STATUS"], ["orders", "mon", "stored"]]
    assert call("asset", "show", "orders", "-f", "shop.py", "--partition", "mon").stdout == "mon\n"
    assert call("run", "list").stdout.splitlines()[1].endswith("partition=mon")


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (
            PARTITIONED,
            [],
            'Asset "orders" has partitions. Say which to make: --partition KEY, or --partition-range FIRST...LAST.',
        ),
        (PARTITIONED, ["--partition", "wed"], "There is no partition 'wed'. The partitions: 'mon', 'tue'."),
        (SHOP, ["--partition", "mon"], "--partition mon is given, and none of these has partitions: orders."),
    ],
)
def test_a_wrong_partition_gets_one_sentence(folder: Folder, text: str, options: list[str], sentence: str) -> None:
    folder.write("shop.py", text)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "orders", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1].endswith(sentence)
    assert call("run", "list", "--json").stdout == "[]\n"


CONFIGURED = """
from dagster import Definitions, asset

@asset(config_schema={"days": int})
def orders(context):
    return context.op_config["days"]
"""


def test_config_comes_as_json_or_from_files(folder: Folder) -> None:
    folder.write("shop.py", CONFIGURED)
    folder.write("days.yaml", "ops: {orders: {config: {days: 7}}}\n")
    as_json = json.dumps({"ops": {"orders": {"config": {"days": 3}}}})
    shown = ["-f", "shop.py", "--select", "*", "--show", "orders"]
    assert call("asset", "materialize", *shown, "--config-json", as_json).stdout.splitlines()[-1] == "3"
    assert call("asset", "materialize", *shown, "-c", "days.yaml").stdout.splitlines()[-1] == "7"


def test_config_that_does_not_fit_gets_one_sentence(folder: Folder) -> None:
    folder.write("shop.py", CONFIGURED)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*", "--config-json", '{"ops": {"orders": 3}}')
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) <= 15
    assert "config" in result.stderr.splitlines()[-1]


def test_what_is_no_json_is_a_wrong_usage(folder: Folder) -> None:
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*", "--config-json", "{")
    assert result.exit_code == 2


@pytest.mark.slow
def test_the_process_prints_the_table_alone_on_stdout(folder: Folder) -> None:
    folder.write("shop.py", SHOP)
    done = start("asset", "materialize", "-f", "shop.py", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert [line[0] for line in rows(done.stdout)] == ["ASSET", "orders", "revenue"]


def shown_on_a_terminal(*arguments: str, typed: bytes = b"") -> list[str]:
    """The lines that stay on a terminal: what was erased later is gone."""
    import os
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(home_of("dagster")), "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-c", RUN_COMMAND, *arguments]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, typed)
    written = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error
        while piece := os.read(ours, 4096):
            written += piece
    process.wait(timeout=120)
    os.close(ours)
    lines = [line.split("\x1b[2K")[-1] for line in written.decode().splitlines()]
    return [re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line).strip() for line in lines]


def test_a_value_that_cannot_be_read_is_named(folder: Folder) -> None:
    folder.write("shop.py", "from dagster import asset\n@asset\ndef up(): return 1\n@asset\ndef down(up): return up\n")
    call("asset", "materialize", "-f", "shop.py", "--select", "*")
    stored = Path(os.environ["DAGSTER_HOME"]) / "storage" / "up"
    stored.write_bytes(b"")
    result = call("asset", "materialize", "-f", "shop.py", "--select", "down")
    assert 'asset "down" failed: Error occurred while loading input "up" of step "down": EOFError' in result.stderr


def test_an_unknown_asset_to_show_is_refused_before_the_run(folder: Folder) -> None:
    folder.write("shop.py", "from dagster import asset\n@asset\ndef orders():\n    print('ran')\n")
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*", "--show", "ordres")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No asset \"ordres\". Close: 'orders'." in result.stderr


def test_values_are_freed_when_no_step_needs_them_any_more(folder: Folder) -> None:
    text = """
    import gc
    from dagster import asset

    class FreedRows:
        pass

    @asset
    def orders():
        return FreedRows()

    @asset(deps=[orders])
    def alive():
        return sum(type(each).__name__ == "FreedRows" for each in gc.get_objects())
    """
    folder.write("shop.py", text)
    result = call("asset", "materialize", "-f", "shop.py", "--select", "*", "--show", "alive")
    assert result.stdout.splitlines()[-1] == "0"


@pytest.mark.slow
def test_on_a_terminal_nothing_is_written_into_the_moving_line(folder: Folder) -> None:
    text = """
    import time
    from dagster import asset

    @asset
    def orders(context):
        time.sleep(0.4)
        context.log.warning("careful")
        print("printed")
        time.sleep(0.2)
    """
    folder.write("shop.py", text)
    lines = shown_on_a_terminal("asset", "materialize", "-f", "shop.py", "--select", "*")
    assert [line[10:] for line in lines if "careful" in line] == ["orders  WARNING careful"]
    assert "printed" in lines
    assert any(line.startswith("orders") and "stored" in line for line in lines)


@pytest.mark.slow
def test_a_breakpoint_gets_the_terminal(folder: Folder) -> None:
    text = """
    from dagster import asset

    @asset
    def orders():
        found = 41
        breakpoint()
        return found
    """
    folder.write("shop.py", text)
    lines = shown_on_a_terminal("asset", "materialize", "-f", "shop.py", "--select", "*", typed=b"p found + 1\nc\n")
    assert any(line.endswith("42") for line in lines)
    assert any("stored" in line for line in lines)


@pytest.mark.slow
def test_an_interrupt_ends_the_run_and_says_so(folder: Folder, tmp_path: Path) -> None:
    folder.write("shop.py", "import time\nfrom dagster import asset\n\n@asset\ndef slow():\n    time.sleep(60)\n")
    process = subprocess.Popen(
        [sys.executable, "-c", RUN_COMMAND, "asset", "materialize", "-f", "shop.py", "--select", "*"],
        env={"PYTHONPATH": str(home_of("dagster")), "DAGSTER_HOME": str(tmp_path / "home")},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert "started" in process.stderr.readline()
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=fair(20))
    assert (process.returncode, told.splitlines()[-1]) == (130, "Interrupted.")
    assert time.monotonic() - began < fair(10)
    [run] = json.loads(call("run", "list", "--json").stdout)
    assert run["status"] == "FAILURE"


CACHED = """
from pathlib import Path
from dagster import CachePolicy, asset

@asset(cache_policy=CachePolicy())
def orders():
    return [1]
"""


def test_what_is_unchanged_is_shown_as_cached_unless_it_is_refreshed(folder: Folder) -> None:
    folder.write("shop.py", CACHED)
    statuses: list[str] = []
    for refresh in ([], [], ["--refresh"]):
        result = call("asset", "materialize", "-f", "shop.py", "--select", "*", *refresh)
        [row] = [line.split() for line in result.stdout.splitlines() if line.startswith("orders ")]
        statuses.append(row[1])
    assert statuses == ["stored", "cached", "stored"]
