"""Random automation conditions for property tests."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from dagster.specs.automation_conditions import AutomationCondition as Condition
from dagster.specs.selections import AssetSelection

_texts = st.text(max_size=4)
_selections = st.builds(AssetSelection.groups, _texts) | st.builds(lambda key: AssetSelection.keys(["a", key]), _texts)
_leaves: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([Condition.missing(), Condition.newly_updated(), Condition.initial_evaluation(), Condition.check_failed()]),
    st.just(Condition.freshness_warned()),
    st.builds(lambda days: Condition.in_latest_time_window(timedelta(days=days)), st.integers(0, 99)),
    st.builds(Condition.cron_tick_passed, st.sampled_from(["@daily", "0 9 * * 1"]), st.just("Europe/Berlin")),
    st.builds(lambda tags: Condition.executed_with_tags(tag_values=tags), st.dictionaries(_texts, _texts, max_size=2)),
)


def _combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
        st.builds(lambda a, b: a.since(b), inner, inner),
        st.builds(lambda a: a.newly_true(), inner),
        st.builds(lambda a, label: a.with_label(label), inner, _texts.filter(bool)),
        st.builds(lambda a, selection: Condition.any_deps_match(a).allow(selection), inner, _selections),
        st.builds(lambda a, blocking: Condition.all_checks_match(a, blocking_only=blocking), inner, st.booleans()),
        st.builds(lambda a, key: Condition.asset_matches(["a", key], a), inner, _texts),
    )


conditions = st.recursive(_leaves, _combined, max_leaves=8)
