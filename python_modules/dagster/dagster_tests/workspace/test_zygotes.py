"""Runs in processes that were forked from one which loaded the code: nothing of the loading may harm them."""

import sys
from pathlib import Path

import pytest

from dagster import DagsterEventType
from dagster_tests.workspace.locations import located
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="forking is tested on Linux"),
]

JOB = """
    from dagster import Definitions, job, op

    @op
    def shows():
        {body}

    @job
    def all():
        shows()

    defs = Definitions(jobs=[all])
"""


def code(loading: str, body: str) -> str:
    """A file that does something while it is loaded, and something else in the only step of its job."""
    from textwrap import dedent, indent

    step = indent(dedent(body).strip(), " " * 8).strip()
    return dedent(loading).strip() + "\n" + dedent(JOB).replace("{body}", step.replace("\n" + " " * 8, "\n    "))


def printed(folder: Folder, loading: str, body: str, times: int = 1) -> list[str]:
    """What the step of each of several runs prints; the location must fork."""
    with located(folder, code(loading, body)) as location:
        assert location.obstacles == []
        runs = [location.run("all") for _ in range(times)]
        assert [run.status.value for run in runs] == ["SUCCESS"] * times, location.types(runs[0].run_id)
        return [location.output(run.run_id, "shows").strip() for run in runs]


def test_a_temporary_directory_of_the_loading_survives_the_runs(folder: Folder) -> None:
    loading = "import os, tempfile\nkept = tempfile.TemporaryDirectory()"
    seen = printed(folder, loading, "print(os.path.isdir(kept.name), kept.name)", times=2)
    assert seen[0].startswith("True")
    assert seen[0] == seen[1]


def test_a_temporary_directory_of_a_step_goes_with_it(folder: Folder) -> None:
    loading = "import os, tempfile\nkept = tempfile.TemporaryDirectory()"
    body = "global own\nown = tempfile.TemporaryDirectory()\nprint(own.name)"
    (own,) = printed(folder, loading, body)
    assert not Path(own).exists()


def test_handlers_of_the_loading_are_not_called_and_those_of_a_step_are(folder: Folder) -> None:
    loading = "import atexit, os\natexit.register(lambda: os._exit(7))"
    body = "import atexit\natexit.register(lambda: print('bye', flush=True))\nprint('hello', flush=True)"
    assert printed(folder, loading, body) == ["hello\nbye"]


def test_a_step_that_ends_its_process_while_it_leaves_has_still_succeeded(folder: Folder) -> None:
    assert printed(folder, "import atexit, os", "atexit.register(lambda: os._exit(7))\nprint('done', flush=True)") == ["done"]


def test_random_numbers_differ_where_the_code_did_not_seed_them(folder: Folder) -> None:
    loading = "import random\nimport numpy\nrandom.random(), numpy.random.random()"
    seen = printed(folder, loading, "print(random.random(), numpy.random.random())", times=2)
    assert len({number for line in seen for number in line.split()}) == 4


def test_random_numbers_are_as_the_code_seeded_them(folder: Folder) -> None:
    import random

    import numpy

    loading = "import random\nimport numpy\nrandom.seed(7)\nnumpy.random.seed(7)"
    seen = printed(folder, loading, "print(random.random(), numpy.random.random())", times=2)
    expected = f"{random.Random(7).random()} {numpy.random.RandomState(7).random()}"
    assert seen == [expected, expected]


def test_a_pool_of_processes_works_inside_of_a_step(folder: Folder) -> None:
    loading = "import multiprocessing\ndef square(number):\n    return number * number"
    body = "with multiprocessing.get_context('fork').Pool(2) as pool:\n    print(pool.map(square, [1, 2, 3]))"
    assert printed(folder, loading, body) == ["[1, 4, 9]"]


def test_processes_of_a_step_can_be_spawned_and_find_functions_of_its_file(folder: Folder) -> None:
    folder.write("elsewhere/keep", "")
    loading = "import multiprocessing\ndef square(number):\n    return number * number"
    body = "with multiprocessing.get_context('spawn').Pool(1) as pool:\n    print(pool.map(square, [1, 2, 3]))"
    assert printed(folder, loading, body) == ["[1, 4, 9]"]


def test_numpy_and_pandas_work_in_a_step_after_they_worked_while_loading(folder: Folder) -> None:
    loading = """
        import numpy
        import pandas
        square = numpy.ones((500, 500))
        square @ square
        pandas.DataFrame({"x": range(10)}).groupby("x").sum()
    """
    assert printed(folder, loading, "print((square @ square)[0, 0], len(pandas.DataFrame({'x': [1]})))") == ["500.0 1"]


def test_what_was_printed_while_loading_is_not_printed_again_by_a_step(folder: Folder) -> None:
    assert printed(folder, "print('loading', end='')", "print('step')") == ["step"]


def test_a_log_file_that_is_only_appended_to_does_not_hinder(folder: Folder) -> None:
    loading = "import logging\nlogging.getLogger('x').addHandler(logging.FileHandler('x.log'))"
    assert printed(folder, loading, "logging.getLogger('x').warning('from a step')\nprint('ok')") == ["ok"]
    assert (folder.path / "x.log").read_text() == "from a step\n"


OBSTACLES = {
    "a thread": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True, name='ticker').start()",
        'The code started the thread "ticker" while it was loaded.',
    ),
    "a connection": (
        "import socket\nlistening = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(listening.getsockname())",
        "The code opened a connection (a socket) while it was loaded.",
    ),
    "a database": (
        "import os, sqlite3\ndatabase = sqlite3.connect('own.db')\ndatabase.execute('create table if not exists x (y)')",
        'The code opened the file "{folder}/own.db" for writing while it was loaded.',
    ),
    "a process": (
        "import subprocess, sys\nother = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)",
        "The code started 1 other process(es) while it was loaded.",
    ),
    "threads of a library": (
        "import polars\npolars.DataFrame({'x': range(1000)}).lazy().group_by('x').agg(polars.len()).collect()",
        "A library that the code uses hangs in a forked process (for 5 seconds).",
    ),
}


@pytest.mark.parametrize("kind", OBSTACLES)
def test_what_cannot_be_shared_is_told_and_runs_in_fresh_processes(folder: Folder, kind: str) -> None:
    loading, sentence = OBSTACLES[kind]
    with located(folder, code(loading, "print('ran')")) as location:
        assert sentence.format(folder=folder.path) in location.obstacles
        run = location.run("all")
        assert run.status.value == "SUCCESS", location.events(run.run_id, DagsterEventType.RUN_FAILURE)
        assert location.output(run.run_id, "shows").strip() == "ran"
