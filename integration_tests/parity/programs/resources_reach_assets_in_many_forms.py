"""Plain objects, resource definitions, functions and configurable resources."""

import seen

import dagster as dg


class Client:
    def __init__(self, name):
        self.name = name


class Api(dg.ConfigurableResource):
    url: str
    retries: int = 3

    def describe(self):
        return f"{self.url} {self.retries}"


EVENTS = []


@dg.resource
def counted(init_context):
    EVENTS.append("opened")
    yield "session"
    EVENTS.append("closed")


@dg.resource(config_schema={"size": int})
def configured(init_context):
    return init_context.resource_config["size"] * 2


@dg.asset(required_resource_keys={"client", "session", "size"})
def by_keys(context: dg.AssetExecutionContext):
    EVENTS.append("used")
    return [context.resources.client.name, context.resources.session, context.resources.size]


@dg.asset
def by_annotation(api: Api, client: dg.ResourceParam[Client]):
    return [api.describe(), client.name]


@dg.asset(resource_defs={"own": dg.ResourceDefinition.hardcoded_resource("own value")}, required_resource_keys={"own"})
def with_its_own(context):
    return context.resources.own


@dg.asset(required_resource_keys={"client"})
def asks_too_much(context):
    return context.resources.session


@dg.resource
def fails(_):
    raise OSError("no network")


@dg.asset(required_resource_keys={"client"})
def never(context):
    return 1


RESOURCES = {
    "client": Client("plain"),
    "session": counted,
    "size": configured.configured({"size": 4}),
    "api": Api(url="https://example.org"),
}


def facts() -> dict:
    result = dg.materialize([by_keys, by_annotation, with_its_own], resources=RESOURCES)
    quiet = dg.materialize([never], resources={"client": fails}, raise_on_error=False)
    return {
        "by keys": result.output_for_node("by_keys"),
        "by annotation": result.output_for_node("by_annotation"),
        "own": result.output_for_node("with_its_own"),
        "order": list(EVENTS),
        "events": [p for p in seen.events(result) if "STEP" not in p[0]][:8],
        "ask too much": seen.outcome(lambda: dg.materialize([asks_too_much], resources=RESOURCES)),
        "missing": seen.outcome(lambda: dg.materialize([by_keys], resources={"client": 1}), mentions=["session"]),
        "missing annotation": seen.outcome(lambda: dg.materialize([by_annotation], resources={"client": 1}), mentions=["api"]),
        "failing": {
            "success": quiet.success,
            "events": seen.events(quiet),
            "loud": seen.outcome(lambda: dg.materialize([never], resources={"client": fails})),
        },
        "required": sorted(by_annotation.required_resource_keys),
    }
