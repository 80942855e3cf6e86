"""RunConfig, config from YAML, and EnvVar as a value."""

import enum
import os

import seen
from pydantic import Field

import dagster as dg


class Color(enum.Enum):
    RED = "r"


class Inner(dg.Config):
    q: int = 1
    note: str | None = None


class Settings(dg.Config):
    x: int
    text: str = "t"
    color: Color = Color.RED
    inner: Inner = Inner()
    many: list[Inner] = Field(default=[])


class Api(dg.ConfigurableResource):
    url: str
    inner: Inner = Inner()


def facts() -> dict:
    os.environ["PARITY_TEXT"] = "text"
    os.environ["PARITY_NUMBER"] = "12"
    os.environ.pop("PARITY_NOT_SET", None)
    folder = os.getcwd()
    for name, text in {"a.yaml": "ops: {o: {config: {x: 1, y: [1]}}}", "b.yaml": "ops: {o: {config: {x: 2, y: [2]}}}"}.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    settings = Settings(x=3, text=dg.EnvVar("PARITY_TEXT"), many=[Inner(q=2)])
    run_config = dg.RunConfig(
        ops={"typed": settings, "plain": {"config": {"a": 1}}},
        resources={"api": Api(url="u")},
        loggers={"console": {"config": {"log_level": "ERROR"}}},
        execution={"config": {"n": 1}},
    )
    yaml = dg.config_from_yaml_strings
    return {
        "dict": run_config.to_config_dict(),
        "parts": [sorted(run_config.ops), sorted(run_config.resources), run_config.execution],
        "empty": dg.RunConfig().to_config_dict(),
        "equal": dg.RunConfig({"a": Inner()}) == dg.RunConfig({"a": Inner()}),
        "no dict": seen.outcome(lambda: dg.RunConfig(3)),
        "yaml": [
            yaml(["a: {b: 1}", "a: {c: 2}"]),
            yaml(["a: [1]", "a: [2]"]),
            yaml(["a: 1", "a: {b: 3}"]),
            yaml(["day: 2024-01-01"]),
            yaml([]),
        ],
        "bad yaml": seen.outcome(lambda: yaml(["a: [b"])),
        "no yaml dict": seen.outcome(lambda: yaml(["- a"])),
        "files": dg.config_from_files([os.path.join(folder, "b.yaml"), os.path.join(folder, "a*.yaml")]),
        "no files": seen.outcome(lambda: dg.config_from_files([os.path.join(folder, "none.yaml")]), mentions=["none.yaml"]),
        "no package file": seen.outcome(lambda: dg.config_from_pkg_resources([("dagster", "none.yaml")])),
        "variables": [
            dg.EnvVar("PARITY_TEXT").get_value(),
            dg.EnvVar("PARITY_NOT_SET").get_value(),
            dg.EnvVar("PARITY_NOT_SET").get_value("d"),
            dg.EnvVar.int("PARITY_NUMBER").get_value(),
            dg.EnvVar("PARITY_TEXT").env_var_name,
        ],
        "variable as text": seen.outcome(lambda: str(dg.EnvVar("PARITY_TEXT")), mentions=["PARITY_TEXT", "get_value"]),
        "variable as number": seen.outcome(lambda: int(dg.EnvVar.int("PARITY_NUMBER")), mentions=["PARITY_NUMBER"]),
        "variable of no number": seen.outcome(lambda: dg.EnvVar.int("PARITY_TEXT").get_value()),
    }
