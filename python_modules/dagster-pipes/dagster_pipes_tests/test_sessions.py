import copy
import sys

import pytest

from dagster_pipes import (
    DagsterPipesError,
    DagsterPipesWarning,
    PipesCliArgsParamsLoader,
    PipesContext,
    PipesDatabricksNotebookWidgetsParamsLoader,
    PipesMappingParamsLoader,
    decode_param,
    encode_param,
    open_dagster_pipes,
)


@pytest.fixture(autouse=True)
def _no_session(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(PipesContext, "_instance", None)
    for name in ("DAGSTER_PIPES_CONTEXT", "DAGSTER_PIPES_MESSAGES"):
        monkeypatch.delenv(name, raising=False)


def test_a_script_launched_otherwise_is_warned_at_its_own_line_and_goes_on() -> None:
    with pytest.warns(DagsterPipesWarning, match="not launched by a Dagster") as caught:
        context = open_dagster_pipes()
    assert __file__ == caught[0].filename
    with context as pipes:
        pipes.log.info("3 rows")
        pipes.report_asset_materialization(metadata={"rows": 3})
        assert [] == [*pipes.asset_keys]
        assert pipes.extras["limit"] is pipes
    assert copy.copy(context) is not None


def test_the_second_call_gives_the_same_session() -> None:
    with pytest.warns(DagsterPipesWarning):
        first = open_dagster_pipes()
    assert open_dagster_pipes() is first
    assert PipesContext.get() is first


def test_there_is_no_session_before_it_was_opened() -> None:
    with pytest.raises(DagsterPipesError, match="must call `open_dagster_pipes"):
        PipesContext.get()


@pytest.mark.parametrize("value", [None, True, 3, 1.5, "é", [1, {"a": None}], {"a": [1]}])
def test_an_encoded_value_comes_back(value: object) -> None:
    assert value == decode_param(encode_param(value))


@pytest.mark.parametrize("text", ["", "no base64!", "eJyLNowFAAHTAOo", "bm8gemxpYg=="])
def test_what_is_not_encoded_is_named(text: str) -> None:
    with pytest.raises(DagsterPipesError, match="is no Pipes parameter"):
        decode_param(text)


def test_arguments_of_the_script_itself_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ["script.py", "--rows", "3", f"--dagster-pipes-context={encode_param({'path': 'c'})}"]
    monkeypatch.setattr(sys, "argv", [*own, "--dagster-pipes-messages", encode_param({"path": "m"})])
    loader = PipesCliArgsParamsLoader()
    assert loader.is_dagster_pipes_process()
    assert ({"path": "c"}, {"path": "m"}) == (loader.load_context_params(), loader.load_messages_params())


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(DagsterPipesError, match="DAGSTER_PIPES_MESSAGES was not handed over"):
        PipesMappingParamsLoader({"DAGSTER_PIPES_CONTEXT": encode_param({})}).load_messages_params()


def test_a_notebook_without_widgets_is_no_outside_process() -> None:
    class Widgets:
        def get(self, name: str) -> str:
            raise RuntimeError(f"No input widget named {name} is defined")

    assert not PipesDatabricksNotebookWidgetsParamsLoader(Widgets()).is_dagster_pipes_process()
