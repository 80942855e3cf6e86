"""A database that goes away in the middle of a run: the run waits and goes on."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.errors import DagsterInstanceError
from dagster.events.types import DagsterEventType
from dagster.instance import DagsterInstance
from dagster.runs.runs import RunsFilter
from dagster.storage.patience import Patience
from dagster.storage.postgres.storage import PostgresStorage
from dagster_tests.busy_machines import fair
from dagster_tests.contracts.storage_facts import entry
from dagster_tests.storage.proxies import Proxy
from dagster_tests.storage.servers import database, require_server

pytestmark = pytest.mark.service
T = DagsterEventType

# The guarantee is for 60 seconds; every test run waits for less of it.
OUTAGE_SECONDS = float(os.environ.get("DAGSTER_TEST_OUTAGE_SECONDS", "3"))


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    require_server()
    with database() as url:
        made = Proxy(url)
        yield made
        made.cut()


def instance_of(folder: Path, url: str) -> DagsterInstance:
    (folder / "dagster.yaml").write_text(f"storage:\n  postgres:\n    postgres_url: {url}\n")
    return DagsterInstance.from_config(str(folder))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_run_waits_for_the_database_and_goes_on(tmp_path: Path, proxy: Proxy, caplog: pytest.LogCaptureFixture) -> None:
    from dagster import AssetExecutionContext, asset, materialize

    timers: list[threading.Timer] = []

    @asset
    def first(context: AssetExecutionContext) -> int:
        context.log.info("before the outage")
        proxy.cut()
        timers.append(threading.Timer(OUTAGE_SECONDS, proxy.repair))
        timers[0].start()
        context.log.info("in the outage")
        return 1

    @asset
    def second(context: AssetExecutionContext, first: int) -> int:
        context.log.info("after the outage")
        return first + 1

    with instance_of(tmp_path, proxy.url) as instance:
        began = time.monotonic()
        result = materialize([first, second], instance=instance)
        assert result.success
        assert time.monotonic() - began >= OUTAGE_SECONDS
        log = instance.all_logs(result.run_id)
        lines = [each.user_message for each in log if not each.is_dagster_event and each.level == 20]
        assert lines == ["before the outage", "in the outage", "after the outage"]
        kinds = [each.dagster_event_type for each in log]
        assert [kinds.count(kind) for kind in (T.STEP_SUCCESS, T.ASSET_MATERIALIZATION, T.RUN_SUCCESS)] == [2, 2, 1]
        assert instance.disagreements() == []
    told = [record.getMessage() for record in caplog.records if record.name == "dagster.storage"]
    assert "does not answer" in told[0]
    assert told[-1].startswith("The database answers again")


def test_the_first_question_after_the_outage_is_answered(proxy: Proxy) -> None:
    storage = PostgresStorage(proxy.url, Patience(60.0))
    storage.events.append([entry("r1", T.RUN_START)])
    proxy.cut()
    proxy.repair()
    assert len(storage.events.run_log("r1")) == 1
    storage.close()


def test_patience_ends_with_the_cause(proxy: Proxy) -> None:
    storage = PostgresStorage(proxy.url, Patience(0.2, 0.01))
    storage.events.append([entry("r1", T.RUN_START)])
    proxy.cut()
    with pytest.raises(DagsterInstanceError, match="does not answer"):
        storage.events.append([entry("r1", T.RUN_SUCCESS)])
    proxy.repair()
    assert len(storage.events.run_log("r1")) == 1
    storage.close()


def test_a_server_that_was_never_there_is_not_waited_for(proxy: Proxy) -> None:
    proxy.cut()
    began = time.monotonic()
    with pytest.raises(DagsterInstanceError, match=r"does not answer.*host and port"):
        PostgresStorage(proxy.url).runs.run_count(RunsFilter())
    assert time.monotonic() - began < fair(5)
    proxy.repair()


def test_a_server_that_answered_another_process_is_waited_for(proxy: Proxy) -> None:
    proxy.cut()
    timer = threading.Timer(0.2, proxy.repair)
    timer.start()
    storage = PostgresStorage(proxy.url, Patience(60.0), is_known=True)
    assert storage.events.append([entry("r1", T.RUN_START)]) == [1]
    storage.close()


def test_a_password_is_never_told(proxy: Proxy) -> None:
    with pytest.raises(DagsterInstanceError) as refused:
        PostgresStorage("postgresql://somebody:secret@127.0.0.1:1/nowhere").runs.run_count(RunsFilter())
    assert "secret" not in str(refused.value)
    assert '"nowhere" at 127.0.0.1:1' in str(refused.value)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_connects_for_itself(proxy: Proxy) -> None:
    storage = PostgresStorage(proxy.url)
    storage.events.append([entry("parent", T.RUN_START)])
    child = os.fork()
    if child == 0:
        code = 1
        try:
            storage.events.append([entry("child", T.RUN_START)])
            storage.close()
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    storage.events.append([entry("parent", T.RUN_SUCCESS)])
    assert [len(storage.events.run_log(run_id)) for run_id in ("parent", "child")] == [2, 1]
    storage.close()


def test_what_was_stored_while_the_way_to_the_server_was_cut_is_told_when_it_is_back(proxy: Proxy) -> None:
    storage = PostgresStorage(proxy.url, Patience(60.0))
    storage.events.append([entry("r1", T.RUN_START)])
    signal = storage.changes()
    assert not signal.wait(0.1)
    proxy.cut()
    assert not signal.wait(0.1)
    proxy.repair()
    assert signal.wait(20.0)
    storage.events.append([entry("r1", T.RUN_SUCCESS)])
    assert signal.wait(20.0)
    signal.close()
    storage.close()
