import pytest

from dagster import AssetSpec, Definitions, definitions
from dagster.errors import DagsterInvariantViolationError


class ComponentLoadContext: ...


def test_the_function_is_called_when_it_is_asked_for():
    calls: list[int] = []

    @definitions
    def defs() -> Definitions:
        calls.append(1)
        return Definitions(assets=[AssetSpec("a")])

    assert [] == calls
    assert 1 == len(defs().assets)


def test_it_may_take_the_context_of_components():
    @definitions
    def defs(context: ComponentLoadContext) -> Definitions:
        return Definitions(metadata={"given": context is not None})

    assert defs.has_context_arg
    assert defs(ComponentLoadContext()).metadata["given"].value
    with pytest.raises(DagsterInvariantViolationError, match="requires a ComponentLoadContext"):
        defs()


@pytest.mark.parametrize("function", [lambda a, b: None, lambda context: None])
def test_it_takes_nothing_else(function):
    with pytest.raises(DagsterInvariantViolationError, match="exactly one ComponentLoadContext"):
        definitions(function)


def test_it_returns_a_project():
    with pytest.raises(DagsterInvariantViolationError, match="returned 5"):
        definitions(lambda: 5)()
