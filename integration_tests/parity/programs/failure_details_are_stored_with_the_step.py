"""A `Failure` with metadata: what the failure event keeps of it."""

import seen

import dagster as dg


@dg.asset
def told():
    raise dg.Failure(description="three rows only", metadata={"rows": 3, "file": dg.MetadataValue.path("/data/in.csv")})


@dg.asset
def from_cause():
    try:
        int("seven")
    except ValueError as error:
        raise dg.Failure("not a number") from error


def facts() -> dict:
    found = {}
    for asset in (told, from_cause):
        result = dg.materialize_to_memory([asset], raise_on_error=False)
        event = result.get_step_failure_events()[0]
        data = event.step_failure_data
        found[asset.op.name] = {
            "description": data.user_failure_data.description,
            "metadata": seen.metadata(data.user_failure_data.metadata),
            "label": data.user_failure_data.label,
            "source": data.error_source.value if data.error_source else None,
            "class": data.error.cls_name,
            "causes": data.error.cause.cls_name if data.error.cause else None,
            "is step failure": event.is_step_failure,
            "by node": result.failure_data_for_node(asset.op.name) is not None,
        }
    return found
