"""`AssetOut`: its attributes, and the way to and from a spec."""

import seen

import dagster as dg


def attributes(out) -> dict:
    return {
        "key": seen.plain(out.key),
        "key prefix": seen.plain(out.key_prefix),
        "description": out.description,
        "group": out.group_name,
        "code version": out.code_version,
        "required": out.is_required,
        "io manager": out.io_manager_key,
        "metadata": seen.plain(dict(out.metadata or {})),
        "owners": list(out.owners or []),
        "tags": dict(out.tags or {}),
        "kinds": sorted(out.kinds or []),
        "virtual": out.is_virtual,
    }


def spec(of) -> dict:
    return {
        "key": of.key.to_user_string(),
        "deps": [dep.asset_key.to_user_string() for dep in of.deps],
        "description": of.description,
        "group": of.group_name,
        "skippable": of.skippable,
        "code version": of.code_version,
        "owners": list(of.owners),
        "tags": dict(of.tags),
        "metadata": seen.plain(dict(of.metadata)),
    }


def facts() -> dict:
    full = dg.AssetOut(
        key=["a", "b"],
        description="d",
        is_required=False,
        io_manager_key="shelf",
        metadata={"m": 1},
        group_name="g",
        code_version="1",
        owners=["team:t"],
        tags={"x": "y"},
        kinds={"k"},
    )
    source = dg.AssetSpec(
        ["s", "t"], description="d", group_name="g", tags={"x": "y"}, kinds={"k"}, skippable=True, metadata={"z": 2}
    )
    return {
        "empty": attributes(dg.AssetOut()),
        "full": attributes(full),
        "prefix": attributes(dg.AssetOut(key_prefix="p")),
        "to a spec": spec(full.to_spec(dg.AssetKey("k"), deps=[dg.AssetDep("x")], additional_tags={"e": "f"})),
        "from a spec": attributes(dg.AssetOut.from_spec(source)),
        "from a spec with more": attributes(dg.AssetOut.from_spec(source, is_required=False, io_manager_key="shelf")),
        "from a spec with deps": seen.outcome(lambda: dg.AssetOut.from_spec(dg.AssetSpec("a", deps=["b"]))),
        "key and prefix": seen.outcome(lambda: dg.AssetOut(key="a", key_prefix="b"), ["key_prefix"]),
        "a tag with a space": seen.outcome(lambda: dg.AssetOut(tags={"a b": "c"}), ["a b"]),
        "a group with a dash": seen.outcome(lambda: dg.AssetOut(group_name="a-b")),
    }
