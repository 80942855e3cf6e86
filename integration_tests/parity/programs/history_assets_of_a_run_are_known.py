"""Which assets a run was about is known."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def facts() -> dict:
    kind = dg.DagsterEventType
    with dg.instance_for_test() as instance:
        run_id = dg.materialize([good, bad], instance=instance, raise_on_error=False).run_id

        def keys(*arguments) -> list:
            return sorted(key.to_user_string() for key in instance.get_asset_keys_for_run(*arguments))

        return {
            "all": keys(run_id),
            "written": keys(run_id, kind.ASSET_MATERIALIZATION),
            "planned": keys(run_id, kind.ASSET_MATERIALIZATION_PLANNED),
            "unknown": keys("nobody"),
        }
