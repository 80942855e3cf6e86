"""`with_resources`: assets, source assets, jobs and what they need, with config and without."""

import seen

import dagster as dg


@dg.resource(config_schema={"n": dg.Field(int, default_value=1)})
def number(context):
    return context.resource_config["n"]


@dg.resource(required_resource_keys={"number"})
def double(context):
    return context.resources.number * 2


class Rates(dg.ConfigurableResource):
    tax: float = 0.2


@dg.asset(required_resource_keys={"number"})
def takes(context):
    return context.resources.number


@dg.asset(required_resource_keys={"double"})
def takes_double(context, takes):
    return [takes, context.resources.double]


@dg.asset
def typed(rates: Rates):
    return rates.tax


@dg.asset(io_manager_key="memory")
def stored():
    return 3


@dg.multi_asset(specs=[dg.AssetSpec("left"), dg.AssetSpec("right")], required_resource_keys={"number"})
def both(context):
    for key in ("left", "right"):
        yield dg.MaterializeResult(asset_key=key, metadata={"n": context.resources.number})


source = dg.SourceAsset("outside", io_manager_key="memory")


@dg.asset
def below(outside):
    return outside


def ran(assets, node, **options):
    def run():
        result = dg.materialize(assets, **options)
        return result.output_for_node(node)

    return seen.outcome(run)


def given(definitions, resources, config=None):
    return dg.with_resources(definitions, resources, config)


def facts() -> dict:
    return {
        "one": ran(given([takes], {"number": number}), "takes"),
        "with config": ran(given([takes], {"number": number}, {"number": {"config": {"n": 5}}}), "takes"),
        "config of another type": seen.outcome(lambda: given([takes], {"number": number}, {"number": {"config": {"n": "x"}}})),
        "config without its entry": seen.outcome(lambda: given([takes], {"number": number}, {"number": {"n": 5}})),
        "config of nothing": seen.outcome(lambda: len(given([takes], {"number": number}, {"other": {"config": 3}}))),
        "a plain value": ran(given([takes], {"number": 7}), "takes"),
        "on each other": ran(given([takes, takes_double], {"number": number, "double": double}), "takes_double"),
        "missing": seen.outcome(lambda: given([takes_double], {"number": number}), mentions=["double", "takes_double"]),
        "missing below": seen.outcome(lambda: given([takes_double], {"double": double}), mentions=["number"]),
        "typed": ran(given([typed], {"rates": Rates(tax=0.5)}), "typed"),
        "typed, missing": seen.outcome(lambda: given([typed], {}), mentions=["rates"]),
        "an IO manager": seen.outcome(lambda: sorted(given([stored], {"memory": dg.mem_io_manager})[0].required_resource_keys)),
        "a source": seen.outcome(lambda: [type(each).__name__ for each in given([source, below], {"memory": dg.mem_io_manager})]),
        "several assets of one function": seen.outcome(
            lambda: sorted(
                [event.asset_key.to_user_string(), event.step_materialization_data.materialization.metadata["n"].value]
                for event in dg.materialize(given([both], {"number": 4})).get_asset_materialization_events()
            )
        ),
        "more than is needed": ran(given([takes], {"number": 7, "more": 8}), "takes"),
        "the originals are left alone": seen.outcome(lambda: dg.materialize_to_memory([takes]).success, mentions=["number"]),
        "given twice": seen.outcome(lambda: given(given([takes], {"number": 1}), {"number": 2}), mentions=["number"]),
        "the same twice": seen.outcome(lambda: len(given(given([takes], {"number": number}), {"number": number})), mentions=["number"]),
        "no definition": seen.outcome(lambda: given([3], {})),
    }
