"""The materializations of an asset come latest first, in pages."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        for number in range(5):
            instance.report_runless_asset_event(dg.AssetMaterialization("a", metadata={"n": number}))
        instance.report_runless_asset_event(dg.AssetMaterialization("other"))
        key = dg.AssetKey("a")

        def numbers(result) -> list:
            return [record.asset_materialization.metadata["n"].value for record in result.records]

        first = instance.fetch_materializations(key, limit=2)
        second = instance.fetch_materializations(key, limit=2, cursor=first.cursor)
        third = instance.fetch_materializations(key, limit=2, cursor=second.cursor)
        up = instance.fetch_materializations(key, limit=3, ascending=True)
        up_rest = instance.fetch_materializations(key, limit=3, ascending=True, cursor=up.cursor)
        return {
            "pages": [numbers(first), numbers(second), numbers(third)],
            "more": [first.has_more, second.has_more, third.has_more],
            "up": [numbers(up), numbers(up_rest)],
            "unknown": numbers(instance.fetch_materializations(dg.AssetKey("nobody"), limit=2)),
            "cursor is text": isinstance(first.cursor, str),
            "ids fall": [r.storage_id for r in first.records] == sorted((r.storage_id for r in first.records), reverse=True),
        }
