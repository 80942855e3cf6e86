"""`with_resources`: definitions that bring the resources that they need."""

import seen

import dagster as dg


@dg.asset(required_resource_keys={"number"})
def needing(context):
    return context.resources.number


@dg.asset
def plain():
    return 1


@dg.resource(config_schema=int)
def from_config(context):
    return context.resource_config


@dg.resource(required_resource_keys={"inner"})
def outer(context):
    return context.resources.inner + 1


class Number(dg.ConfigurableResource):
    value: int = 4


@dg.asset
def typed(number: Number):
    return number.value


def run(definition, resources, config=None) -> dict:
    def made():
        bound = dg.with_resources([definition], resources, config)
        return dg.materialize(bound).output_for_node(definition.op.name)

    return seen.outcome(made)


def facts() -> dict:
    own = dg.asset(
        name="own",
        required_resource_keys={"number"},
        resource_defs={"number": dg.ResourceDefinition.hardcoded_resource(1)},
    )(lambda context: 1)
    return {
        "a value": run(needing, {"number": 3}),
        "a definition": run(needing, {"number": dg.ResourceDefinition.hardcoded_resource(4)}),
        "config": run(needing, {"number": from_config}, {"number": {"config": 5}}),
        "config of another form": run(needing, {"number": from_config}, {"number": 5}),
        "of another": run(needing, {"number": outer, "inner": 6}),
        "typed": run(typed, {"number": Number(value=7)}),
        "missing": seen.outcome(lambda: dg.with_resources([needing], {}), ["number"]),
        "not needed": seen.outcome(lambda: "other" in dg.with_resources([plain], {"other": 1})[0].resource_defs),
        "there already": seen.outcome(lambda: dg.with_resources([own], {"number": 2}), ["number"]),
        "source": "shelf"
        in dg.with_resources([dg.SourceAsset("s", io_manager_key="shelf")], {"shelf": dg.mem_io_manager})[0].resource_defs,
        "the original": sorted(needing.resource_defs),
        "in a project": seen.outcome(
            lambda: dg.Definitions(assets=dg.with_resources([needing], {"number": 3}))
            .resolve_implicit_global_asset_job_def()
            .execute_in_process()
            .output_for_node("needing")
        ),
    }
