import pytest

from dagster import AssetSpec
from dagster.components.refusals import DagsterComponentError
from dagster_tests.components.conftest import MakeProject

TABLE = "type: PROJECT.components.Table\nattributes: {name: orders, note: 1}\npost_processing:\n  assets:\n    - "


def changed(make_project: MakeProject, written: str) -> AssetSpec:
    project = make_project({"a/defs.yaml": TABLE + written})
    return next(spec for spec in project.load().resolve_all_asset_specs() if spec.key.to_user_string() == "orders")


def test_tags_and_metadata_are_added_and_all_else_replaced(make_project: MakeProject) -> None:
    written = "attributes: {tags: {new: x}, metadata: {more: 2}, kinds: [view], deps: [raw], group_name: marts}"
    spec = changed(make_project, written)
    assert (dict(spec.tags), spec.group_name) == ({"own": "1", "new": "x", "dagster/kind/view": ""}, "marts")
    assert {name: spec.metadata[name] for name in ("note", "more")} == {"note": 1, "more": 2}
    assert [dep.asset_key.to_user_string() for dep in spec.deps] == ["raw"]


def test_replacing_leaves_what_is_not_written(make_project: MakeProject) -> None:
    spec = changed(make_project, "operation: replace\n      attributes: {tags: {new: x}}")
    assert (dict(spec.tags), spec.group_name) == ({"new": "x", "dagster/kind/table": ""}, "tables")


def test_only_selected_assets_are_changed(make_project: MakeProject) -> None:
    assert changed(make_project, "target: 'group:tables'\n      attributes: {group_name: marts}").group_name == "marts"


def test_a_selection_of_nothing_changes_nothing(make_project: MakeProject) -> None:
    assert changed(make_project, "target: 'key:nope'\n      attributes: {group_name: marts}").group_name == "tables"


def test_templates_see_the_spec_as_asset(make_project: MakeProject) -> None:
    assert changed(make_project, "attributes: {description: '{{ asset.key.to_user_string() | upper }}'}").description == "ORDERS"


def test_a_template_may_give_the_attributes(make_project: MakeProject) -> None:
    assert changed(make_project, 'attributes: \'{{ {"group_name": "marts"} }}\'').group_name == "marts"


def test_one_change_sees_what_the_one_before_has_made(make_project: MakeProject) -> None:
    written = "attributes: {group_name: marts}\n    - target: 'group:marts'\n      attributes: {description: two}"
    assert changed(make_project, written).description == "two"


def test_a_folder_changes_what_all_in_it_declare(make_project: MakeProject) -> None:
    written = "type: dagster.DefsFolderComponent\npost_processing: {assets: [{attributes: {group_name: marts}}]}"
    files = {
        "a/defs.yaml": written,
        "a/plain.py": "import dagster as dg\n@dg.asset\ndef plain(): ...",
        "a/b/defs.yaml": "type: PROJECT.components.Table\nattributes: {name: orders}",
        "other.py": "import dagster as dg\nother = dg.AssetSpec('other')",
    }
    groups = {spec.key.to_user_string(): spec.group_name for spec in make_project(files).load().resolve_all_asset_specs()}
    assert groups == {"plain": "marts", "orders": "marts", "other": "default"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("attributes: {nope: 1}", "5: post_processing.assets.0.attributes.nope: Nothing of this name"),
        ("attributes: {key: a}", "5: post_processing.assets.0.attributes.key: Nothing of this name"),
        ("operation: add\n      attributes: {}", "5: post_processing.assets.0.operation: Input should be 'merge' or 'replace'"),
        ("target: 'zzz('\n      attributes: {}", "5: post_processing.assets.0: Invalid selection string"),
        ("attributes: {description: '{{ asset.key }}'}", '5: post_processing.assets.0: Param "description" is not a string'),
        ("attributes: {description: '{{ nope }}'}", "5: post_processing.assets.0.attributes.description: 'nope' is undefined."),
        ("attributes: '{{ 3 }}'", "5: post_processing.assets.0.attributes: This is a mapping of attributes. Found 3."),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_its_place(make_project: MakeProject, written: str, said: str) -> None:
    with pytest.raises(DagsterComponentError) as refused:
        changed(make_project, written)
    assert f"defs.yaml:{said}" in str(refused.value)
