"""Errors in an IO manager, events it yields or logs, and `None` handed to it."""

import seen

import dagster as dg

HANDLED = []


class Picky(dg.IOManager):
    def handle_output(self, context, obj):
        HANDLED.append([context.step_key, repr(obj)])
        if obj == "refuse":
            raise PermissionError("read only")
        context.log_event(dg.AssetObservation(context.asset_key, metadata={"seen": 1}))

    def load_input(self, context):
        if context.asset_key.path[-1] == "gone":
            raise FileNotFoundError("gone")
        return "loaded"


class Yielding(dg.IOManager):
    def handle_output(self, context, obj):
        yield dg.AssetObservation(context.asset_key, metadata={"yielded": True})
        yield {"rows": 3}

    def load_input(self, context):
        return 1


@dg.asset(io_manager_key="picky")
def refused():
    return "refuse"


@dg.asset(io_manager_key="picky")
def gone():
    return "x"


@dg.asset
def wants_gone(gone):
    return gone


@dg.asset(io_manager_key="picky")
def returns_none():
    return None


@dg.asset(io_manager_key="picky")
def annotated_none() -> None:
    pass


@dg.asset(io_manager_key="picky", dagster_type=dg.Nothing)
def of_nothing():
    return None


@dg.asset(io_manager_key="yielding")
def yields_events():
    return 5


def facts() -> dict:
    found = {}
    resources = {"picky": Picky(), "yielding": Yielding()}
    for assets in ([refused], [gone, wants_gone], [returns_none], [annotated_none], [of_nothing], [yields_events]):
        quiet = dg.materialize(assets, resources=resources, raise_on_error=False)
        name = assets[-1].op.name
        found[name] = {
            "success": quiet.success,
            "events": seen.step_events(quiet),
            "materializations": seen.materializations(quiet),
            "observations": [
                [
                    e.event_specific_data.asset_observation.asset_key.to_user_string(),
                    seen.metadata(e.event_specific_data.asset_observation.metadata),
                ]
                for e in quiet.get_asset_observation_events()
            ],
            "error": [
                [
                    e.step_failure_data.error.cls_name,
                    e.step_failure_data.error.cause.cls_name if e.step_failure_data.error.cause else None,
                ]
                for e in quiet.get_step_failure_events()
            ],
        }
    loud = {
        "handling": seen.outcome(lambda: dg.materialize([refused], resources=resources)),
        "loading": seen.outcome(lambda: dg.materialize([gone, wants_gone], resources=resources)),
    }
    return {"runs": found, "loud": loud, "handled": HANDLED}
