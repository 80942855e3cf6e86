import pytest

import dagster as dg
from dagster.errors import CheckError, DagsterInvariantViolationError


def test_later_files_are_laid_over_earlier_ones(tmp_path):
    (tmp_path / "a.yaml").write_text("ops: {o: {config: {x: 1, y: [1]}}}")
    (tmp_path / "b.yaml").write_text("ops: {o: {config: {x: 2, y: [2]}}}")
    assert dg.config_from_files([str(tmp_path / "*.yaml")]) == {"ops": {"o": {"config": {"x": 2, "y": [2]}}}}


def test_a_pattern_without_files_is_named(tmp_path):
    with pytest.raises(DagsterInvariantViolationError, match="none"):
        dg.config_from_files([str(tmp_path / "none.yaml")])


def test_text_that_is_not_yaml_is_refused():
    with pytest.raises(DagsterInvariantViolationError, match="text 2"):
        dg.config_from_yaml_strings(["a: 1", "a: [b"])


@pytest.mark.parametrize("text", ["", "- a", "3"])
def test_text_that_holds_no_dict_is_refused(text):
    with pytest.raises(CheckError):
        dg.config_from_yaml_strings([text])


def test_a_date_stays_as_it_is_written():
    assert dg.config_from_yaml_strings(["day: 2024-01-01"]) == {"day": "2024-01-01"}


def test_a_file_that_a_package_does_not_have_is_named():
    with pytest.raises(DagsterInvariantViolationError, match=r"none\.yaml"):
        dg.config_from_pkg_resources([("dagster", "none.yaml")])


def test_a_path_beside_a_file_is_absolute_and_plain(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert dg.file_relative_path("/project/pkg/assets.py", "../data/orders.csv") == "/project/data/orders.csv"
    assert dg.file_relative_path("assets.py", "orders.csv") == str(tmp_path / "orders.csv")


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"ops:\n  caf\xe9: 1\n")
    with pytest.raises(DagsterInvariantViolationError, match=r"a\.yaml:2: This is not UTF-8"):
        dg.config_from_files([str(tmp_path / "a.yaml")])
