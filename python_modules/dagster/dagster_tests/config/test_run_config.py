import pytest

import dagster as dg
from dagster.config.run_config import to_run_config_dict
from dagster.errors import ParameterCheckError


class Limits(dg.Config):
    rows: int
    label: str | None = None


class Api(dg.ConfigurableResource):
    url: str


def test_typed_config_is_written_under_config():
    run_config = dg.RunConfig(ops={"orders": Limits(rows=3)}, resources={"api": Api(url=dg.EnvVar("URL"))})
    assert run_config.to_config_dict() == {
        "loggers": {},
        "resources": {"api": {"config": {"url": {"env": "URL"}}}},
        "ops": {"orders": {"config": {"rows": 3}}},
        "execution": {},
    }


def test_dicts_stay_as_they_are():
    assert dg.RunConfig({"orders": {"config": {"rows": 3}}}).to_config_dict()["ops"] == {"orders": {"config": {"rows": 3}}}


def test_equal_parts_make_equal_run_configs():
    assert dg.RunConfig({"orders": Limits(rows=3)}) == dg.RunConfig({"orders": Limits(rows=3)})


def test_each_part_is_a_dict():
    with pytest.raises(ParameterCheckError, match='"ops"'):
        dg.RunConfig(3)  # pyright: ignore[reportArgumentType]


def test_nothing_is_an_empty_run_config():
    assert (to_run_config_dict(None), to_run_config_dict(dg.RunConfig())) == ({}, {})
    with pytest.raises(ParameterCheckError):
        to_run_config_dict("x")
