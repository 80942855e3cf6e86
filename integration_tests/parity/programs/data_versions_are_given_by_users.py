"""Data versions that user code gives: through outputs, results, events, reports from outside; what is recorded downstream."""

import seen

import dagster as dg


def tags_of(result) -> dict:
    told = {}
    for event in result.get_asset_materialization_events():
        tags = event.step_materialization_data.materialization.tags
        version = tags["dagster/data_version"]
        told[event.asset_key.to_user_string()] = {
            "version": version if len(version) < 20 else "a hash",
            "by the user": tags.get("dagster/data_version_is_user_provided"),
            "code": tags["dagster/code_version"] if len(tags["dagster/code_version"]) < 20 else "a run",
            "inputs": {name: value if len(value) < 20 else "a hash" for name, value in tags.items() if "input_data_version" in name},
            "mine": tags.get("mine"),
        }
    return told


@dg.asset
def by_output():
    return dg.Output(1, data_version=dg.DataVersion("out"), tags={"mine": "1"})


@dg.asset
def by_result():
    return dg.MaterializeResult(data_version=dg.DataVersion("result"), tags={"mine": "2"}, metadata={"n": 1})


@dg.asset
def by_result_with_value():
    return dg.MaterializeResult(value=5, data_version=dg.DataVersion("valued"))


@dg.asset(code_version="7")
def by_context(context: dg.AssetExecutionContext):
    context.set_data_version(by_context.key, dg.DataVersion("context"))


@dg.asset(code_version="1")
def plain(by_output, by_result_with_value):
    return by_output


@dg.multi_asset(specs=[dg.AssetSpec("left", code_version="l"), dg.AssetSpec("right", deps=["left"], code_version="r")])
def two():
    yield dg.MaterializeResult("left", data_version=dg.DataVersion("L"))
    yield dg.MaterializeResult("right")


@dg.multi_asset(outs={"one": dg.AssetOut(code_version="x"), "other": dg.AssetOut()})
def outs():
    return dg.Output(1, data_version=dg.DataVersion("O")), 2


@dg.asset(deps=["left", "one"])
def below(): ...


@dg.graph_asset
def graph():
    @dg.op(code_version="g")
    def work():
        return dg.Output(1, data_version=dg.DataVersion("G"))

    return work()


def reported() -> dict:
    told = {}

    @dg.asset(deps=["outside", "seen_outside"], code_version="1")
    def reads(): ...

    def made(instance):
        return tags_of(dg.materialize([reads], instance=instance))["reads"]["inputs"]

    with dg.DagsterInstance.ephemeral() as instance:
        told["nothing"] = made(instance)
        instance.report_runless_asset_event(dg.AssetMaterialization("outside", tags={"dagster/data_version": "reported"}))
        instance.report_runless_asset_event(dg.AssetObservation("seen_outside", tags={"dagster/data_version": "observed"}))
        told["reported"] = made(instance)
        instance.report_runless_asset_event(dg.AssetMaterialization("outside"))
        told["without a version"] = {name: value for name, value in made(instance).items() if "seen" in name}
    return told


def provenance() -> list:
    found = []

    @dg.asset(code_version="p")
    def asks(context: dg.AssetExecutionContext, by_output):
        known = context.get_asset_provenance(dg.AssetKey("asks"))
        found.append(known and [known.code_version, {key.to_user_string(): version.value for key, version in known.input_data_versions.items()}, known.is_user_provided])

    with dg.DagsterInstance.ephemeral() as instance:
        for _ in range(2):
            dg.materialize([by_output, asks], instance=instance)
    return found


def facts() -> dict:
    every = [by_output, by_result, by_result_with_value, by_context, plain, two, outs, below, graph]
    first = {}
    with dg.DagsterInstance.ephemeral() as instance:
        first = tags_of(dg.materialize(every, instance=instance))
        codes = instance.get_latest_materialization_code_versions([dg.AssetKey("plain"), dg.AssetKey("left"), dg.AssetKey("nowhere")])
    return {
        "made": first,
        "codes": {key.to_user_string(): value for key, value in codes.items()},
        "reported": reported(),
        "provenance": seen.plain(provenance()),
        "refused": {
            "text": seen.outcome(lambda: dg.Output(1, data_version="v")),
            "text in a result": seen.outcome(lambda: dg.MaterializeResult(data_version="v")),
            "code version as a number": seen.outcome(lambda: dg.asset(code_version=3)(lambda: None)),
        },
    }
