"""The events of a run come in pages, upwards and downwards."""

import seen

import dagster as dg


@dg.asset
def good(context: dg.AssetExecutionContext):
    return dg.Output(1, metadata={"rows": 3})


@dg.asset
def bad():
    raise ValueError("no")


def facts() -> dict:
    with dg.instance_for_test() as instance:
        run_id = dg.materialize([good], instance=instance).run_id

        def kinds(connection) -> list:
            return [record.event_log_entry.dagster_event.event_type_value for record in connection.records]

        pages, cursor, more = [], None, True
        while more:
            page = instance.get_records_for_run(run_id, cursor=cursor, limit=4, of_type=STEP_EVENTS)
            pages.append(kinds(page))
            cursor, more = page.cursor, page.has_more
        down = instance.get_records_for_run(run_id, limit=3, ascending=False, of_type=STEP_EVENTS)
        next_down = instance.get_records_for_run(run_id, cursor=down.cursor, limit=2, ascending=False, of_type=STEP_EVENTS)
        return {
            "pages": [page for page in pages if page],
            "down": kinds(down),
            "next down": kinds(next_down),
            "all": kinds(instance.get_records_for_run(run_id, of_type=STEP_EVENTS)),
            "one type": kinds(instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.STEP_SUCCESS)),
            "unknown": kinds(instance.get_records_for_run("nobody")),
        }


STEP_EVENTS = {
    dg.DagsterEventType.STEP_START,
    dg.DagsterEventType.STEP_OUTPUT,
    dg.DagsterEventType.ASSET_MATERIALIZATION,
    dg.DagsterEventType.HANDLED_OUTPUT,
    dg.DagsterEventType.STEP_SUCCESS,
    dg.DagsterEventType.RUN_SUCCESS,
}
