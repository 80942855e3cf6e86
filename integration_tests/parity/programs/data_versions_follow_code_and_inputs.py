"""Data versions and provenance tags, given and computed, over two runs."""

import seen

import dagster as dg

STATE = {"version": "v1"}


@dg.asset(code_version="c1")
def source():
    return 1


@dg.asset(code_version="c2")
def middle(source):
    return source + 1


@dg.asset
def without_code_version(middle):
    return middle


@dg.asset
def given():
    return dg.Output(1, data_version=dg.DataVersion(STATE["version"]))


@dg.asset(code_version="c3", deps=[given])
def after_given():
    return 1


ASSETS = [source, middle, without_code_version, given, after_given]


def run_once(instance) -> dict:
    result = dg.materialize(ASSETS, instance=instance)
    return {name: m["tags"] for name, m in seen.materializations(result).items()}


def versions(run: dict) -> dict:
    return {name: tags["dagster/data_version"] for name, tags in run.items()}


def facts() -> dict:
    with dg.instance_for_test() as instance:
        first, second = run_once(instance), run_once(instance)
        STATE["version"] = "v2"
        third = run_once(instance)
        numbers = {
            key: index for index, key in enumerate(sorted({t for run in (first, second, third) for t in versions(run).values()}))
        }
        same = {name: versions(first)[name] == versions(second)[name] for name in first}
        changed = {name: versions(second)[name] != versions(third)[name] for name in first}
        middle_tags = first["middle"]
        latest = instance.get_latest_materialization_event(dg.AssetKey("given")).asset_materialization
        return {
            "tag names": {name: sorted(tags) for name, tags in first.items()},
            "same in a second run": same,
            "changed with the source": changed,
            "distinct": len(numbers),
            "code versions": {
                n: t["dagster/code_version"] for n, t in first.items() if n != "given" and n != "without_code_version"
            },
            "input is the source's": middle_tags["dagster/input_data_version/source"] == versions(first)["source"],
            "given": versions(third)["given"],
            "user provided": latest.tags.get("dagster/data_version_is_user_provided"),
            "length": len(versions(first)["source"]),
            "values": [
                dg.DataVersion("a") == dg.DataVersion("a"),
                dg.DataVersion("a").value,
                hash(dg.DataVersion("a")) == hash(dg.DataVersion("a")),
            ],
            "of a number": seen.outcome(lambda: dg.DataVersion(1).value),
        }
