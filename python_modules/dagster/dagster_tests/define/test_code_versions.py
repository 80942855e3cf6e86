from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import dagster as dg
from dagster.errors import DagsterInvalidDefinitionError

SOURCE = dg.CodeVersion.from_source()


def helper() -> int:
    return 1


def version(definition: dg.AssetsDefinition) -> str | None:
    [found] = definition.code_versions_by_key.values()
    return found


def test_words_do_not_count_and_code_does() -> None:
    @dg.asset(code_version=SOURCE)
    def one(x: int) -> int:
        return x + 1

    @dg.asset(code_version=SOURCE, group_name="other")
    def in_other_words(x: int) -> int:
        """Told."""
        # and commented
        return (
            x + 1
        )  # fmt: skip

    @dg.asset(code_version=SOURCE)
    def other(x: int) -> int:
        return x + 2

    assert version(one) == version(in_other_words) != version(other)


def test_a_docstring_alone_is_a_body() -> None:
    @dg.asset(code_version=SOURCE)
    def empty() -> None:
        """Nothing to do."""

    @dg.asset(code_version=SOURCE)
    def passing() -> None:
        pass

    assert version(empty) == version(passing)


def test_helpers_count_where_they_are_named() -> None:
    @dg.asset(code_version=SOURCE)
    def alone() -> int:
        return helper()

    @dg.asset(code_version=dg.CodeVersion.from_source(helper))
    def with_helper() -> int:
        return helper()

    assert version(alone) != version(with_helper)
    with pytest.raises(DagsterInvalidDefinitionError, match="takes functions and classes"):
        dg.CodeVersion.from_source("helper")  # type: ignore[arg-type]


def test_multi_assets_and_ops_follow_their_source() -> None:
    @dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b", code_version="7")], code_version=SOURCE)
    def both() -> None:
        pass

    @dg.op(code_version=SOURCE)
    def same() -> None:
        pass

    assert both.code_versions_by_key == {dg.AssetKey("a"): same.code_version, dg.AssetKey("b"): "7"}


def test_a_function_without_source_says_what_to_do() -> None:
    namespace: dict[str, Callable[..., Any]] = {}
    exec("def unseen():\n    return 1", namespace)
    with pytest.raises(DagsterInvalidDefinitionError, match=r"source of unseen cannot be read.*code_version="):
        dg.asset(namespace["unseen"], code_version=SOURCE)
