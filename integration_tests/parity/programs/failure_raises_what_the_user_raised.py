"""`materialize` without `raise_on_error=False` hands the user's own exception on."""

import seen

import dagster as dg


class NoStock(ValueError):
    def __init__(self, sku):
        super().__init__(f"no stock of {sku}")
        self.sku = sku


@dg.asset
def raises_own():
    raise NoStock("x7")


@dg.asset
def raises_builtin():
    return {}["missing"]


@dg.asset
def raises_failure():
    raise dg.Failure("told so", metadata={"rows": 0, "where": "here"}, allow_retries=False)


@dg.asset
def raises_system_exit():
    raise SystemExit(3)


@dg.asset
def raises_interrupt():
    raise KeyboardInterrupt


@dg.asset
def asserts():
    assert 1 == 2, "numbers differ"


def caught(asset, instance) -> dict:
    try:
        dg.materialize([asset], instance=instance)
    except BaseException as error:
        own = {"is": type(error).__name__, "text is the user's": str(error)[:60]}
        if isinstance(error, NoStock):
            own["attribute"] = error.sku
        if isinstance(error, dg.Failure):
            own["metadata"] = seen.metadata(error.metadata)
            own["description"] = error.description
        return own
    return {"is": None}


def facts() -> dict:
    found = {}
    for asset in (raises_own, raises_builtin, raises_failure, asserts):
        with dg.instance_for_test() as instance:
            own = caught(asset, instance)
            run = instance.get_runs()[0]
            found[asset.op.name] = {
                **own,
                "status": run.status.value,
                "log": [pair for pair in seen.log(instance, run.run_id) if pair[1]],
            }
    return found
