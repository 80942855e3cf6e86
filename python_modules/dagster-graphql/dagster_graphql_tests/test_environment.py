import json
from pathlib import Path

import pytest

from dagster_graphql.cli import main


def test_the_home_may_stand_in_the_env_file_of_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / ".env").write_text(f"DAGSTER_HOME={home}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "of the shell"))
    monkeypatch.setattr("sys.argv", ["dagster-graphql", "--empty-workspace", "-t", "{ instance { info } }"])
    with pytest.raises(SystemExit, match="0"):
        main()
    assert f"home: {home}" in json.loads(capsys.readouterr().out)["data"]["instance"]["info"]
