"""Small graphs written as text, and random ones."""

from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from dagster.keys import AssetCheckKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.specs.assets import AssetSpec

GROUPS = ["default", "g", "h"]


class Definition:
    """What the graph knows about a definition."""

    def __init__(self, *, can_subset: bool = False, checks: Iterable[str] = ()) -> None:
        self.can_subset = can_subset
        self.check_keys = {AssetCheckKey.from_user_string(check) for check in checks}


def spec(name: str, deps: str = "", **attributes: Any) -> AssetSpec:
    return AssetSpec(name.split("/"), deps=[dep.split("/") for dep in deps.split()], **attributes)


def graph_of(
    *specs: AssetSpec,
    external: Iterable[str] = (),
    observed: Iterable[str] = (),
    definitions: Mapping[str, Definition] | None = None,
) -> AssetGraph:
    """A graph of these assets, all materializable but the ones named.

    Args:
        specs: in the order of definition.
        external: user strings of assets that nothing makes.
        observed: user strings of assets that are only looked at.
        definitions: what makes an asset, keyed by its user string; the rest have a definition each.
    """
    kinds = dict.fromkeys(external, AssetExecutionType.UNEXECUTABLE) | dict.fromkeys(observed, AssetExecutionType.OBSERVATION)
    made_by = definitions or {}
    return AssetGraph(
        (each, kinds.get(name, AssetExecutionType.MATERIALIZATION), made_by.get(name) or Definition())
        for each in specs
        for name in (each.key.to_user_string(),)
    )


@st.composite
def random_graphs(draw: st.DrawFn, max_size: int = 8) -> AssetGraph:
    """Graphs in which each asset depends on some of the earlier ones and a few are external."""
    names = [f"k{number}" for number in range(draw(st.integers(0, max_size)))]
    specs: list[AssetSpec] = []
    for position, name in enumerate(names):
        deps = draw(st.lists(st.sampled_from(names[:position]), unique=True, max_size=3)) if position else []
        specs.append(spec(name, " ".join(deps), group_name=draw(st.sampled_from(GROUPS))))
    external = draw(st.sets(st.sampled_from(names), max_size=3)) if names else set()
    return graph_of(*specs, external=external)
