import pytest

import dagster as dg
from dagster.define.docstrings import NOTHING_DOCUMENTED, Documented, read_docstring

GOOGLE = """Summary.

Args:
    x: the x
        continued.
    y (int): the y

Returns:
    A frame with rows.
    More of it.

Raises:
    ValueError: no.
"""
NUMPY = """Summary.

Parameters
----------
x : int
    The x.

Returns
-------
frame : DataFrame
    The frame.
    More.
"""
FIELDS = """Summary.

:param int x: the x
:returns: The thing
    continued
:rtype: int
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOGLE, Documented({"x": "the x\ncontinued.", "y": "the y"}, "A frame with rows.\nMore of it.")),
        (NUMPY, Documented({"x": "The x."}, "The frame.\nMore.")),
        (FIELDS, Documented({"x": "the x"}, "The thing\ncontinued")),
        ("Summary.\n\n@param x: the x\n@return: the thing", Documented({"x": "the x"}, "the thing")),
        ("Summary.\n\nReturns:\n    int: The number.", Documented({}, "The number.")),
        ("Summary.\n\nReturns:\n    dict[str, int]: By name: all.", Documented({}, "By name: all.")),
        (
            "Summary.\n\nReturns:\n    The final :ref:`one`, keyed: by name.",
            Documented({}, "The final :ref:`one`, keyed: by name."),
        ),
        ("Summary.\n\nReturns:\n    First.\n\n    Second.\n\nNote: x", Documented({}, "First.\n\nSecond.")),
        ("Summary.\n\nReturns:\n    - a\n    - b: c", Documented({}, "- a\n- b: c")),
        ("Summary.\n\nYields:\n    A thing.", Documented({}, "A thing.")),
    ],
)
def test_each_style_says_what_parameters_and_the_result_are(text: str, said: Documented) -> None:
    assert read_docstring(text) == said


@pytest.mark.parametrize(
    "text", ["Just a summary.", "Summary. Returns: the thing.", "Summary.\n\nReturn:\n    thing", "Returns:\n"]
)
def test_a_text_without_sections_says_nothing(text: str) -> None:
    assert read_docstring(text) == NOTHING_DOCUMENTED


def total(x: int = 1, y: int = 2) -> int:
    return x + y


total.__doc__ = GOOGLE


def test_an_op_describes_its_ports_by_its_docstring() -> None:
    op = dg.op(total)
    assert {name: declared.description for name, declared in op.input_dict.items()} == {"x": "the x\ncontinued.", "y": "the y"}
    assert op.output_dict["result"].description == "A frame with rows.\nMore of it."
    given = dg.op(ins={"x": dg.In(description="mine")}, out=dg.Out(description="mine"))(total)
    assert (given.input_dict["x"].description, given.output_dict["result"].description) == ("mine", "mine")


def described(definition: dg.AssetsDefinition) -> list[str | None]:
    return [spec.description for spec in definition.specs]


def test_an_asset_is_described_by_what_its_function_returns() -> None:
    def rows() -> None:
        """Makes rows.

        Returns:
            The rows.
        """

    assert described(dg.asset(rows)) == ["The rows."]
    assert described(dg.asset(description="given")(rows)) == ["given"]
    assert described(dg.multi_asset(specs=[dg.AssetSpec("a")])(rows)) == ["The rows."]
    both = dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])(rows)
    assert described(both) == ["Makes rows.\n\nReturns:\n    The rows."] * 2


def test_an_asset_of_a_graph_is_described_by_the_op_that_gives_it() -> None:
    @dg.op(out=dg.Out(description="of the op"))
    def made() -> int:
        return 1

    @dg.op
    def plain() -> int:
        return 1

    @dg.graph
    def inner():
        """Inner."""
        return made()

    def body():
        """Own."""
        return inner()

    def plain_body():
        """Own."""
        return plain()

    assert described(dg.graph_asset(body)) == ["of the op"]
    assert described(dg.graph_asset(description="given")(body)) == ["given"]
    assert described(dg.graph_asset(plain_body)) == ["Own."]
    assert described(dg.AssetsDefinition.from_graph(inner)) == ["of the op"]
