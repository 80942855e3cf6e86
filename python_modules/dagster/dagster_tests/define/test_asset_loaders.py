from types import ModuleType
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetKey,
    AssetSpec,
    SourceAsset,
    asset,
    asset_check,
    define_asset_job,
    load_asset_checks_from_modules,
    load_assets_from_current_module,
    load_assets_from_modules,
    load_definitions_from_modules,
)
from dagster.errors import DagsterInvalidDefinitionError


@asset
def here(): ...


@asset(deps=["ext"])
def below(here: Any): ...


@asset_check(asset="here")
def looked_at():
    return AssetCheckResult(passed=True)


def _module(name: str, **variables: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(variables)
    return module


def _keys(found: Any) -> set[str]:
    return {key.to_user_string() for each in found for key in getattr(each, "keys", None) or {each.key}}


def test_assets_are_found_alone_and_in_lists_but_once():
    module = _module("m", one=here, many=[here, below], spec=AssetSpec("s"), number=5)
    assert [here.key, below.key] == [each.key for each in load_assets_from_modules([module, _module("n", again=here)])]
    assert {"here", "below", "s"} == _keys(load_assets_from_modules([module], include_specs=True))


def test_a_prefix_is_put_before_keys_and_before_dependencies_on_them():
    source = SourceAsset("ext")
    loaded = load_assets_from_modules(
        [_module("m", here=here, below=below, source=source)], key_prefix="p", source_key_prefix="s"
    )
    assert {"p/here", "p/below", "s/ext"} == _keys(loaded)
    assert {AssetKey(["p", "here"]), AssetKey(["s", "ext"])} == loaded[1].dependency_keys


def test_two_modules_do_not_declare_one_key():
    twin = asset(name="here")(lambda: None)
    with pytest.raises(DagsterInvalidDefinitionError, match="here is defined multiple times.*m, n"):
        load_assets_from_modules([_module("m", here=here), _module("n", twin=twin)])


def test_a_group_is_given_to_assets_without_one():
    grouped = asset(name="grouped", group_name="own")(lambda: None)
    assert "g" == load_assets_from_modules([_module("m", here=here)], group_name="g")[0].get_asset_spec().group_name
    with pytest.raises(DagsterInvalidDefinitionError, match="grouped has group name own"):
        load_assets_from_modules([_module("m", grouped=grouped)], group_name="g")


def test_the_module_that_calls_is_looked_through():
    assert {"here", "below"} == _keys(load_assets_from_current_module())


def test_checks_are_no_assets():
    module = _module("m", here=here, looked_at=looked_at)
    assert {"here"} == _keys(load_assets_from_modules([module]))
    assert [AssetKey(["p", "here"])] == [
        check.check_key.asset_key for check in load_asset_checks_from_modules([module], asset_key_prefix="p")
    ]


def test_a_project_holds_what_its_modules_declare():
    defs = load_definitions_from_modules([_module("m", here=here, check=looked_at, job=define_asset_job("j"), store=5)])
    assert ["j"] == [job.name for job in defs.jobs]
    assert (1, {}) == (len(defs.asset_checks), defs.resources)


def test_assets_of_one_key_are_named_with_their_places() -> None:
    module = ModuleType("shop")
    vars(module).update(first=asset(key="a")(lambda: 1), second=asset(key="a")(lambda: 2))
    with pytest.raises(DagsterInvalidDefinitionError, match=r"a is defined multiple times.* Declared at .*:\d+ and .*:\d+"):
        load_assets_from_modules([module])
