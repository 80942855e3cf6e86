"""`ExpectationResult`, and events that user code logs itself."""

import seen

import dagster as dg


@dg.asset
def yielding():
    yield dg.ExpectationResult(success=False, label="rows", metadata={"n": 1})
    yield dg.ExpectationResult(success=True, description="fine")
    yield dg.AssetObservation("elsewhere", metadata={"a": 1})
    yield dg.Output(2)


@dg.asset
def logging(context):
    context.log_event(dg.ExpectationResult(success=True))
    context.log_event(dg.AssetObservation("elsewhere"))
    context.log_event(dg.AssetMaterialization("beside"))


@dg.asset
def logging_a_number(context):
    context.log_event(5)


@dg.asset
def observing():
    return dg.ObserveResult(metadata={"a": 1})


def facts() -> dict:
    result = dg.materialize_to_memory([yielding])
    kind = "STEP_EXPECTATION_RESULT"
    return {
        "events": seen.step_events(result),
        "results": [
            [
                event.message,
                event.event_specific_data.expectation_result.success,
                event.event_specific_data.expectation_result.label,
                event.event_specific_data.expectation_result.description,
                seen.metadata(event.event_specific_data.expectation_result.metadata),
            ]
            for event in result.all_events
            if event.event_type_value == kind
        ],
        "logged": seen.step_events(dg.materialize_to_memory([logging])),
        "a number": seen.outcome(lambda: dg.materialize_to_memory([logging_a_number]) and None),
        "of a word": seen.outcome(lambda: dg.ExpectationResult("x"), ["success"]),
        "defaults": [dg.ExpectationResult(True).label, dg.ExpectationResult(True).description],
        "observing": [
            event.event_type_value
            for event in dg.materialize_to_memory([observing]).all_events
            if event.event_type_value.startswith("ASSET_")
        ],
    }
