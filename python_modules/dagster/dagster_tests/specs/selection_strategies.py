"""Random selections for property tests."""

from hypothesis import strategies as st

from dagster.specs.selection_tokens import OTHER_ATTRIBUTES
from dagster.specs.selections import (
    AssetSelection,
    AttributeAssetSelection,
    ColumnTagAssetSelection,
    KeyWildCardAssetSelection,
    PartitionsAssetSelection,
)

texts = st.text(max_size=6) | st.sampled_from(["a", "a/b", "and", "<null>", "*", '"', "\\", "a b", "key:a"])
values = st.none() | texts
depths = st.none() | st.integers(min_value=0, max_value=10**18 - 1)


def _combined(inner: st.SearchStrategy[AssetSelection]) -> st.SearchStrategy[AssetSelection]:
    return st.one_of(
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a: AssetSelection.all() - a, inner),
        st.builds(lambda a, depth: a.upstream(depth), inner, depths),
        st.builds(lambda a, depth: a.downstream(depth), inner, depths),
        st.builds(lambda a: a.roots(), inner),
        st.builds(lambda a: a.sinks(), inner),
    )


def _tree(leaves: st.SearchStrategy[AssetSelection]) -> st.SearchStrategy[AssetSelection]:
    return st.recursive(leaves, _combined, max_leaves=8)


sayable = _tree(
    st.one_of(
        st.just(AssetSelection.all()),
        st.builds(KeyWildCardAssetSelection, texts),
        st.builds(AssetSelection.key_substring, texts),
        st.builds(AssetSelection.groups, texts.filter(bool)) | st.just(AssetSelection.groups()),
        st.builds(AssetSelection.kind, values),
        st.builds(AssetSelection.owner, values),
        st.builds(AssetSelection.tag, texts, texts),
        st.builds(PartitionsAssetSelection, values),
        st.builds(AttributeAssetSelection, st.sampled_from(OTHER_ATTRIBUTES), values),
        st.builds(ColumnTagAssetSelection, texts, texts),
    )
)
"""Every tree that strings can say."""


def on_graph(keys: list[str], groups: list[str]) -> st.SearchStrategy[AssetSelection]:
    """Trees that mean something on a graph with these keys and groups."""
    some_keys = st.lists(st.sampled_from(keys), max_size=4) if keys else st.just([])
    return _tree(
        st.one_of(
            st.booleans().map(AssetSelection.all),
            some_keys.map(lambda names: AssetSelection.keys(*names)),
            st.builds(AssetSelection.groups, st.sampled_from(groups), include_sources=st.booleans()),
        )
    )
