"""What a docstring says of parameters and of the result describes inputs, outputs and assets; early arguments of decorators."""

import warnings
from types import ModuleType

import dagster as dg

TEXTS = {
    "google": """Summary line.

    More text
    of it.

    Args:
        x: the x
            continued.
        y (int): the y

    Returns:
        A frame with rows.
        More of it.

    Raises:
        ValueError: no.
    """,
    "google with a type": "Summary.\n\n    Returns:\n        int: The number.\n    ",
    "google with a colon": "Summary.\n\n    Returns:\n        The :ref:`one`, keyed: by name.\n    ",
    "google in paragraphs": "Summary.\n\n    Returns:\n        First.\n\n        Second.\n\n    Note: x\n    ",
    "yields": "Summary.\n\n    Yields:\n        A thing.\n    ",
    "numpy": """Summary.

    Parameters
    ----------
    x : int
        The x.

    Returns
    -------
    frame : pd.DataFrame
        The frame.
        More.
    """,
    "fields": "Summary.\n\n    :param x: the x\n    :return: The thing\n        continued\n    :rtype: int\n    ",
    "epydoc": "Summary.\n\n    @param x: the x\n    @return: the thing\n    ",
    "summary": "Just a summary.",
    "inline": "Summary. Returns: the thing.",
    "a list": "Summary.\n\n    Returns:\n        - a\n        - b: c\n    ",
}


def described(text: str) -> dict:
    def ported(x=None, y=None):
        return 1

    def plain():
        return 1

    ported.__doc__ = plain.__doc__ = text
    made = dg.op(name="made")(ported)
    given = dg.op(ins={"x": dg.In(description="mine")}, out=dg.Out(description="mine"))(ported)
    return {
        "op": made.description,
        "outputs": [each.description for each in made.output_dict.values()],
        "inputs": {name: each.description for name, each in made.input_dict.items()},
        "given": [given.input_dict["x"].description, given.output_dict["result"].description],
        "asset": dg.asset(name="a")(plain).descriptions_by_key[dg.AssetKey("a")],
        "asset with its own": dg.asset(name="a", description="own")(plain).descriptions_by_key[dg.AssetKey("a")],
        "one of a function": [spec.description for spec in dg.multi_asset(specs=[dg.AssetSpec("q")])(plain).specs],
        "two of a function": [
            spec.description for spec in dg.multi_asset(specs=[dg.AssetSpec("q"), dg.AssetSpec("r")])(plain).specs
        ],
    }


@dg.op
def returns(x=1):
    """An op.

    Returns:
        The op's result.
    """
    return 1


@dg.op(out=dg.Out(description="declared"))
def declares(x=1):
    return 1


@dg.op
def says_nothing(x=1):
    """An op."""
    return 1


@dg.op
def added(left, right):
    return left + right


def of_graphs(inner) -> dict:
    def body():
        """Own words."""
        return inner()

    graph = dg.graph(body)
    return {
        "graph asset": [spec.description for spec in dg.graph_asset(body).specs],
        "given": [spec.description for spec in dg.graph_asset(description="given")(body).specs],
        "from graph": [spec.description for spec in dg.AssetsDefinition.from_graph(graph).specs],
        "from op": [spec.description for spec in dg.AssetsDefinition.from_op(inner).specs],
        "nested": [spec.description for spec in dg.graph_asset(name="outer")(lambda: graph()).specs],
    }


def early_arguments() -> dict:
    policy = dg.AutoMaterializePolicy.eager()
    module = ModuleType("loaded")
    module.orders = dg.asset(name="orders")(lambda: 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph_made = dg.graph_asset(name="made", auto_materialize_policy=policy)(lambda: says_nothing())
        several = dg.multi_asset(
            specs=[dg.AssetSpec("x")], name="all", compute_kind="py", allow_arbitrary_check_specs=True
        )(lambda: None)
        spec = dg.AssetSpec("x", auto_materialize_policy=policy)
        out = dg.AssetOut(auto_materialize_policy=policy)
        (loaded,) = dg.load_assets_from_modules([module], auto_materialize_policy=policy)
    return {
        "graph asset": graph_made.specs_by_key[graph_made.key].automation_condition is not None,
        "several": dict(several.op.tags),
        "spec": spec.automation_condition is not None,
        "out": out is not None,
        "loaded": loaded.specs_by_key[loaded.key].automation_condition is not None,
    }


def by_keyword() -> dict:
    @dg.graph_asset(ins={"left": dg.AssetIn("one"), "right": dg.AssetIn("two")})
    def total(**inputs):
        return added(inputs["left"], inputs["right"])

    numbers = [dg.asset(name="one")(lambda: 1), dg.asset(name="two")(lambda: 2)]
    result = dg.materialize([*numbers, total], instance=dg.DagsterInstance.ephemeral())
    spec = total.specs_by_key[total.key]
    return {
        "value": result.asset_value("total"),
        "deps": sorted(dep.asset_key.to_user_string() for dep in spec.deps),
    }


def schemas() -> list:
    @dg.op(config_schema={"size": dg.Field(int, default_value=2)})
    def sized(context): ...

    @dg.op(config_schema={"size": int})
    def strict(context): ...

    return [
        [sized.config_schema.default_provided, sized.config_schema.default_value, sized.config_schema.is_required],
        [strict.config_schema.default_provided, strict.config_schema.is_required, sized.config_schema.default_value_as_json_str],
    ]


def definitions_are_marked() -> list:
    @dg.resource
    def made(context): ...

    @dg.io_manager
    def stored(context): ...

    marked = [made, stored, dg.asset(name="marked")(lambda: 1), returns]
    for each in marked:
        each.__doc__ = "of its maker"
        each.origin = "here"
    return [[each.__doc__, each.origin] for each in marked]


def facts() -> dict:
    return {
        "texts": {name: described(text) for name, text in TEXTS.items()},
        "graphs": {op.name: of_graphs(op) for op in (returns, declares, says_nothing)},
        "early arguments": early_arguments(),
        "by keyword": by_keyword(),
        "schemas": schemas(),
        "attributes": definitions_are_marked(),
    }
