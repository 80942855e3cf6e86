"""Ops called with resources in tests: by context, by argument, of classes and of old; what is missing or too much."""

import seen

import dagster as dg


class Client(dg.ConfigurableResource):
    url: str = "u"

    def get(self):
        return f"got {self.url}"


@dg.resource(config_schema={"n": dg.Field(int, default_value=2)})
def numbered(context):
    return context.resource_config["n"]


@dg.resource
def closing(context):
    yield "open"


@dg.op(required_resource_keys={"numbered"})
def by_key(context):
    return context.resources.numbered


@dg.op
def by_type(client: Client):
    return client.get()


@dg.op
def by_both(context: dg.OpExecutionContext, client: Client, x: int):
    return [context.resources.client.url, client.url, x]


@dg.op(required_resource_keys={"closing"})
def by_closing(context):
    return context.resources.closing


@dg.op
def plain(x):
    return x


def context(**resources):
    return dg.build_op_context(resources=resources)


def in_with():
    with dg.build_op_context(resources={"closing": closing}) as opened:
        return by_closing(opened)


def facts() -> dict:
    return {
        "by key": [
            seen.outcome(lambda: by_key(context(numbered=numbered))),
            seen.outcome(lambda: by_key(context(numbered=7))),
            seen.outcome(lambda: by_key(context(numbered=numbered.configured({"n": 5})))),
            seen.outcome(lambda: by_key(dg.build_op_context(resources={"numbered": numbered}, resources_config={"numbered": {"config": {"n": 9}}}))),
        ],
        "by type": [
            seen.outcome(lambda: by_type(client=Client(url="x"))),
            seen.outcome(lambda: by_type(Client(url="x"))),
            seen.outcome(lambda: by_type(context(client=Client(url="c")))),
        ],
        "by both": [
            seen.outcome(lambda: by_both(context(client=Client(url="c")), x=1)),
            seen.outcome(lambda: by_both(dg.build_op_context(), client=Client(url="k"), x=1)),
            seen.outcome(lambda: by_both(context(client=Client(url="c")), Client(url="k"), 1)),
        ],
        "in a with": seen.outcome(in_with),
        "outside of a with": seen.outcome(lambda: by_closing(context(closing=closing))),
        "missing": [
            seen.outcome(lambda: by_key(dg.build_op_context()), mentions=["numbered"]),
            seen.outcome(lambda: by_key(None), mentions=["numbered"]),
            seen.outcome(lambda: by_key()),
        ],
        "wrong config": seen.outcome(
            lambda: by_key(dg.build_op_context(resources={"numbered": numbered}, resources_config={"numbered": {"config": {"n": "x"}}}))
        ),
        "unneeded": seen.outcome(lambda: plain(context(other=1), 3)),
    }
