"""Resources and config of directly called functions: as arguments, from the context, from the definition."""

import seen

import dagster as dg

log: list = []


class Store(dg.ConfigurableResource):
    x: int = 1

    def setup_for_execution(self, context):
        log.append("setup")

    def teardown_after_execution(self, context):
        log.append("teardown")


class Plain(dg.ConfigurableResource):
    x: int = 1


class Settings(dg.Config):
    a: int = 1


class Required(dg.Config):
    a: int


@dg.asset
def stored(store: Store, p):
    return [store.x, p]


@dg.asset
def plain(r: Plain):
    return r.x


@dg.asset
def asking(context, r: Plain):
    return [r.x, context.resources.r.x]


@dg.asset(resource_defs={"r": Plain(x=9)})
def bringing(r: Plain):
    return r.x


@dg.asset
def param(r: dg.ResourceParam[str]):
    return r


@dg.asset
def with_settings(config: Settings):
    return config.a


@dg.asset
def with_required(config: Required):
    return config.a


@dg.asset
def with_all(context, config: Required, p):
    return [config.a, p, context.op_config]


def facts() -> dict:
    call, build = seen.outcome, dg.build_asset_context
    values = call(lambda: stored(store=Store(x=2), p=1))
    after = list(log)
    return {
        "by name": values,
        "set up": after,
        "by position": call(lambda: stored(Store(x=3), 1)),
        "only a value": call(lambda: stored(1)),
        "plain": call(lambda: plain(r=Plain(x=4))),
        "from the context": call(lambda: plain(build(resources={"r": Plain(x=5)}))),
        "both": call(lambda: plain(build(resources={"r": Plain(x=5)}), r=Plain(x=6)), ["context", "kwargs"]),
        "on the context": call(lambda: asking(build(), r=Plain(x=7))),
        "brought": call(lambda: bringing()),
        "a parameter": call(lambda: [param(r="x"), param(build(resources={"r": "y"}))]),
        "settings by default": call(lambda: with_settings()),
        "settings by name": call(lambda: with_settings(config=Settings(a=2))),
        "settings by position": call(lambda: with_settings(Settings(a=3))),
        "settings as a dict": call(lambda: with_required({"a": 4})),
        "no settings": call(lambda: with_required(), ["config"]),
        "settings of the context": call(lambda: with_all(build(asset_config={"a": 1}), p=3)),
        "settings beside a context": call(lambda: with_all(build(), Required(a=4), 3)),
        "settings twice": call(lambda: with_all(build(asset_config={"a": 1}), Required(a=5), 3), ["context"]),
        "settings of another type": call(lambda: with_all(build(asset_config={"a": "x"}), p=1), ["a"]),
        "settings of another name": call(lambda: with_all(build(asset_config={"zz": 1}), p=1), ["zz"]),
    }
