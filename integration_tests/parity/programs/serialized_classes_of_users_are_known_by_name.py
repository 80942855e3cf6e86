"""Cursors as users keep them: values of the API in dicts and lists, through strings and back."""

import json

import seen

import dagster as dg


def through(value):
    return dg.deserialize_value(dg.serialize_value(value))


def facts() -> dict:
    keys = [dg.AssetKey("b"), dg.AssetKey(["a", "c"])]
    cursor = {"seen": set(keys), "last": {"a/c": 3}, "runs": [dg.RunRequest("k", tags={"a": "b"})], "status": dg.DagsterRunStatus.SUCCESS}
    again = through(cursor)

    @dg.sensor(job_name="j")
    def reading(context):
        state = dg.deserialize_value(context.cursor) if context.cursor else {"seen": set()}
        state["seen"].add(dg.AssetKey(f"asset_{len(state['seen'])}"))
        context.update_cursor(dg.serialize_value(state))
        return dg.SkipReason(str(len(state["seen"])))

    first = dg.build_sensor_context()
    said = [reading(first).skip_message]
    second = dg.build_sensor_context(cursor=first.cursor)
    said.append(reading(second).skip_message)
    return {
        "again": [again["seen"] == cursor["seen"], again["last"], again["runs"] == cursor["runs"], seen.plain(again["status"])],
        "order does not count": dg.serialize_value({"a": 1, "b": 2}) == dg.serialize_value({"b": 2, "a": 1}),
        "json": json.loads(dg.serialize_value(cursor)),
        "sensor": [said, json.loads(second.cursor)],
        "lists stay lists": [through([1, [2]]), type(through((1, 2))).__name__],
        "numbers": [through(10**30), through(1.0), through(-0.0), through(1e300)],
        "text": [through("\u2028é\"\\"), through({"é": "\n"})],
        "large": len(through(list(range(10000)))),
    }
