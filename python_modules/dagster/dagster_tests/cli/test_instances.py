import json

from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder


def test_it_says_where_history_and_data_are(folder: Folder) -> None:
    home = folder.path.parent / "home"
    facts = json.loads(call("instance", "info", "--json").stdout)
    assert (facts["home"], facts["data"], facts["runs"]) == (str(home), str(home / "storage"), 0)


def test_a_line_per_fact(folder: Folder) -> None:
    assert "home" in {line.split()[0] for line in call("instance", "info").stdout.splitlines()}


def test_settings_that_cannot_be_read_get_one_sentence(folder: Folder) -> None:
    (folder.path.parent / "home" / "dagster.yaml").write_text("a: [\n")
    result = call("instance", "info")
    assert result.exit_code == 1
    assert "dagster.yaml" in result.stderr.splitlines()[-1]


def test_a_home_that_is_not_there_gets_one_sentence(folder: Folder, monkeypatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "/nowhere/at/all")
    result = call("instance", "info")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "mkdir -p" in result.stderr
